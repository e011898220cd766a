"""Letting open invitations go without anybody's answer, kindly and with a next step."""

from datetime import datetime
from functools import partial
from itertools import groupby

from django.db import transaction
from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.errors import NotPossibleNow, Refusal
from mentorwell.matching import emails, queries
from mentorwell.matching.enums import Release
from mentorwell.matching.models import HelpRequest, Invitation, PlaceWish
from mentorwell.matching.services import holding, wishing
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people import queries as people
from mentorwell.people.models import EvaluationLink, Participation
from mentorwell.people.queries import PairingBars
from mentorwell.people.rules import check_bars
from mentorwell.programmes.queries import today


@transaction.atomic
def release_invitations_of(*, participation: Participation, by: User | None, now: datetime) -> int:
    """Let go of all that waits around somebody who has paused or left; return how many.

    Each mentee who was waiting is told at once, in words that give no reason, with the next
    suggestion. The person's own invitations, wishes and request for help end too, and no mail
    tells them what they have just done. Who waits for
    a place of theirs waits on over a pause, and no longer where they have left.
    """
    received = list(queries.open_invitations().filter(mentor=participation).order_by("pk"))
    sent = list(queries.open_invitations().filter(mentee=participation).order_by("pk"))
    for invitation in received:
        _release(invitation, Release.NOT_POSSIBLE, by=by, now=now)
    for invitation in sent:
        _end(invitation, Release.NOT_POSSIBLE, by=by, now=now)
    _forget_waiting(participation, now)
    wishing.rest_wishes(mentor=participation, now=now)
    return len(received) + len(sent)


def release_barred(*, now: datetime) -> int:
    """Let go of every open invitation between two who can no longer be paired; return how many.

    By the hour, for links that begin or end on a day, for private wishes and for accounts that
    are off. All of these share one neutral sentence. Each is a transaction of its own.
    """
    barred = _barred(queries.open_invitations(), now)
    return in_turn(partial(_release_if_open, one, None, now) for one in barred)


@transaction.atomic
def release_barred_by(*, link: EvaluationLink, by: User | None, now: datetime) -> int:
    """Let go of the open invitations that a link bars, in the moment it comes to hold.

    Looks at those of the link's own people, in the transaction that entered it. One that is
    answered meanwhile is passed over. Returns how many were let go.
    """
    evaluators = people.evaluators_of(link)
    touched = Q(mentee__person__in=evaluators) | Q(mentor__person__in=evaluators)
    barred = _barred(queries.open_invitations().filter(touched), now)
    # All at once: one after the other could take them out of their order.
    holding.lock(
        participations={pk for one in barred for pk in (one.mentee_id, one.mentor_id)},
    )
    return sum(_release_if_open(one, by, now) for one in barred)


def _barred(invitations: QuerySet[Invitation], now: datetime) -> list[Invitation]:
    barred = []
    ordered = invitations.order_by("mentee_id", "pk")
    for mentee, waiting in groupby(ordered, key=lambda one: one.mentee):
        bars = people.pairing_bars(mentee, on_date=today(mentee.programme, now))
        barred += [one for one in waiting if not _may_be_paired(one, bars)]
    return barred


@transaction.atomic
def _release_if_open(invitation: Invitation, by: User | None, now: datetime) -> bool:
    holding.lock(participations=[invitation.mentee_id, invitation.mentor_id])
    still_open = queries.open_invitations().filter(pk=invitation.pk).first()
    if still_open is None:
        return False  # an answer came meanwhile
    _release(still_open, Release.NOT_POSSIBLE, by=by, now=now)
    return True


def _may_be_paired(invitation: Invitation, bars: PairingBars) -> bool:
    try:
        check_bars(invitation.mentee, invitation.mentor, bars=bars)
    except Refusal:
        return False
    return invitation.mentee.person.is_active and invitation.mentor.person.is_active


@transaction.atomic
def release_crossing(*, invitation: Invitation, by: User | None, now: datetime) -> None:
    """Let go of an invitation the other way round, between two who have just been paired.

    Whoever wrote it has said yes in the same moment, so nobody is mailed.
    """
    mentee, mentor = invitation.mentee, invitation.mentor
    for crossing in queries.open_invitations().filter(
        mentee__programme=mentee.programme_id,
        mentee__person=mentor.person_id,
        mentor__person=mentee.person_id,
    ):
        _end(crossing, Release.NOT_POSSIBLE, by=by, now=now)


def release_stranded(*, now: datetime, mentor: Participation | None = None) -> int:
    """Move invitations off places that are taken or closed; let go of those left without one.

    For one mentor when a place of theirs has just gone, for all in the clockwork, each in a
    transaction of its own. One that is answered meanwhile is passed over. Returns how many were
    let go.
    """
    waiting = queries.open_invitations().filter(queries.stranded()).order_by("sent_at", "pk")
    if mentor is not None:
        waiting = waiting.filter(mentor=mentor)
    return in_turn(partial(_move_or_release, invitation, now) for invitation in waiting)


@transaction.atomic
def _move_or_release(invitation: Invitation, now: datetime) -> bool:
    if holding.move_slot(invitation=invitation):
        return False
    try:
        _release(invitation, Release.PLACE_GONE, by=None, now=now)
    except NotPossibleNow:
        return False  # an answer came meanwhile
    return True


@transaction.atomic
def end_search(*, mentee: Participation, by: User | None, now: datetime) -> None:
    """Close what is still open of a mentee whose last place is taken.

    The mentors they had asked learn, in their digest, that they have found somebody. Who waits
    for one of these is told by the clockwork: here that would take locks out of their order.
    """
    for invitation in queries.open_invitations().filter(mentee=mentee).order_by("pk"):
        _end(invitation, Release.MENTOR_FOUND, by=by, now=now)
        notices.tell(
            person=invitation.mentor.person,
            kind=emails.MENTOR_FOUND,
            ids={"invitation": str(invitation.uid)},
            now=now,
            urgency=Urgency.DIGEST,
            key=f"{emails.MENTOR_FOUND}:{invitation.uid}",
        )
    _forget_waiting(mentee, now)


def suggest_next(*, invitation: Invitation, kind: str, now: datetime) -> None:
    """Tell a mentee how their invitation ended, with whom to ask next.

    Call it in the transaction that ended it. The mail goes at once: it is the answer that
    they have been waiting for.
    """
    suggested = queries.next_suggestion(invitation.mentee, now=now)
    Invitation.objects.filter(pk=invitation.pk).update(next_suggestion=suggested)
    invitation.next_suggestion = suggested
    notices.tell(
        person=invitation.mentee.person,
        kind=kind,
        ids={"invitation": str(invitation.uid)},
        now=now,
        urgency=Urgency.AT_ONCE,
        key=f"{kind}:{invitation.uid}",
    )


def _release(invitation: Invitation, why: Release, *, by: User | None, now: datetime) -> None:
    _end(invitation, why, by=by, now=now)
    suggest_next(invitation=invitation, kind=emails.RELEASED, now=now)


def _end(invitation: Invitation, why: Release, *, by: User | None, now: datetime) -> None:
    holding.move(invitation=invitation, state=InvitationState.RELEASED, release=why, ended_at=now)
    audit.record(verb="matching.invitation.release", target=invitation, by=by, now=now)


def _forget_waiting(mentee: Participation, now: datetime) -> None:
    PlaceWish.objects.filter(mentee=mentee, ended_at=None).update(ended_at=now)
    HelpRequest.objects.filter(mentee=mentee, answered_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
