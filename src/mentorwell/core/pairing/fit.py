"""The fit of mentees and mentors: four named parts in [0, 1] and their weighted mean.

An unknown part counts a neutral 0.3, anything real in common at least that, and nothing in
common 0; so one more shared thing never lowers a part or a fit. Each part states its rule in
its own module: interest, proximity, values, style.

Everything is counted in whole millionths. Parts come from tables over small whole numbers, and
the mean divides whole numbers once, so a fit is the same to the last digit alone (`fit`) or
among many (`fits`), whatever the order, the blocks and the machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.interest import Offers, Seekers, interest_reasons
from mentorwell.core.pairing.profiles import MenteeProfile, MentorProfile
from mentorwell.core.pairing.proximity import Whereabouts, proximity_reasons
from mentorwell.core.pairing.reasons import Reason
from mentorwell.core.pairing.scale import ONE, PARTS, Part, Step, step_of
from mentorwell.core.pairing.slots import Levels, Millionths, Places
from mentorwell.core.pairing.style import Styles, style_codes, style_reasons
from mentorwell.core.pairing.values import ShownValues, ValueLists, values_reasons
from mentorwell.core.pairing.weights import Weights
from mentorwell.core.topics import TopicTree


# A block's arrays fit in the second-level cache; results do not depend on these.
ROWS = 32
COLUMNS = 2048


@dataclass(frozen=True, slots=True)
class PartFit:
    """One part of the fit of two people, in millionths, and why.

    Of an unknown part the number is the neutral 0.3, and the reasons say whose answer is missing.
    """

    millionths: int
    unknown: bool
    reasons: tuple[Reason, ...]

    @property
    def value(self) -> float:
        """The part, from 0 to 1."""
        return self.millionths / ONE

    @property
    def step(self) -> Step:
        """The part as people are told it."""
        return step_of(self.millionths)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two people suit each other."""

    interest: PartFit
    proximity: PartFit
    values: PartFit
    style: PartFit
    millionths: int

    @property
    def score(self) -> float:
        """The weighted mean of the parts, from 0 to 1."""
        return self.millionths / ONE

    @property
    def step(self) -> Step:
        """The fit as people are told it."""
        return step_of(self.millionths)

    def part(self, part: Part) -> PartFit:
        """Return one part by its name."""
        return {
            Part.INTEREST: self.interest,
            Part.PROXIMITY: self.proximity,
            Part.VALUES: self.values,
            Part.STYLE: self.style,
        }[part]


@dataclass(frozen=True, eq=False)
class MentorPool(FrozenArrays):
    """Mentors as columns, made once and then read by any number of mentees.

    It does not change, and may be pickled and cached as long as no mentor's profile changes.
    """

    ids: tuple[str, ...]
    keys: NDArray[np.uint64]  # mentor: hash of the id, for `order`
    tree: TopicTree
    offers: Offers
    whereabouts: Whereabouts
    shown_values: ShownValues
    styles: Styles

    @classmethod
    def build(cls, mentors: Sequence[MentorProfile], tree: TopicTree) -> "MentorPool":
        """Read the mentors.

        Raises ValueError if there is none, for an id that is there twice, and for a topic that
        is not in the tree. Takes about a kilobyte a mentor with a tree of 400 topics.
        """
        ids = _distinct_ids("mentor", mentors)
        return cls(
            ids=ids,
            keys=np.array([_key(one) for one in ids], dtype=np.uint64),
            tree=tree,
            offers=Offers.build(mentors, tree),
            whereabouts=Whereabouts.build(mentors),
            shown_values=ShownValues.build(mentors),
            styles=Styles.build(mentors),
        )

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class FitTable(FrozenArrays):
    """The fits of mentees (rows) with mentors (columns), in whole millionths.

    21 bytes a pair: ask for as many mentees at a time as fit in memory.
    """

    mentee_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    parts: Millionths  # part (in the order of `Part`) x mentee x mentor; 300,000 if unknown
    unknown: Levels  # mentee x mentor; bit n is set if the n-th part is unknown
    scores: Millionths  # mentee x mentor

    def part(self, part: Part) -> Millionths:
        """Return one part of every pair."""
        parts: Millionths = self.parts[PARTS.index(part)]
        return parts

    def is_unknown(self, part: Part) -> NDArray[np.bool_]:
        """Return for every pair whether one part is unknown."""
        return (self.unknown >> PARTS.index(part) & 1).astype(np.bool_)


def fit(
    mentee: MenteeProfile,
    mentor: MentorProfile,
    tree: TopicTree,
    weights: Weights = Weights(),  # noqa: B008 -- frozen, and the same for every call
) -> Fit:
    """Return the fit of one pair, with reasons; exactly what `fits` says of the two.

    Raises ValueError for a topic that is not in the tree.
    """
    table = fits([mentee], MentorPool.build([mentor], tree), weights)
    reasons = reasons_for(mentee, mentor, tree)
    interest, proximity, values, style = (
        PartFit(int(table.part(part)[0, 0]), bool(table.is_unknown(part)[0, 0]), reasons[part])
        for part in PARTS
    )
    return Fit(interest, proximity, values, style, int(table.scores[0, 0]))


def reasons_for(
    mentee: MenteeProfile, mentor: MentorProfile, tree: TopicTree
) -> dict[Part, tuple[Reason, ...]]:
    """Return the reasons of each part, at least one, the weightiest first."""
    return {
        Part.INTEREST: interest_reasons(mentee, mentor, tree),
        Part.PROXIMITY: proximity_reasons(mentee, mentor),
        Part.VALUES: values_reasons(mentee, mentor),
        Part.STYLE: style_reasons(mentee, mentor),
    }


def fits(
    mentees: Sequence[MenteeProfile],
    pool: MentorPool,
    weights: Weights = Weights(),  # noqa: B008 -- frozen, and the same for every call
) -> FitTable:
    """Return the fits of all mentees with all mentors of a pool.

    The score is the mean of the parts with the weights of `Weights.for_mentee`, rounded to the
    millionth. The order of mentees and mentors is kept and changes no fit. Raises ValueError if
    there is no mentee, for an id that is there twice, and for a topic that is not in the tree.

    Time is proportional to pairs, with no Python work per pair; memory is the result plus a
    few megabytes.
    """
    asking = Asking.build(mentees, pool, weights)
    shape = (len(mentees), len(pool))
    parts = np.empty((len(PARTS), *shape), dtype=np.int32)
    unknown = np.empty(shape, dtype=np.uint8)
    scores = np.empty(shape, dtype=np.int32)
    instants = asking.whereabouts.weeks.instants()
    for columns in _blocks(len(pool), COLUMNS):
        free = pool.whereabouts.weeks.free_before(instants, columns)
        for rows in _blocks(len(mentees), ROWS):
            block = (
                pool.offers.parts(asking.seekers, rows, columns),
                pool.whereabouts.parts(asking.whereabouts, instants, free, rows, columns),
                pool.shown_values.parts(asking.values, rows, columns),
                pool.styles.parts(asking.styles, rows, columns),
            )
            unknown[rows, columns] = _unknown(block)
            scores[rows, columns] = _mean(block, asking.weights[rows])
            parts[:, rows, columns] = block
    return FitTable(tuple(mentee.id for mentee in mentees), pool.ids, parts, unknown, scores)


@dataclass(frozen=True, eq=False)
class Asking(FrozenArrays):
    """Mentees as columns, to be read against one pool."""

    seekers: Seekers
    whereabouts: Whereabouts
    values: ValueLists
    styles: Places
    weights: NDArray[np.float64]  # mentee x part, whole numbers

    @classmethod
    def build(
        cls, mentees: Sequence[MenteeProfile], pool: MentorPool, weights: Weights
    ) -> "Asking":
        """Read the mentees; raises ValueError as `fits` does."""
        _distinct_ids("mentee", mentees)
        own = {matters: weights.for_mentee(matters) for matters in {m.matters for m in mentees}}
        return cls(
            seekers=Seekers.build(mentees, pool.tree),
            whereabouts=Whereabouts.build(mentees),
            values=pool.shown_values.lists(mentees),
            styles=style_codes(mentees),
            weights=np.array([own[mentee.matters] for mentee in mentees], dtype=np.float64),
        )


def _unknown(block: Sequence[Millionths]) -> Levels:
    """Return the bits of the unknown parts, which are negative, and make these positive."""
    bits = np.zeros(block[0].shape, dtype=np.uint8)
    for number, part in enumerate(block):
        bits |= (part < 0).view(np.uint8) << np.uint8(number)
        np.abs(part, out=part)
    return bits


def _mean(block: Sequence[Millionths], weights: NDArray[np.float64]) -> Millionths:
    # Whole numbers below 2**53: sum and product are exact, the one division is rounded right.
    total = np.zeros(block[0].shape)
    for number, part in enumerate(block):
        total += part * weights[:, number, None]
    total /= weights.sum(axis=1)[:, None]
    return np.rint(total, out=total).astype(np.int32)


def _blocks(length: int, size: int) -> Iterator[slice]:
    return (slice(start, min(start + size, length)) for start in range(0, length, size))


def _distinct_ids(kind: str, people: Sequence[MenteeProfile | MentorProfile]) -> tuple[str, ...]:
    if not people:
        raise ValueError(f"There is no {kind}.")
    ids = tuple(person.id for person in people)
    if len(set(ids)) < len(ids):
        twice = next(one for place, one in enumerate(ids) if one in ids[:place])
        raise ValueError(f"The {kind} {twice!r} is there twice.")
    return ids


def _key(person: str) -> int:
    return int.from_bytes(blake2b(person.encode(), digest_size=8).digest())
