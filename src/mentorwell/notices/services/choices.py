"""When a person likes to be mailed."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.notices import rules
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import MailChoice, Notice, QuietSpan


@transaction.atomic
def choose_mail(
    *,
    digest: bool,
    digest_weekday: int,
    quiet_from: time,
    quiet_until: time,
    messages_at_once: bool = True,
    by: User,
    now: datetime,
) -> MailChoice:
    """Choose one's own digest and quiet hours; what waits for a digest moves to the new day.

    Weekdays count from Monday, 0. Quiet hours are local; equal times mean none. Whoever does
    not want messages at once is told of them in the digest. Raises NotPossibleNow for a weekday
    that does not exist.
    """
    rules.check_weekday(digest_weekday)
    choice, _ = MailChoice.objects.update_or_create(
        person=by,
        defaults={
            "digest": digest,
            "digest_weekday": digest_weekday,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "messages_at_once": messages_at_once,
        },
    )
    waiting = Notice.objects.filter(person=by, state=NoticeState.WAITING, urgency=Urgency.DIGEST)
    zone = ZoneInfo(by.time_zone)
    for notice in waiting:
        moment = rules.next_digest_moment(
            weekday=digest_weekday, zone=zone, after=max(now, notice.not_before)
        )
        waiting.filter(pk=notice.pk).update(due_at=moment)
    audit.record(verb="notices.mail.choose", target=choice, by=by, now=now)
    return choice


@transaction.atomic
def set_quiet_spans(
    *, person: User, source: str, spans: Iterable[tuple[datetime, datetime]], now: datetime
) -> None:
    """Replace the stretches without mail that `source` has set for a person.

    Each span is (start, end) in UTC; spans that are over or empty are left out. `source`
    names who owns them ("people.blocks"), so that two owners do not undo each other. Not
    audited: the caller's own line says that nights or leave were entered.
    """
    QuietSpan.objects.filter(person=person, source=source).delete()
    QuietSpan.objects.bulk_create(
        QuietSpan(person=person, source=source, starts_at=starts_at, ends_at=ends_at)
        for starts_at, ends_at in spans
        if starts_at < ends_at and now < ends_at
    )
