"""Invitations: who may know of them, and when each runs out."""

from collections.abc import Collection, Iterable
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


def leave_of(person_ids: Collection[int]) -> dict[int, list[Span]]:
    """Return the days of leave of each of these people: they do not count for the clock."""
    found: dict[int, list[Span]] = {person: [] for person in person_ids}
    blocks = Block.objects.filter(person_id__in=person_ids, kind=BlockKind.LEAVE)
    for person, first, last in blocks.values_list("person_id", "start_date", "end_date"):
        found[person].append(Span(first, last))
    return found


def clock(*, mentor: User, sent_at: datetime, days: int, leave: Iterable[Span]) -> datetime:
    """Return when `days` days have passed for a mentor, their leave not counted."""
    return add_counted_days(sent_at, days, zone=ZoneInfo(mentor.time_zone), away=leave)


def deadlines(invitations: Iterable[Invitation]) -> dict[int, datetime]:
    """Return when each sent invitation runs out, as the mentors' leave stands now. One query."""
    listed = list(invitations)
    leave = leave_of({one.mentor.person_id for one in listed})
    return {
        one.pk: clock(
            mentor=one.mentor.person,
            sent_at=one.sent_at,
            days=one.expiry_days,
            leave=leave[one.mentor.person_id],
        )
        for one in listed
        if one.sent_at
    }


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
