"""What may be read of notices, and by whom."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import MailChoice, Notice, QuietSpan


DIGEST_KIND = "notices.digest"
MANY_ATTEMPTS = 5
LONGEST_WAIT = timedelta(days=21)  # two digests, and a week for a server that is down
REFUSALS = ("SMTPRecipientsRefused", "SMTPDataError")  # of this one mail; all else ails the server


def notices_visible_to(user: User) -> QuerySet[Notice]:
    """Return what `user` was told, the latest first; a digest repeats and is left out."""
    return (
        Notice.objects.filter(person=user)
        .exclude(kind=DIGEST_KIND)
        .exclude(state=NoticeState.DROPPED)
        .order_by("-told_at", "-pk")
    )


def mail_choice_of(person: User) -> MailChoice:
    """Return the person's stored choice, or an unsaved one with the defaults."""
    return MailChoice.objects.filter(person=person).first() or MailChoice(person=person)


def quiet_spans_of(person: User, *, now: datetime) -> QuerySet[QuietSpan]:
    """Return the person's spans that have not ended, in order of their start."""
    return QuietSpan.objects.filter(person=person, ends_at__gt=now).order_by("starts_at", "pk")


def due_notices(*, now: datetime) -> QuerySet[Notice]:
    """Return what may be sent now, the longest due first.

    A notice whose worker has let its lease run out is due again. Notices for a digest are
    not here: the digest itself is.
    """
    waiting = Q(state=NoticeState.WAITING, due_at__lte=now) & ~Q(urgency=Urgency.DIGEST)
    abandoned = Q(state=NoticeState.SENDING, leased_until__lte=now)
    return Notice.objects.filter(waiting | abandoned).order_by("due_at", "pk")


def due_for_digest(*, now: datetime) -> QuerySet[Notice]:
    """Return what is to go into a digest whose weekday has come."""
    return Notice.objects.filter(state=NoticeState.WAITING, urgency=Urgency.DIGEST, due_at__lte=now)


def gathered_in(digest_uid: UUID) -> QuerySet[Notice]:
    """Return the notices of one digest in the order in which they were told."""
    return (
        Notice.objects.select_related("person")
        .filter(gathered_in__uid=digest_uid)
        .order_by("told_at", "pk")
    )


def reached_by(notices: QuerySet[Notice], *, now: datetime) -> datetime | None:
    """Return the moment by which all these notices had reached their people; None of no notices.

    A mail counts from when it left, what waits on the page of somebody without a digest from
    when it was told. A mail that still waits has not arrived yet, but nobody waits for it
    longer than LONGEST_WAIT: an address may take no mail at all.
    """
    moments = []
    for notice in notices.select_related("gathered_in"):
        mail = notice.gathered_in or notice
        waits = mail.state in {NoticeState.WAITING, NoticeState.SENDING}
        at = now if waits else mail.sent_at or notice.told_at
        moments.append(min(at, notice.told_at + LONGEST_WAIT))
    return max(moments, default=None)


def times_dropped(key: str) -> int:
    """Return how many notices whose keys begin like this were dropped as no longer true."""
    return Notice.objects.filter(key__startswith=key, state=NoticeState.DROPPED).count()


def refused_notices() -> QuerySet[Notice]:
    """Return what the mail server has refused five times or more, for those who mend addresses."""
    return Notice.objects.filter(
        state=NoticeState.WAITING, attempts__gte=MANY_ATTEMPTS, problem__in=REFUSALS
    ).order_by("-told_at", "-pk")


def mails_sent_to(person: User, *, since: datetime, but: list[str]) -> int:
    """Return how many mails the person got since a moment, leaving out the kinds in `but`."""
    return (
        Notice.objects.filter(person=person, state=NoticeState.SENT, sent_at__gt=since)
        .exclude(kind__in=but)
        .count()
    )
