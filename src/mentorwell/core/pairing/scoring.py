"""What finds candidate pairs among all: scores by the block, and only those worth having."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from mentorwell.core.pairing.ragged import Index


if TYPE_CHECKING:
    from numpy.typing import NDArray


class Scored(NamedTuple):
    """Eligible pairs and their scores, one entry each."""

    mentees: Index
    mentors: Index
    scores: Index  # millionths

    def where(self, wanted: "NDArray[np.bool_] | Index") -> "Scored":
        """Return some of the pairs."""
        return Scored(self.mentees[wanted], self.mentors[wanted], self.scores[wanted])


def joined(several: list[Scored]) -> Scored:
    """Return all pairs of several, one after another."""
    if not several:
        nothing = np.zeros(0, dtype=np.int64)
        return Scored(nothing, nothing, nothing)
    return Scored(*(np.concatenate(columns) for columns in zip(*several, strict=True)))


class View(Protocol):
    """What some mentees see of all mentors, block by block. Rows are these mentees in their order."""

    def first_block(self) -> int:
        """Return the number of a block in which these mentees' best mentors are likely."""
        ...

    def every(self, block: int) -> Index:
        """Return the scores of these mentees (row) with a whole block (column); -1 if ineligible."""
        ...

    def at_least(self, block: int, mentee_floors: Index, mentor_floors: Index) -> Scored:
        """Return the eligible pairs of these mentees with a block that reach one of two floors.

        A pair is returned, with its exact score, if and only if its score is at least the floor
        of its mentee (one for each row) or of its mentor (one for each of the block).
        """
        ...


class Scorer(Protocol):
    """Scores of all mentees with all mentors, computed where they are asked for.

    Mentors come in blocks of places that do not depend on who asks or how work is split.
    """

    @property
    def mentee_count(self) -> int:
        """How many mentees there are; they are named by their places."""
        ...

    @property
    def blocks(self) -> tuple[Index, ...]:
        """The places of all mentors, each in one block."""
        ...

    def similar(self) -> Index:
        """Return the places of all mentees with those alike beside each other."""
        ...

    def view(self, mentees: Index) -> View:
        """Return what some mentees, given by their places, see."""
        ...


@dataclass(frozen=True, eq=False)
class Avoiding:
    """A `Scorer` without some pairs, whatever they would score."""

    inner: Scorer
    ruled_out: Index  # mentee x mentors + mentor, sorted
    width: int

    @classmethod
    def of(cls, inner: Scorer, pairs: Sequence[tuple[int, int]], mentors: int) -> "Avoiding":
        """Return the scorer without the pairs, given by the places of mentee and mentor."""
        keys = sorted({mentee * mentors + mentor for mentee, mentor in pairs})
        return cls(inner, np.array(keys, dtype=np.int64), mentors)

    @property
    def mentee_count(self) -> int:
        """How many mentees there are."""
        return self.inner.mentee_count

    @property
    def blocks(self) -> tuple[Index, ...]:
        """The mentors in blocks, as they are."""
        return self.inner.blocks

    def similar(self) -> Index:
        """Return the mentees with those alike beside each other."""
        return self.inner.similar()

    def view(self, mentees: Index) -> "AvoidingView":
        """Return what some mentees see but for the pairs left out."""
        return AvoidingView(self, self.inner.view(mentees), mentees)


@dataclass(frozen=True, eq=False)
class AvoidingView:
    """A `View` without some pairs."""

    scorer: Avoiding
    inner: View
    mentees: Index

    def first_block(self) -> int:
        """Return the likely block."""
        return self.inner.first_block()

    def every(self, block: int) -> Index:
        """Return all scores with a block, -1 also for the pairs left out."""
        keys = self.mentees[:, None] * self.scorer.width + self.scorer.blocks[block]
        return np.where(np.isin(keys, self.scorer.ruled_out), -1, self.inner.every(block))

    def at_least(self, block: int, mentee_floors: Index, mentor_floors: Index) -> Scored:
        """Return the pairs that reach a floor, but for those left out."""
        found = self.inner.at_least(block, mentee_floors, mentor_floors)
        keys = found.mentees * self.scorer.width + found.mentors
        return found.where(~np.isin(keys, self.scorer.ruled_out))
