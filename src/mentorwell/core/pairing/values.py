"""Values: the mentee's ordered values against those that the mentor shows.

The mentee's first value weighs 5, the next 4, and so on to 1. The part is the weight of the
values that the mentor shows too, over the weight of all the mentee's: a Jaccard overlap over
the mentee's list. What the mentor shows besides costs nothing, so that showing a value never
hurts once one is shared. One more shared value, at any place of a list that still has room,
never lowers the part. With no values on either side it is unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.profiles import VALUES_MOST, MenteeProfile, MentorProfile
from mentorwell.core.pairing.reasons import Reason, ReasonCode, sides
from mentorwell.core.pairing.scale import NEUTRAL, lifted
from mentorwell.core.pairing.slots import Levels, Millionths, Places, filled, marked


RANK_WEIGHTS = tuple(range(VALUES_MOST, 0, -1))
NOT_SHOWN = sum(RANK_WEIGHTS) + 1  # stands for "the mentor shows no value yet"


def values_part(weight: int, shared: int) -> int:
    """Return the part in millionths, negative if unknown.

    `weight` is that of all the mentee's values (0: none chosen), `shared` that of those the
    mentor shows (`NOT_SHOWN`: shows none).
    """
    if weight == 0 or shared == NOT_SHOWN:
        return -NEUTRAL
    return lifted(min(1.0, shared / weight))


_PARTS: Millionths = np.array(
    [values_part(w, s) for w in range(NOT_SHOWN) for s in range(NOT_SHOWN + 1)], dtype=np.int32
)


@dataclass(frozen=True, eq=False)
class ValueLists(FrozenArrays):
    """Mentees as columns: values by their row in `ShownValues`, blank = its last row."""

    values: Places  # mentee x rank
    offset: Places  # mentee: where their weight begins in the table


@dataclass(frozen=True, eq=False)
class ShownValues(FrozenArrays):
    """Mentors as columns. The last row stands for "nobody shows it" and is 0."""

    index: dict[str, int]  # value -> row
    shown: Levels  # value x mentor: 1 if the mentor shows it
    silent: Levels  # mentor: NOT_SHOWN if none is shown, else 0

    @classmethod
    def build(cls, mentors: Sequence[MentorProfile]) -> "ShownValues":
        """Read what the mentors show; any slug may be a value."""
        slugs = sorted({slug for mentor in mentors for slug in mentor.shown_values})
        index = {slug: row for row, slug in enumerate(slugs)}
        shown = marked(((index[slug] for slug in m.shown_values) for m in mentors), len(slugs))
        silent = [0 if mentor.shown_values else NOT_SHOWN for mentor in mentors]
        return cls(index, shown, np.array(silent, dtype=np.uint8))

    def lists(self, mentees: Sequence[MenteeProfile]) -> ValueLists:
        """Read the mentees' values."""
        blank = len(self.index)
        rows = ((self.index.get(slug, blank) for slug in mentee.values) for mentee in mentees)
        weights = [sum(RANK_WEIGHTS[: len(mentee.values)]) for mentee in mentees]
        stride = NOT_SHOWN + 1
        return ValueLists(filled(rows, blank), np.array(weights, dtype=np.intp) * stride)

    def parts(self, lists: ValueLists, rows: slice, columns: slice) -> Millionths:
        """Return the part of each mentee (row) with each mentor (column), negative if unknown."""
        values = lists.values[rows]
        shared = np.zeros((len(values), len(self.silent[columns])), dtype=np.uint8)
        for rank, slot in enumerate(values.T):
            shared += self.shown[slot, columns] * np.uint8(RANK_WEIGHTS[rank])
        np.maximum(shared, self.silent[columns], out=shared)
        parts: Millionths = _PARTS.take(shared + lists.offset[rows, None])
        return parts


def parts_at(shared: Places, offset: Places) -> Millionths:
    """Return the part of pairs by the weight they share and `ValueLists.offset`."""
    return np.abs(_PARTS.take(shared + offset))


def values_reasons(mentee: MenteeProfile, mentor: MentorProfile) -> tuple[Reason, ...]:
    """Name the shared values in the mentee's order, and none that only one of them has."""
    if not (mentee.values and mentor.shown_values):
        missing = sides(mentee=not mentee.values, mentor=not mentor.shown_values)
        return (Reason(ReasonCode.VALUES_NOT_KNOWN, missing=missing),)
    shared = tuple(slug for slug in mentee.values if slug in mentor.shown_values)
    if not shared:
        return (Reason(ReasonCode.NO_SHARED_VALUE),)
    return (Reason(ReasonCode.SHARED_VALUES, slugs=shared),)
