"""Scores by a programme's rules: points and hard rules, with or without the four parts.

Each rule compares two columns by whole numbers, made once per person, so that a block of pairs
costs a few array operations a rule.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.fit import MentorPool, fits
from mentorwell.core.pairing.profiles import MenteeProfile
from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.rules import Rule, Rules, Same, Share
from mentorwell.core.pairing.scale import ONE
from mentorwell.core.pairing.scoring import Scored, joined
from mentorwell.core.reading.values import clean


BLOCK = 1024  # mentors at most; does not depend on workers
Mask = NDArray[np.bool_]
Read = NDArray[np.int64] | Mask
Cells = Mapping[str, Sequence[str]]
"""The cells of a file, by the name of their column, in the order of the people."""


class UnknownStep(ValueError):  # noqa: N818 -- reads better at the raise
    """A cell that stands on no step of its ladder: which file, which person, which column."""

    def __init__(self, *, of_mentor: bool, person: int, column: str, cell: str) -> None:
        super().__init__(f"{cell!r} is not on the ladder")
        self.of_mentor, self.person, self.column, self.cell = of_mentor, person, column, cell


@dataclass(frozen=True, eq=False)
class Compared(FrozenArrays):
    """One rule with both columns as whole numbers; blank is -1, or a row without any value."""

    rule: Rule
    mentees: Read
    mentors: Read

    @classmethod
    def build(cls, rule: Rule, mentees: Cells, mentors: Cells) -> "Compared":
        """Read the two columns; raises UnknownStep for a cell off its ladder."""
        own, theirs = mentees[rule.test.columns.mentee], mentors[rule.test.columns.mentor]
        if isinstance(rule.test, Same):
            index: dict[str, int] = {"": -1}
            return cls(rule, _numbered(own, index), _numbered(theirs, index))
        if isinstance(rule.test, Share):
            lists = [_values(cell) for cell in own], [_values(cell) for cell in theirs]
            names = sorted({one for cells in lists for cell in cells for one in cell})
            place = {name: at for at, name in enumerate(names)}
            return cls(rule, _marks(lists[0], place), _marks(lists[1], place))
        step = {_key(name): at for at, name in enumerate(rule.test.ladder)}
        return cls(
            rule,
            _on_ladder(own, step, rule.test.columns.mentee, of_mentor=False),
            _on_ladder(theirs, step, rule.test.columns.mentor, of_mentor=True),
        )

    def holds(self, rows: Index, columns: Index) -> Mask:
        """Return for each mentee (row) and mentor (column) whether the test is true."""
        own, theirs = self.mentees[rows], self.mentors[columns]
        test = self.rule.test
        if isinstance(test, Share):
            common: Mask = (own.astype(np.float32) @ theirs.astype(np.float32).T) > 0
            return common
        known: Mask = (own[:, None] >= 0) & (theirs >= 0)
        if isinstance(test, Same):
            known &= own[:, None] == theirs
            return known
        above = theirs - own[:, None]
        known &= (above >= test.least) & (above <= test.most)
        return known

    def passes(self, rows: Index, columns: Index) -> Mask:
        """Return whether the pairs get past a hard rule of the kind `only`."""
        holds = self.holds(rows, columns)
        if self.rule.blank_passes:
            holds |= self._is_blank(self.mentees[rows])[:, None] | self._is_blank(
                self.mentors[columns]
            )
        return holds

    @staticmethod
    def _is_blank(read: Read) -> Mask:
        return np.asarray(~read.any(axis=1) if read.ndim > 1 else read < 0, dtype=bool)


@dataclass(frozen=True, eq=False)
class RuleScorer(FrozenArrays):
    """A `Scorer` by rules. With `pool` the fit of the four parts (up to 1) is added to the points."""

    never: tuple[Compared, ...]
    only: tuple[Compared, ...]
    points: tuple[Compared, ...]
    blocks: tuple[Index, ...]
    pools: tuple[MentorPool, ...]  # of each block; empty where only points count
    profiles: tuple[MenteeProfile, ...]
    rules: Rules
    same: Index  # mentee: the mentor who is the same person, -1 if none

    @classmethod
    def build(
        cls,
        rules: Rules,
        mentees: Cells,
        mentors: Cells,
        *,
        mentee_ids: Sequence[str],
        mentor_ids: Sequence[str],
        profiles: Sequence[MenteeProfile] = (),
        pools: Sequence[MentorPool] = (),
    ) -> "RuleScorer":
        """Read the columns that the rules compare; raises UnknownStep.

        With `rules.parts`, `profiles` are all mentees and `pools` the mentors cut by `blocks_of`.
        """
        place = {one: at for at, one in enumerate(mentor_ids)}
        never, only, points = (
            tuple(Compared.build(rule, mentees, mentors) for rule in kind)
            for kind in (rules.never, rules.only, rules.points)
        )
        return cls(
            never=never,
            only=only,
            points=points,
            blocks=blocks_of(len(mentor_ids)),
            pools=tuple(pools),
            profiles=tuple(profiles),
            rules=rules,
            same=np.array([place.get(one, -1) for one in mentee_ids], dtype=np.int64),
        )

    @property
    def mentee_count(self) -> int:
        """How many mentees there are."""
        return len(self.same)

    def similar(self) -> Index:
        """Return all mentees in their order."""
        return np.arange(len(self.same))

    def view(self, mentees: Index) -> "RuleView":
        """Return what some mentees see; see `Scorer`."""
        return RuleView(self, mentees)

    def eligible(self, mentees: Index, mentors: Index, *, without: int | None = None) -> Mask:
        """Return which pairs the hard rules allow; `without` leaves out the n-th of `hard_rules`."""
        result: Mask = self.same[mentees][:, None] != mentors
        for number, rule in enumerate((*self.never, *self.only)):
            if number == without:
                continue
            if number < len(self.never):
                result &= ~rule.holds(mentees, mentors)
            else:
                result &= rule.passes(mentees, mentors)
        return result

    def without_rule(self, mentee: int, rule: int) -> Scored:
        """Return the pairs that a mentee could have if one of `hard_rules` were lifted for them."""
        found = [
            RuleView(self, np.array([mentee]), lifted=rule).at_least(
                number, np.zeros(1, dtype=np.int64), np.zeros(len(block), dtype=np.int64)
            )
            for number, block in enumerate(self.blocks)
        ]
        return joined(found)

    @property
    def hard_rules(self) -> tuple[Compared, ...]:
        """The rules that keep pairs apart: those of `never`, then those of `only`."""
        return (*self.never, *self.only)


@dataclass(frozen=True, eq=False)
class RuleView:
    """A `View` by rules."""

    scorer: RuleScorer
    mentees: Index
    lifted: int | None = None  # a hard rule that is left out

    def first_block(self) -> int:
        """Return the first block: nothing is known of who is near."""
        return 0

    def every(self, block: int) -> Index:
        """Return all scores with a block; see `View`."""
        scorer, columns = self.scorer, self.scorer.blocks[block]
        eligible = scorer.eligible(self.mentees, columns, without=self.lifted)
        scores = np.zeros(eligible.shape, dtype=np.int64)
        for rule in scorer.points:
            scores += rule.holds(self.mentees, columns) * round(rule.rule.points * ONE)
        if scorer.rules.parts is not None:
            asking = [scorer.profiles[one] for one in self.mentees]
            scores += fits(asking, scorer.pools[block], scorer.rules.parts).scores
        return np.where(eligible, scores, -1)

    def at_least(self, block: int, mentee_floors: Index, mentor_floors: Index) -> Scored:
        """Return the pairs that reach one of two floors; see `View`."""
        scores = self.every(block)
        wanted = scores >= np.minimum(mentee_floors[:, None], mentor_floors)
        rows, columns = np.nonzero(wanted & (scores >= 0))
        mentors = self.scorer.blocks[block][columns]
        return Scored(self.mentees[rows], mentors, scores[rows, columns])


def blocks_of(count: int) -> tuple[Index, ...]:
    """Return the places of so many mentors, cut into blocks."""
    return tuple(np.arange(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK))


def _key(cell: str) -> str:
    return clean(cell).casefold()


def _values(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (_key(part) for part in re.split(r"[;|,\r\n]", cell))))


def _numbered(cells: Sequence[str], index: dict[str, int]) -> NDArray[np.int64]:
    """Number the values, those in the index as there and new ones onwards."""
    return np.array([index.setdefault(_key(one), len(index)) for one in cells], dtype=np.int64)


def _marks(cells: Sequence[tuple[str, ...]], place: Mapping[str, int]) -> Mask:
    marks = np.zeros((len(cells), max(1, len(place))), dtype=bool)
    for row, values in enumerate(cells):
        marks[row, [place[one] for one in values]] = True
    return marks


def _on_ladder(
    cells: Sequence[str], step: Mapping[str, int], column: str, *, of_mentor: bool
) -> NDArray[np.int64]:
    result = np.full(len(cells), -1, dtype=np.int64)
    for person, cell in enumerate(cells):
        key = _key(cell)
        if key and key not in step:
            raise UnknownStep(of_mentor=of_mentor, person=person, column=column, cell=clean(cell))
        result[person] = step.get(key, -1)
    return result
