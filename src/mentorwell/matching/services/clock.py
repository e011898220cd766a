"""The invitation clock: a reminder, and an end that says nothing about anybody."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching import emails, queries
from mentorwell.matching.models import Invitation
from mentorwell.matching.services import holding, releasing, wishing
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people import services as people
from mentorwell.people.models import Participation


def remind_invitations(*, now: datetime) -> int:
    """Remind each mentor once of an invitation that has waited; return how many were.

    Days of leave, also those entered since, move the moment back. Each reminder is a
    transaction of its own.
    """
    due = queries.open_invitations().filter(remind_at__lte=now, reminded_at=None)
    return in_turn(
        partial(_remind, invitation, remind_at, now)
        for invitation, remind_at, _ in _clocks(due.order_by("pk"))
    )


def expire_invitations(*, now: datetime) -> int:
    """End every invitation that has run out; return how many.

    The mentee learns at once that this says nothing about them, with whom to ask next. A
    mentor whose last two invitations ran out is asked whether they still take mentees, and
    is not found until they reply. Each ending is a transaction of its own.
    """
    due = queries.open_invitations().filter(expires_at__lte=now)
    return in_turn(
        partial(_expire, invitation, expires_at, now)
        for invitation, _, expires_at in _clocks(due.order_by("pk"))
    )


@transaction.atomic
def _remind(invitation: Invitation, remind_at: datetime, now: datetime) -> bool:
    waiting = Invitation.objects.filter(
        pk=invitation.pk, state=InvitationState.SENT, reminded_at=None
    )
    if remind_at > now:
        waiting.update(remind_at=remind_at)
        return False
    if not waiting.update(reminded_at=now):
        return False
    audit.record(verb="matching.invitation.remind", target=invitation, by=None, now=now)
    notices.tell(
        person=invitation.mentor.person,
        kind=emails.REMINDER,
        ids={"invitation": str(invitation.uid)},
        now=now,
        urgency=Urgency.AT_ONCE,
        key=f"{emails.REMINDER}:{invitation.uid}",
    )
    return True


@transaction.atomic
def _expire(invitation: Invitation, expires_at: datetime, now: datetime) -> bool:
    if expires_at > now:
        Invitation.objects.filter(pk=invitation.pk, state=InvitationState.SENT).update(
            expires_at=expires_at
        )
        return False
    holding.lock(participations=[invitation.mentee_id, invitation.mentor_id])
    try:
        holding.move(invitation=invitation, state=InvitationState.EXPIRED, ended_at=now)
    except NotPossibleNow:
        return False  # an answer came while the others were being ended
    audit.record(verb="matching.invitation.expire", target=invitation, by=None, now=now)
    # Before the suggestion, so that nobody is sent on to the same silence.
    _ask_if_silent(invitation.mentor, now)
    releasing.suggest_next(invitation=invitation, kind=emails.EXPIRED, now=now)
    wishing.tell_wishers(now=now, mentor=invitation.mentor)
    return True


def _ask_if_silent(mentor: Participation, now: datetime) -> None:
    if queries.is_silent(mentor):
        people.ask_still_taking(participation=mentor, now=now)


def _clocks(
    invitations: QuerySet[Invitation],
) -> Iterator[tuple[Invitation, datetime, datetime]]:
    """Yield each invitation with its reminder and its end as the mentor's leave stands now."""
    listed = list(invitations)
    leave = queries.leave_of({one.mentor.person_id for one in listed})
    for one in listed:
        remind_at, expires_at = (
            queries.clock(
                mentor=one.mentor.person,
                sent_at=one.sent_at or one.drafted_at,
                days=days,
                leave=leave[one.mentor.person_id],
            )
            for days in (one.reminder_days, one.expiry_days)
        )
        yield one, remind_at, expires_at
