"""Proximity: can they meet, in one place or by video, and are they free at the same time.

Place: the same site counts as 0 km; other sites by their great-circle distance, from full at
less than 1 km down to nothing at 50 km, in whole kilometres; meeting by video, if both would,
counts as much as 25 km. The better of the two ways counts. Time: the minutes of a usual week in
which both are free, full from two hours on.

Place and time each are 0 if lacking, 0.3 if unknown, and at least 0.3 for any real overlap; the
part is (2 * place + time) / 3, at least 0.3 if either is a real overlap, and unknown if both
are. All of it is symmetric, and no further shared site or minute lowers it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.places import (
    NOT_SAID,
    PLACE_CODES,
    REACH_KM,
    Locations,
    place_reason,
)
from mentorwell.core.pairing.profiles import Profile
from mentorwell.core.pairing.reasons import Reason
from mentorwell.core.pairing.scale import NEUTRAL, lifted
from mentorwell.core.pairing.slots import Millionths, Minutes
from mentorwell.core.pairing.times import ENOUGH, NOT_TOLD, Weeks, time_reason


def proximity_part(place: int, minutes: int) -> int:
    """Return the part in millionths, negative if unknown.

    `place` is a code of `places.py`, `minutes` the common minutes up to `ENOUGH`, or `NOT_TOLD`.
    """
    if place == NOT_SAID and minutes == NOT_TOLD:
        return -NEUTRAL
    nearness = max(0, place - NOT_SAID) / REACH_KM
    where = NEUTRAL if place == NOT_SAID else lifted(nearness)
    when = NEUTRAL if minutes == NOT_TOLD else lifted(minutes / ENOUGH)
    least = NEUTRAL if nearness > 0 or 0 < minutes < NOT_TOLD else 0
    return max(least, round((2 * where + when) / 3))


STRIDE = NOT_TOLD + 1  # places in the table for each code of a place
_PARTS: Millionths = np.array(
    [proximity_part(place, minutes) for place in PLACE_CODES for minutes in range(STRIDE)],
    dtype=np.int32,
)
TOTALS = len(_PARTS)
_UNTOLD: Millionths = np.abs(_PARTS[NOT_TOLD::STRIDE])
_MOST = np.concatenate([np.maximum(np.abs(_PARTS[ENOUGH::STRIDE]), _UNTOLD), _UNTOLD])


@dataclass(frozen=True, eq=False)
class Whereabouts(FrozenArrays):
    """Where and when people can meet, as columns; the same for mentees and mentors."""

    locations: Locations
    weeks: Weeks

    @classmethod
    def build(cls, people: Sequence[Profile]) -> "Whereabouts":
        """Read where the people are and when they are free."""
        return cls(Locations.build(people), Weeks.build(people))

    def parts(
        self,
        mentees: "Whereabouts",
        instants: Minutes,
        free: Minutes,
        rows: slice,
        columns: slice,
    ) -> Millionths:
        """Return the part of each mentee (row) with each mentor (column), negative if unknown.

        `instants` are the mentees', `free` is what these mentors have free before them.
        """
        silent = self.weeks.silent[columns]
        index = mentees.locations.codes(rows, self.locations, columns).astype(np.int16)
        index *= STRIDE
        index += mentees.weeks.in_common(rows, instants, free, silent)
        return _PARTS.take(index)


def parts_at(meetings: NDArray[Any]) -> Millionths:
    """Return the part of pairs by the code of their place times `STRIDE` plus their minutes."""
    return np.abs(_PARTS.take(meetings))


def most_at(places: NDArray[Any], silent: NDArray[Any]) -> Millionths:
    """Return the most that pairs can reach by the codes of their places.

    `silent` is `Weeks.silent` of one of the two: who has not told their times shares none.
    """
    return _MOST.take(places + (silent > 0) * np.int16(len(PLACE_CODES)))


def proximity_reasons(mentee: Profile, mentor: Profile) -> tuple[Reason, ...]:
    """Say something of the place, then something of the time."""
    return (place_reason(mentee, mentor), time_reason(mentee, mentor))
