"""Invitations: who may know of them, and how their days are counted."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import InvitationState
from mentorwell.core.schedule import Span, add_counted_days
from mentorwell.matching.models import Invitation
from mentorwell.people.enums import BlockKind
from mentorwell.people.models import Block, Participation


_WITH_PEOPLE = (
    "mentee__person",
    "mentor__person__profile",
    "mentee__programme__policy",
    "mentor__programme__policy",
    "mentee__programme__organisation",
    "next_suggestion__person",
    "mentorship",
)


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """Return what `user` sent or was sent; a draft is its writer's alone.

    Nobody else sees an invitation, the office neither: it gets states and dates as figures.
    """
    mine = Q(mentee__person=user)
    to_me = Q(mentor__person=user, sent_at__isnull=False)
    return Invitation.objects.filter(mine | to_me).select_related(*_WITH_PEOPLE)


def invitations_sent_by(user: User) -> QuerySet[Invitation]:
    """Return a mentee's invitations and drafts, the open ones first, then the latest.

    A draft that was thrown away was never sent and is not shown again.
    """
    mine = invitations_visible_to(user).filter(mentee__person=user)
    return mine.exclude(state=InvitationState.WITHDRAWN, sent_at=None).order_by(
        "ended_at", "-drafted_at", "-pk"
    )


def invitations_received_by(user: User) -> QuerySet[Invitation]:
    """Return a mentor's invitations, the open ones first, then the latest."""
    received = invitations_visible_to(user).filter(mentor__person=user, sent_at__isnull=False)
    return received.order_by("ended_at", "-sent_at", "-pk")


def open_draft(mentee: Participation, mentor: Participation) -> Invitation | None:
    """Return what a mentee has written to a mentor and not sent."""
    return Invitation.objects.filter(
        mentee=mentee, mentor=mentor, state=InvitationState.DRAFT
    ).first()


def open_invitations() -> QuerySet[Invitation]:
    """Return every invitation that waits for an answer, with its people, for the clockwork."""
    return Invitation.objects.filter(state=InvitationState.SENT).select_related(*_WITH_PEOPLE)


def leave_of(person_id: int) -> list[Span]:
    """Return the days of leave of a person: they do not count for the clock."""
    leave = Block.objects.filter(person=person_id, kind=BlockKind.LEAVE)
    return [Span(first, last) for first, last in leave.values_list("start_date", "end_date")]


def clock(invitation: Invitation, *, leave: Iterable[Span]) -> tuple[datetime, datetime]:
    """Return when a mentor is reminded of an invitation, and when it runs out.

    The days are those of the moment it was sent; the mentor's leave is not counted.
    """
    away, zone = list(leave), ZoneInfo(invitation.mentor.person.time_zone)
    since = invitation.sent_at or invitation.drafted_at
    return (
        add_counted_days(since, invitation.reminder_days, zone=zone, away=away),
        add_counted_days(since, invitation.expiry_days, zone=zone, away=away),
    )


SILENT_AFTER = 2
"""After how many invitations in a row without an answer a mentor is asked about it."""


def is_silent(mentor: Participation) -> bool:
    """Answer whether a mentor left their last two invitations unanswered.

    Only those count that were sent since they last said that they take mentees.
    """
    ended = Invitation.objects.filter(
        mentor=mentor,
        state__in=[InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.EXPIRED],
    )
    if mentor.confirmed_at:
        ended = ended.filter(sent_at__gte=mentor.confirmed_at)
    last = list(ended.order_by("-ended_at", "-pk").values_list("state", flat=True)[:SILENT_AFTER])
    return last == [InvitationState.EXPIRED] * SILENT_AFTER
