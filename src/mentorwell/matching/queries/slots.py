"""Free places of mentors, and the slots on them that an invitation may still hold."""

from collections.abc import Collection
from itertools import product
from typing import NamedTuple

from django.db.models import Count, Q

from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching.models import Invitation
from mentorwell.mentorships.models import PlaceClaim
from mentorwell.mentorships.queries import claims_as_told, free_places
from mentorwell.people.models import Participation, Place


class Room(NamedTuple):
    """What is left at one participation: free places, and slots for open invitations on them."""

    places: int
    slots: int


class Slot(NamedTuple):
    """One numbered slot of one place."""

    place_id: int
    number: int


NO_ROOM = Room(0, 0)

_CLAIMED = PlaceClaim.objects.filter(released_at=None).values("place_id")


def slots_to_try(mentor: Participation, *, per_place: int) -> list[Slot]:
    """Return every slot of every free place, taken or not, spread over the places first.

    Which of them is taken the database decides when one is held.
    """
    places = free_places([mentor.pk])[mentor.pk]
    return [Slot(place.pk, number) for number, place in product(range(1, per_place + 1), places)]


def rooms(programme_id: int, *, per_place: int, only: Collection[int] = ()) -> dict[int, Room]:
    """Return the room left at each participation of a programme that has a free place.

    Two queries, however many participations; `only` narrows them to some.
    """
    places = Place.objects.filter(participation__programme_id=programme_id, closed_at=None)
    if only:
        places = places.filter(participation_id__in=only)
    free = places.exclude(pk__in=_CLAIMED)
    held = Invitation.objects.filter(state=InvitationState.SENT, place__in=free)
    counted = free.order_by().values_list("participation_id").annotate(Count("pk"))
    taken = dict(held.order_by().values_list("mentor_id").annotate(Count("pk")))
    return {
        # Slots lowered since may leave more invitations open than there are slots.
        participation: Room(count, max(0, count * per_place - taken.get(participation, 0)))
        for participation, count in counted
    }


def room_of(mentor: Participation) -> Room:
    """Return the room left at one mentor."""
    per_place = mentor.programme.policy.open_invitations_per_place
    found = rooms(mentor.programme_id, per_place=per_place, only=[mentor.pk])
    return found.get(mentor.pk, NO_ROOM)


def has_free_place(participation: Participation) -> bool:
    """Answer whether a participation has a place that nobody holds."""
    return bool(free_places([participation.pk])[participation.pk])


def knows_free_place(mentee: Participation) -> bool:
    """Answer whether a mentee has a place to fill, as far as they have been told.

    One that the other side has just freed counts as held until its hour is over.
    """
    own = Q(released_at__isnull=False, membership__ending__isnull=False)  # theirs to know
    held = claims_as_told().exclude(own).filter(place__participation=mentee).values("place")
    return mentee.places.filter(closed_at=None).exclude(pk__in=held).exists()


def stranded() -> Q:
    """Return the condition on invitations whose place is closed or held by somebody."""
    return Q(place__closed_at__isnull=False) | Q(place__in=_CLAIMED)
