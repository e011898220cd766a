"""How many places a participation has. Whether one is free is known above, in mentorships."""

from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation import hooks
from mentorwell.people import rules
from mentorwell.people.models import Participation, Place
from mentorwell.people.services.moving import pool_changed


@transaction.atomic
def set_places(*, participation: Participation, places: int, by: User, now: datetime) -> None:
    """Set how many mentorships at a time somebody has room for; 0 is none for now.

    Fewer places never end a mentorship: free places close first, and a place that is held
    closes as it falls free. More places are told to those who wait. Raises NotAllowed for
    anyone but the person and the office, NotPossibleNow for a number outside the policy
    (`rules.places_most`).
    """
    rules.check_places(by, participation, places)
    change_places(participation=participation, places=places, by=by, now=now)
    pool_changed(people=[participation.person_id])
    audit.record(verb="people.places.set", target=participation, by=by, now=now)


def change_places(*, participation: Participation, places: int, by: User, now: datetime) -> None:
    """Open or close places until `places` are open, without asking whether `by` may."""
    rows = list(participation.places.select_for_update().order_by("number"))
    open_ones = [place for place in rows if place.closed_at is None]
    if places > len(open_ones):
        _open(participation, rows, places - len(open_ones))
        hooks.places_freed.announce(hooks.PlacesFreed(participation.pk, now))
    elif places < len(open_ones):
        _close(participation, open_ones, len(open_ones) - places, by, now)


def _open(participation: Participation, rows: list[Place], count: int) -> None:
    """Open closed places again, the lowest number first, then add new ones."""
    closed = [place.pk for place in rows if place.closed_at is not None][:count]
    Place.objects.filter(pk__in=closed).update(closed_at=None)
    first = len(rows) + 1
    Place.objects.bulk_create(
        Place(participation=participation, number=number)
        for number in range(first, first + count - len(closed))
    )


def _close(
    participation: Participation, open_ones: list[Place], count: int, by: User, now: datetime
) -> None:
    closing = hooks.PlacesClosing(participation.pk, held=set(), now=now)
    hooks.places_closing.announce(closing)
    free_first = sorted(open_ones, key=lambda place: (place.pk in closing.held, -place.number))
    chosen = frozenset(place.pk for place in free_first[:count])
    Place.objects.filter(pk__in=chosen).update(closed_at=now)
    hooks.places_closed.announce(hooks.PlacesClosed(participation.pk, chosen, by, now))
