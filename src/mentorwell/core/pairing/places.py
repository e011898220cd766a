"""Where two people could meet: sites, distances, and video.

The answer is a code: 0 nowhere, `NOT_SAID` unknown, above it the better the higher, up to
`SAME_PLACE`. The order makes the better of two ways their maximum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.profiles import Profile, Site
from mentorwell.core.pairing.reasons import Reason, ReasonCode, sides
from mentorwell.core.pairing.slots import Levels, Places


EARTH_KM = 6371.0  # mean radius
REACH_KM = 50  # from here on two sites are too far apart
VIDEO_KM = 25  # meeting by video is as good as this distance
NOWHERE = 0
NOT_SAID = 1
SAME_PLACE = NOT_SAID + REACH_KM
BY_VIDEO = SAME_PLACE - VIDEO_KM
PLACE_CODES = range(SAME_PLACE + 1)

# The straight line through the earth between two sites k km apart, for k = 1 .. REACH_KM.
# Comparing |a - b| with these is exact where 1 - a.b has lost all short distances.
_CHORDS = np.array([2 * sin(km / (2 * EARTH_KM)) for km in range(1, REACH_KM + 1)])
_CODE_OF_VIDEO = np.array([NOWHERE, NOT_SAID, BY_VIDEO], dtype=np.uint8)
_VIDEO_ANSWER = {False: 0, None: 1, True: 2}
_CODE_AT_KM = np.array([*range(SAME_PLACE, NOT_SAID, -1), NOWHERE], dtype=np.uint8)


def km_between(one: Site, other: Site) -> float | None:
    """Return the great-circle distance of two sites; None if one has no coordinates.

    The same site is 0 km from itself. Haversine by way of the chord between unit vectors.
    """
    if one.key == other.key:
        return 0.0
    start, end = _unit(one), _unit(other)
    if start is None or end is None:
        return None
    chord = sqrt(sum((a - b) ** 2 for a, b in zip(start, end, strict=True)))
    return 2 * EARTH_KM * asin(min(1.0, chord / 2))


def _unit(site: Site) -> tuple[float, float, float] | None:
    if site.latitude is None or site.longitude is None:
        return None
    north, east = radians(site.latitude), radians(site.longitude)
    return (cos(north) * cos(east), cos(north) * sin(east), sin(north))


@dataclass(frozen=True, eq=False)
class Locations(FrozenArrays):
    """The distinct locations of some people (site, coordinates, willingness), as columns."""

    keys: NDArray[np.str_]  # location: key of the site, empty if not said
    units: NDArray[np.float64]  # location x 3: unit vector; NaN without coordinates
    video: Levels  # location: 0 would not, 1 has not said, 2 would meet by video
    of_person: Places  # person: their location

    @classmethod
    def build(cls, people: Sequence[Profile]) -> "Locations":
        """Read where the people are."""
        index: dict[tuple[Site | None, bool | None], int] = {}
        of_person = [index.setdefault((p.site, p.remote), len(index)) for p in people]
        nowhere = (float("nan"),) * 3
        sites = [site for site, _ in index]
        return cls(
            keys=np.array([site.key if site else "" for site in sites], dtype=np.str_),
            units=np.array([(_unit(site) if site else None) or nowhere for site in sites]),
            video=np.array([_VIDEO_ANSWER[remote] for _, remote in index], dtype=np.uint8),
            of_person=np.array(of_person, dtype=np.intp),
        )

    def codes(self, rows: slice, others: "Locations", columns: slice) -> Levels:
        """Return where each of these people (row) could meet each of the others (column)."""
        own, row = np.unique(self.of_person[rows], return_inverse=True)
        theirs, column = np.unique(others.of_person[columns], return_inverse=True)
        return self._table(others, own, theirs)[:, column][row]

    def table(self, others: "Locations") -> Levels:
        """Return the codes of all distinct locations (row) with all distinct others (column)."""
        return self._table(others, np.arange(len(self.keys)), np.arange(len(others.keys)))

    def _table(self, others: "Locations", own: Places, theirs: Places) -> Levels:
        gaps = self.units[own, None] - others.units[theirs]
        gaps *= gaps
        chords = np.sqrt(gaps[..., 0] + gaps[..., 1] + gaps[..., 2])
        codes = _CODE_AT_KM[np.searchsorted(_CHORDS, chords, side="right")]
        codes[np.isnan(chords)] = NOT_SAID
        keys = self.keys[own, None]
        codes[(keys == others.keys[theirs]) & (keys != "")] = SAME_PLACE
        video = _CODE_OF_VIDEO[np.minimum(self.video[own, None], others.video[theirs])]
        return np.maximum(codes, video)


def place_reason(mentee: Profile, mentor: Profile) -> Reason:
    """Say where the two could meet best, or whose answer would tell."""
    everyone = slice(None)
    code = Locations.build([mentee]).codes(everyone, Locations.build([mentor]), everyone)[0, 0]
    km = km_between(mentee.site, mentor.site) if mentee.site and mentor.site else None
    if code == SAME_PLACE and mentee.site and mentor.site and mentee.site.key == mentor.site.key:
        return Reason(ReasonCode.SAME_SITE)
    if code == NOWHERE:
        return Reason(ReasonCode.FAR, km=km)
    if code == NOT_SAID:
        missing = sides(
            mentee=_would_tell(mentee, mentor, km), mentor=_would_tell(mentor, mentee, km)
        )
        return Reason(ReasonCode.PLACE_NOT_KNOWN, km=km, missing=missing)
    if code == BY_VIDEO and (km is None or km >= VIDEO_KM + 1):
        return Reason(ReasonCode.BY_VIDEO, km=km)
    return Reason(ReasonCode.NEAR, km=km)


def _would_tell(person: Profile, other: Profile, km: float | None) -> bool:
    """Whether a person's site, its coordinates or a word on video could still settle the place."""
    no_place = km is None and (person.site is None or person.site.latitude is None)
    return no_place or (person.remote is None and other.remote is not False)
