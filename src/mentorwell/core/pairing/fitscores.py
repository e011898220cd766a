"""A scorer of profiles: exactly what `fits` says of every pair, computed only where it may matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.fit import Asking, MentorPool
from mentorwell.core.pairing.profiles import MenteeProfile
from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.scale import ONE
from mentorwell.core.pairing.scoring import Scored, joined
from mentorwell.core.pairing.slots import Levels, Minutes
from mentorwell.core.pairing.tiles import Block, Rows, Tile
from mentorwell.core.pairing.weights import Weights


BLOCK = 512  # mentors at most; does not depend on workers
ROWS = 256  # mentees in a tile: with a block, what stays in the cache


@dataclass(frozen=True, eq=False)
class FitScorer(FrozenArrays):
    """A `Scorer` of profiles."""

    asking: Asking
    instants: Minutes  # starts and ends of mentees' windows, sorted
    codes: Levels  # mentees' x mentors' location: code of the place
    columns: tuple[Block, ...]
    alike: Index  # mentees, those of one location and main topic beside each other
    home: Index  # mentee: the block that most of those at their location could meet best
    same: Index  # mentee: the mentor who is the same person, -1 if none

    @classmethod
    def build(
        cls, mentees: Sequence[MenteeProfile], pool: MentorPool, weights: Weights
    ) -> "FitScorer":
        """Read the mentees against a pool; raises ValueError as `fits` does."""
        asking = Asking.build(mentees, pool, weights)
        places = asking.whereabouts.locations
        instants = asking.whereabouts.weeks.instants()
        codes = places.table(pool.whereabouts.locations)
        of_mentor = pool.whereabouts.locations.of_person
        cuts = _cut(np.lexsort((pool.offers.credits.argmax(axis=0), of_mentor)), of_mentor)
        nearest = np.stack([codes[:, of_mentor[cut]].mean(axis=1) for cut in cuts]).argmax(axis=0)
        seekers = asking.seekers
        place_of = {one: at for at, one in enumerate(pool.ids)}
        return cls(
            asking=asking,
            instants=instants,
            codes=codes,
            columns=tuple(Block.build(pool, cut, instants) for cut in cuts),
            alike=np.lexsort(
                (*seekers.topics.T[:1], (seekers.strengths > 0).sum(axis=1), places.of_person)
            ),
            home=nearest[places.of_person],
            same=np.array([place_of.get(mentee.id, -1) for mentee in mentees], dtype=np.int64),
        )

    @property
    def mentee_count(self) -> int:
        """How many mentees there are."""
        return len(self.home)

    @property
    def blocks(self) -> tuple[Index, ...]:
        """The mentors, those of one location and main topic beside each other."""
        return tuple(block.mentors for block in self.columns)

    def similar(self) -> Index:
        """Return all mentees, those of one location and main topic beside each other."""
        return self.alike

    def view(self, mentees: Index) -> "FitView":
        """Return what some mentees see; see `Scorer`."""
        rows = tuple(
            Rows.build(self.asking, self.codes, self.instants, mentees[at : at + ROWS])
            for at in range(0, len(mentees), ROWS)
        )
        return FitView(self, mentees, rows)


@dataclass(frozen=True, eq=False)
class FitView(FrozenArrays):
    """A `View` of profiles."""

    scorer: FitScorer
    mentees: Index
    rows: tuple[Rows, ...]

    def first_block(self) -> int:
        """Return the block nearest to most of these mentees."""
        return int(np.bincount(self.scorer.home[self.mentees]).argmax())

    def every(self, block: int) -> Index:
        """Return all scores with a block; see `View`."""
        width = len(self.scorer.columns[block].mentors)
        scores = np.full((len(self.mentees), width), -1, dtype=np.int64)
        floors = np.zeros(len(self.mentees), dtype=np.int64)
        for rows, columns, found in self._tiles(block, floors, np.full(width, 2 * ONE)):
            scores[rows, columns] = found
        return scores

    def at_least(self, block: int, mentee_floors: Index, mentor_floors: Index) -> Scored:
        """Return the pairs that reach one of two floors; see `View`."""
        mentors = self.scorer.columns[block].mentors
        return joined(
            [
                Scored(self.mentees[rows], mentors[columns], found)
                for rows, columns, found in self._tiles(block, mentee_floors, mentor_floors)
            ]
        )

    def _tiles(
        self, block: int, mentee_floors: Index, mentor_floors: Index
    ) -> Iterator[tuple[Index, Index, Index]]:
        column = self.scorer.columns[block]
        for number, part in enumerate(self.rows):
            at = slice(number * ROWS, number * ROWS + len(part.mentees))
            rows, columns, found = Tile(part, column).reaching(mentee_floors[at], mentor_floors)
            other = self.scorer.same[part.mentees[rows]] != column.mentors[columns]
            yield rows[other] + number * ROWS, columns[other], found[other]


def _cut(order: Index, locations: Index) -> list[Index]:
    """Cut mentors, sorted by location, into blocks; a location with enough has its own."""
    cuts: list[Index] = []
    begun: list[Index] = []
    ends = np.flatnonzero(np.diff(locations[order])) + 1
    for people in np.split(order, ends):
        if len(people) > BLOCK // 2:
            cuts += np.array_split(people, -(-len(people) // BLOCK))
            continue
        if sum(map(len, begun)) + len(people) > BLOCK:
            cuts.append(np.concatenate(begun))
            begun = []
        begun.append(people)
    return [*cuts, np.concatenate(begun)] if begun else cuts
