"""Formats, and the places that are free."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentorwell.foundation.hooks import PlacesClosing
from mentorwell.mentorships.content import Format, formats
from mentorwell.mentorships.models import Ending, PlaceClaim
from mentorwell.people.models import Place


def format_by_slug(slug: str) -> Format | None:
    """Return the format with this slug, or None."""
    return next((each for each in formats() if each.slug == slug), None)


def _open_places() -> QuerySet[Place]:
    held = PlaceClaim.objects.filter(place=OuterRef("pk"), released_at=None)
    return Place.objects.filter(~Exists(held), closed_at=None)


def free_places(participations: Iterable[int]) -> dict[int, list[Place]]:
    """Return, for each of these participations, its open places that nobody holds.

    Keyed by the participation's primary key, in order of number; a participation without a
    free place has an empty list. One query, however many are asked for.
    """
    found: dict[int, list[Place]] = defaultdict(list)
    wanted = list(participations)
    for place in _open_places().filter(participation__in=wanted).order_by("number"):
        found[place.participation_id].append(place)
    return {pk: found[pk] for pk in wanted}


def claims_as_told() -> QuerySet[PlaceClaim]:
    """Return the claims that hold for all who do not know of an ending yet.

    An ending frees its places at once, but for an hour nobody else may notice it: until they
    are told, what it has released counts here as held.
    """
    untold = Ending.objects.filter(
        membership__mentorship=OuterRef("membership__mentorship"), told_at=None
    )
    return PlaceClaim.objects.filter(
        Q(released_at=None) | Q(released_at__in=untold.values("written_at"))
    )


def name_held_places(event: PlacesClosing) -> None:
    """Name the places of a participation that a mentorship still holds; listens to a hook."""
    held = PlaceClaim.objects.filter(place__participation=event.participation_id, released_at=None)
    event.held.update(held.values_list("place_id", flat=True))
