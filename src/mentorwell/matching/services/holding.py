"""Taking and leaving slots: the database, not a count, keeps both limits."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from mentorwell.core.lifecycles import INVITATION_MOVES, InvitationState, RoundState
from mentorwell.foundation import jobs
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.models import Invitation, Proposal
from mentorwell.notices import services as notices
from mentorwell.people.models import Participation


TEND = "mentorwell.matching.tasks.tend_round"


def lock(*, participations: Collection[int]) -> None:
    """Let one transaction at a time touch these participations' open invitations.

    First the participations, then every open invitation around them, each in the order of
    their keys, so that no two transactions wait for each other in a ring. SQLite has one
    writer anyway; on PostgreSQL this also keeps an invitation from landing on a place that is
    just going. The keys themselves stay free: foreign keys are checked at commit, and would
    wait there out of all order.
    """
    rows = Participation.objects.select_for_update(no_key=True).filter(pk__in=participations)
    list(rows.order_by("pk").values_list("pk"))
    around = Invitation.objects.select_for_update(no_key=True).filter(
        Q(mentee__in=participations) | Q(mentor__in=participations), state=InvitationState.SENT
    )
    list(around.order_by("pk").values_list("pk"))


def hold_slots(*, invitation: Invitation, **sent: Any) -> None:
    """Send a draft: move it to SENT with a slot of the mentee's and one of a free place.

    Each slot is tried in turn; that it is taken, the unique constraint says. Raises
    NotPossibleNow where the draft is gone, or where one side has no slot left.
    """
    policy = invitation.mentor.programme.policy
    own_slots = iter(range(1, policy.open_invitations_most + 1))
    place_slots = iter(
        queries.slots_to_try(invitation.mentor, per_place=policy.open_invitations_per_place)
    )
    own, slot = next(own_slots, None), next(place_slots, None)
    while True:
        if own is None:
            raise NotPossibleNow(rules.all_invitations_out(policy.open_invitations_most))
        if slot is None:
            raise NotPossibleNow(rules.no_slot(invitation.mentor))
        try:
            with transaction.atomic():
                move(
                    invitation=invitation,
                    state=InvitationState.SENT,
                    mentee_slot=own,
                    place_id=slot.place_id,
                    place_slot=slot.number,
                    **sent,
                )
        except IntegrityError as taken:
            # Both databases name the constraint or its columns, and only one has the mentee.
            if "mentee" in str(taken):
                own = next(own_slots, None)
            else:
                slot = next(place_slots, None)
        else:
            return


def move_slot(*, invitation: Invitation) -> bool:
    """Move an open invitation to a slot of another free place; answer whether there was one."""
    policy = invitation.mentor.programme.policy
    for slot in queries.slots_to_try(
        invitation.mentor, per_place=policy.open_invitations_per_place
    ):
        try:
            with transaction.atomic():
                Invitation.objects.filter(pk=invitation.pk, state=InvitationState.SENT).update(
                    place_id=slot.place_id, place_slot=slot.number
                )
        except IntegrityError:
            continue
        return True
    return False


def move(*, invitation: Invitation, state: InvitationState, **fields: Any) -> None:
    """Move an invitation by compare-and-set; what is no longer open leaves its slots.

    Raises NotPossibleNow where another answer came first, saying what has become of it.
    """
    fields["state"] = state
    if state != InvitationState.SENT:
        fields |= {"mentee_slot": None, "place_id": None, "place_slot": None}
    if not Invitation.objects.filter(pk=invitation.pk, state__in=_before(state)).update(**fields):
        invitation.refresh_from_db(fields=["state", "release", "ended_at"])
        raise NotPossibleNow(rules.no_longer_open(invitation))
    for name, value in fields.items():
        setattr(invitation, name, value)
    if "ended_at" in fields:
        notices.settle(kind=emails.RECEIVED, about=invitation.uid, now=fields["ended_at"])
        if state != InvitationState.ACCEPTED:
            _have_round_tended(invitation)


def _have_round_tended(invitation: Invitation) -> None:
    """Let the round from which an invitation came name somebody else, soon after its end."""
    rounds = Proposal.objects.filter(invitation=invitation, round__state=RoundState.PUBLISHED)
    for round_id in rounds.values_list("round_id", flat=True):
        jobs.enqueue(TEND, round_id=round_id, since=str(invitation.ended_at))


def _before(state: InvitationState) -> Collection[InvitationState]:
    return [before for before, after in INVITATION_MOVES.items() if state in after]
