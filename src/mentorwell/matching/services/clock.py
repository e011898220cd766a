"""The invitation clock: a reminder, and an end that says nothing about anybody."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

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


LEFT_AT_LEAST = timedelta(days=1)
"""What remains of an invitation whose end comes forward: nobody finds it closed on return."""


def remind_invitations(*, now: datetime) -> int:
    """Remind each mentor once of an invitation that has waited; return how many were.

    Each reminder is a transaction of its own.
    """
    due = queries.open_invitations().filter(remind_at__lte=now, reminded_at=None)
    return in_turn(partial(_remind, invitation, now) for invitation in due.order_by("pk"))


def expire_invitations(*, now: datetime) -> int:
    """End every invitation that has run out; return how many.

    The mentee learns at once that this says nothing about them, with whom to ask next. A
    mentor whose last two invitations ran out is asked whether they still take mentees, and
    is not found until they reply. Each ending is a transaction of its own.
    """
    due = queries.open_invitations().filter(expires_at__lte=now)
    return in_turn(partial(_expire, invitation, now) for invitation in due.order_by("pk"))


@transaction.atomic
def move_clocks(*, person_id: int, now: datetime) -> None:
    """Count the days of what waits for a mentor anew, as their leave and time zone stand now.

    Called in the transaction in which either changes, so that everybody goes by the moment that
    is kept. Where the end comes forward a day remains, or what was left; nothing that has run
    out opens again.
    """
    parts = Participation.objects.filter(person=person_id).values_list("pk", flat=True)
    holding.lock(participations=list(parts))
    waiting = queries.open_invitations().filter(mentor__in=parts, expires_at__gt=now)
    leave = queries.leave_of(person_id)
    for invitation in waiting.order_by("pk"):
        remind_at, expires_at = queries.clock(invitation, leave=leave)
        if invitation.expires_at is not None:
            expires_at = max(expires_at, min(invitation.expires_at, now + LEFT_AT_LEAST))
        Invitation.objects.filter(pk=invitation.pk).update(
            remind_at=remind_at, expires_at=expires_at
        )


@transaction.atomic
def _remind(invitation: Invitation, now: datetime) -> bool:
    due = Invitation.objects.filter(
        pk=invitation.pk, state=InvitationState.SENT, remind_at__lte=now, reminded_at=None
    )
    if not due.update(reminded_at=now):
        return False  # answered, or leave was entered, while the others were being reminded
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
def _expire(invitation: Invitation, now: datetime) -> bool:
    holding.lock(participations=[invitation.mentee_id, invitation.mentor_id])
    if not Invitation.objects.filter(pk=invitation.pk, expires_at__lte=now).exists():
        return False  # leave was entered while the others were being ended
    try:
        holding.move(invitation=invitation, state=InvitationState.EXPIRED, ended_at=now)
    except NotPossibleNow:
        return False  # an answer came meanwhile
    audit.record(verb="matching.invitation.expire", target=invitation, by=None, now=now)
    # Before the suggestion, so that nobody is sent on to the same silence.
    _ask_if_silent(invitation.mentor, now)
    releasing.suggest_next(invitation=invitation, kind=emails.EXPIRED, now=now)
    wishing.tell_wishers(now=now, mentor=invitation.mentor)
    return True


def _ask_if_silent(mentor: Participation, now: datetime) -> None:
    if queries.is_silent(mentor):
        people.ask_still_taking(participation=mentor, now=now)
