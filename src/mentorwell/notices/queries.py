"""What may be read of notices, and by whom."""

from datetime import datetime

from django.db.models import QuerySet

from mentorwell.accounts.models import User
from mentorwell.notices.enums import NoticeState
from mentorwell.notices.models import MailChoice, Notice, QuietSpan


DIGEST_KIND = "notices.digest"


def notices_visible_to(user: User) -> QuerySet[Notice]:
    """Return what `user` was told, the latest first; a digest repeats and is left out."""
    return (
        Notice.objects.filter(person=user)
        .exclude(kind=DIGEST_KIND)
        .exclude(state=NoticeState.DROPPED)
        .order_by("-told_at", "-pk")
    )


def unseen_count(user: User) -> int:
    """Return how many notices `user` has not seen yet."""
    return notices_visible_to(user).filter(seen_at=None).count()


def mail_choice_of(person: User) -> MailChoice:
    """Return the person's stored choice, or an unsaved one with the defaults."""
    return MailChoice.objects.filter(person=person).first() or MailChoice(person=person)


def quiet_spans_of(person: User, *, now: datetime) -> QuerySet[QuietSpan]:
    """Return the person's spans that have not ended, in order of their start."""
    return QuietSpan.objects.filter(person=person, ends_at__gt=now).order_by("starts_at", "pk")
