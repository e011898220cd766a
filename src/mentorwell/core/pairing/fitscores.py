"""Scores of profiles by the block: an upper bound of all pairs first, then exact for the few.

What a pair earns in each part is summed up in small whole numbers for a whole tile of mentees
and mentors. A bound that takes the times at their best leaves a few in a hundred; of these the
exact parts are looked up, and of those still in question the times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing import interest, places, proximity, style, values
from mentorwell.core.pairing.fit import Asking, MentorPool
from mentorwell.core.pairing.profiles import MenteeProfile
from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.scale import NEUTRAL, ONE
from mentorwell.core.pairing.scoring import Scored
from mentorwell.core.pairing.slots import Levels, Minutes, Places
from mentorwell.core.pairing.times import ENOUGH, NOT_TOLD
from mentorwell.core.pairing.weights import Weights
from mentorwell.core.topics import SAME


BLOCK = 512  # mentors at most; does not depend on workers
ROWS = 128  # mentees in a tile: what stays in the cache
SCALE = 30_000  # a whole score in a bound: twice as much, and what is rounded up, fits 16 bits
NEVER = 2**16 - 1  # a bound that no pair reaches
FEW = 20  # below one pair in so many, times are summed pair by pair

Tile = NDArray[np.uint16]


@dataclass(frozen=True, eq=False)
class _Block(FrozenArrays):
    """One block of mentors, its columns beside each other in memory."""

    mentors: Index
    locations: Index  # the different ones
    location: Index  # mentor: which of them
    credits: Levels  # topic x mentor, as in `Offers`
    interests: Levels
    offers_nothing: Levels  # mentor, as `Offers.silent`
    shown: Levels  # value x mentor, as in `ShownValues`
    shows_nothing: Levels
    style: Tile  # slider and answer x mentor, as in `Styles`
    free: Minutes  # instant x mentor: minutes free before it
    untold: Minutes  # mentor, as `Weeks.silent`

    @classmethod
    def build(cls, pool: MentorPool, mentors: Index, instants: Minutes) -> "_Block":
        of_person = pool.whereabouts.locations.of_person
        locations, location = np.unique(of_person[mentors], return_inverse=True)
        free = pool.whereabouts.weeks.free_before(instants, mentors)
        return cls(
            mentors=mentors,
            locations=locations,
            location=location,
            credits=np.ascontiguousarray(pool.offers.credits[:, mentors]),
            interests=np.ascontiguousarray(pool.offers.interests[:, mentors]),
            offers_nothing=pool.offers.silent[mentors],
            shown=np.ascontiguousarray(pool.shown_values.shown[:, mentors]),
            shows_nothing=pool.shown_values.silent[mentors],
            style=np.ascontiguousarray(pool.styles.added[:, mentors]),
            free=np.ascontiguousarray(free),
            untold=pool.whereabouts.weeks.silent[mentors],
        )


@dataclass(frozen=True, eq=False)
class FitScorer(FrozenArrays):
    """A `Scorer` of profiles: exactly what `fits` says, only where it is worth computing."""

    asking: Asking
    weights: NDArray[np.float64]  # mentee x part, and their sum in a fifth column
    window_starts: Places  # window x mentee: which instant
    window_ends: Places
    codes: Levels  # mentees' x mentors' location: code of the place
    columns: tuple[_Block, ...]
    alike: Index  # mentees, those of one location and main topic beside each other
    home: Index  # mentee: the block that most of those at their location could meet best
    same: Index  # mentee: the mentor who is the same person, -1 if none

    @classmethod
    def build(
        cls, mentees: Sequence[MenteeProfile], pool: MentorPool, weights: Weights
    ) -> "FitScorer":
        """Read the mentees against a pool; raises ValueError as `fits` does."""
        asking = Asking.build(mentees, pool, weights)
        weeks, places = asking.whereabouts.weeks, asking.whereabouts.locations
        instants = weeks.instants()
        codes = places.table(pool.whereabouts.locations)
        of_mentor = pool.whereabouts.locations.of_person
        order = np.lexsort((pool.offers.credits.argmax(axis=0), of_mentor))
        cuts = [order[at : at + BLOCK] for at in range(0, len(order), BLOCK)]
        nearest = np.stack([codes[:, of_mentor[cut]].mean(axis=1) for cut in cuts]).argmax(axis=0)
        topics = asking.seekers.topics
        place_of = {one: at for at, one in enumerate(pool.ids)}
        return cls(
            asking=asking,
            weights=np.concatenate([asking.weights, asking.weights.sum(axis=1)[:, None]], axis=1),
            window_starts=np.searchsorted(instants, weeks.starts),
            window_ends=np.searchsorted(instants, weeks.ends),
            codes=codes,
            columns=tuple(_Block.build(pool, cut, instants) for cut in cuts),
            alike=np.lexsort((*topics.T[:1], places.of_person)),
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

    def first_block(self, mentees: Index) -> int:
        """Return the block nearest to most of these mentees."""
        return int(np.bincount(self.home[mentees]).argmax())

    def every(self, mentees: Index, block: int) -> Index:
        """Return all scores with a block; see `Scorer`."""
        floors = np.zeros(len(mentees), dtype=np.int64)
        width = len(self.columns[block].mentors)
        nobody = np.full(width, 2 * ONE, dtype=np.int64)
        scores = np.full((len(mentees), width), -1, dtype=np.int64)
        for rows, columns, found in self._tiles(mentees, block, floors, nobody):
            scores[rows, columns] = found
        return scores

    def at_least(
        self, mentees: Index, block: int, mentee_floors: Index, mentor_floors: Index
    ) -> Scored:
        """Return the pairs that reach one of two floors; see `Scorer`."""
        found = list(self._tiles(mentees, block, mentee_floors, mentor_floors))
        rows, columns, scores = (np.concatenate(part) for part in zip(*found, strict=True))
        return Scored(mentees[rows], self.columns[block].mentors[columns], scores)

    def _tiles(
        self, mentees: Index, block: int, mentee_floors: Index, mentor_floors: Index
    ) -> "list[tuple[Index, Index, Index]]":
        found = []
        for start in range(0, len(mentees), ROWS):
            part = slice(start, start + ROWS)
            tile = _Tile(self, mentees[part], self.columns[block])
            rows, columns, scores = tile.at_least(mentee_floors[part], mentor_floors)
            found.append((rows + start, columns, scores))
        return found


class _Tile:
    """Some mentees with one block: sums of whole numbers, then scores where they may be enough."""

    def __init__(self, scorer: FitScorer, mentees: Index, block: _Block) -> None:
        self.scorer, self.mentees, self.block = scorer, mentees, block
        self.weights = scorer.weights[mentees]
        self.shape = (len(mentees), len(block.mentors))
        seekers, lists = scorer.asking.seekers, scorer.asking.values
        self.earned = self._earned(seekers.topics[mentees], seekers.strengths[mentees])
        self.shared = np.zeros(self.shape, dtype=np.uint8)
        for slot in seekers.interests[mentees].T:
            self.shared += block.interests[slot]
        self.valued = np.zeros(self.shape, dtype=np.uint8)
        for rank, slot in enumerate(lists.values[mentees].T):
            self.valued += block.shown[slot] * np.uint8(values.RANK_WEIGHTS[rank])
        answers = scorer.asking.styles[mentees]
        self.apart = block.style[answers[:, 0]]
        for slot in answers.T[1:]:
            self.apart += block.style[slot]

    def _earned(self, topics: Places, strengths: Levels) -> Levels:
        """The three largest of strength times credit, summed."""
        count = topics.shape[1]
        best = [np.zeros(self.shape, dtype=np.uint8) for _ in range(min(count, 3))]
        for slot in range(count):
            worth = self.block.credits[topics[:, slot]]
            worth *= strengths[:, slot, None]
            if count <= interest.COUNTED:
                best[slot] = worth
                continue
            for place, most in enumerate(best[:-1]):
                lower = np.minimum(most, worth)
                best[place] = np.maximum(most, worth, out=most)
                worth = lower
            np.maximum(best[-1], worth, out=best[-1])
        total = np.zeros(self.shape, dtype=np.uint8)
        for most in best:
            total += most
        return total

    def at_least(self, mentee_floors: Index, mentor_floors: Index) -> tuple[Index, Index, Index]:
        """Return row, column and score of the eligible pairs that reach a floor."""
        rows, flat = self._likely(mentee_floors, mentor_floors)
        columns = flat - rows * self.shape[1]
        floors = np.minimum(mentee_floors.take(rows), mentor_floors.take(columns))
        total = self._without_times(rows, columns, flat)
        codes = self._codes().take(
            rows * len(self.block.locations) + self.block.location.take(columns)
        )
        most = _BEST_REACH.take(codes) * self.weights[:, 1].take(rows) + total
        hopeful = np.flatnonzero(most >= (floors - 0.5) * self.weights[:, 4].take(rows))
        rows, columns, total = rows.take(hopeful), columns.take(hopeful), total.take(hopeful)
        minutes = self._minutes(rows, columns, flat.take(hopeful))
        reach = proximity.parts_at(codes.take(hopeful).astype(np.int64), minutes)
        total += reach * self.weights[:, 1].take(rows)
        total /= self.weights[:, 4].take(rows)
        scores = np.rint(total).astype(np.int64)
        reached = scores >= floors.take(hopeful)
        reached &= self.scorer.same.take(self.mentees.take(rows)) != self.block.mentors.take(
            columns
        )
        return rows[reached], columns[reached], scores[reached]

    def _codes(self) -> Levels:
        """The codes of place: row x location of the block."""
        own = self.scorer.asking.whereabouts.locations.of_person[self.mentees]
        return self.scorer.codes[own][:, self.block.locations]

    def _likely(self, mentee_floors: Index, mentor_floors: Index) -> tuple[Index, Index]:
        """Return the row, and the place in the tile, of the pairs whose bound reaches a floor."""
        if mentee_floors.max() <= 0:
            everything = np.arange(self.shape[0] * self.shape[1])
            return everything // self.shape[1], everything
        share = self.weights[:, :4] / self.weights[:, 4, None]
        bound = self._met_bound(share[:, 0, None])
        bound += self._valued_bound(share[:, 2, None])
        bound += _STYLE.take(self.apart) * np.ceil(share[:, 3, None] * SCALE / FINE).astype(
            np.uint16
        )
        rest = self._rest(share)
        own = mentee_floors[:, None] * (SCALE / ONE) - rest - 1
        likely = bound >= self._spread(np.clip(own, 0, NEVER))
        if mentor_floors.min() <= ONE:
            bound += self._spread(np.ceil(rest))
            likely |= bound >= np.clip(mentor_floors * (SCALE / ONE) - 1, 0, NEVER).astype(
                np.uint16
            )
        counts = np.count_nonzero(likely, axis=1)
        return np.repeat(np.arange(len(counts)), counts), np.flatnonzero(likely)

    def _rest(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """The most that place and time count, in the scale of bounds: row x location."""
        untold = self.scorer.asking.whereabouts.weeks.silent[self.mentees] != 0
        codes = self._codes()
        reach = _REACH.take(codes + (untold * np.uint8(len(places.PLACE_CODES)))[:, None])
        rest: NDArray[np.float64] = reach * share[:, 1, None] * SCALE
        return rest

    def _spread(self, by_location: NDArray[np.float64]) -> Tile:
        """What is given for row x location as row x mentor, or x 1 where that says the same."""
        whole = by_location.astype(np.uint16)
        return whole if whole.shape[1] == 1 else whole.take(self.block.location, axis=1)

    def _met_bound(self, share: NDArray[np.float64]) -> Tile:
        strengths = self.scorer.asking.seekers.strengths[self.mentees]
        strongest = np.sort(strengths, axis=1)[:, -interest.COUNTED :].sum(axis=1)[:, None]
        each, just = _slope(share, strongest * SAME)
        bound: Tile = self.earned * each
        bound += np.minimum(self.earned, 1) * just
        if self.shared.any():
            bound += (self.shared > 0) * np.ceil(share * SCALE).astype(np.uint16)
        silent = (self.block.offers_nothing != 0) | (strongest == 0)
        if silent.any():
            bound += silent * just
        return bound

    def _valued_bound(self, share: NDArray[np.float64]) -> Tile:
        lists = self.scorer.asking.values
        most = lists.offset[self.mentees][:, None] // (values.NOT_SHOWN + 1)
        each, just = _slope(share, most)
        bound: Tile = self.valued * each
        neutral = (self.valued > 0) | (self.block.shows_nothing != 0) | (most == 0)
        bound += neutral * just
        return bound

    def _without_times(self, rows: Index, columns: Index, flat: Index) -> NDArray[np.float64]:
        """Interest, values and style of some pairs, each times its weight, exactly."""
        asking = self.scorer.asking
        earned = np.maximum(self.earned.take(flat), self.block.offers_nothing.take(columns))
        shared = np.minimum(self.shared.take(flat), interest.SHARED_COUNTED)
        offset = asking.seekers.offset[self.mentees].take(rows)
        total = interest.parts_at(earned, shared, offset) * self.weights[:, 0].take(rows)
        valued = np.maximum(self.valued.take(flat), self.block.shows_nothing.take(columns))
        offset = asking.values.offset[self.mentees].take(rows)
        total += values.parts_at(valued, offset) * self.weights[:, 2].take(rows)
        total += style.parts_at(self.apart.take(flat)) * self.weights[:, 3].take(rows)
        return total

    def _minutes(self, rows: Index, columns: Index, flat: Index) -> Index:
        """Minutes of a usual week in common, or `NOT_TOLD`."""
        free, width = self.block.free, self.shape[1]
        starts = self.scorer.window_starts[:, self.mentees]
        ends = self.scorer.window_ends[:, self.mentees]
        if len(flat) * FEW < self.shape[0] * width:
            minutes = np.zeros(len(flat), dtype=np.int16)
            for start, end in zip(starts * width, ends * width, strict=True):
                minutes += free.take(end.take(rows) + columns)
                minutes -= free.take(start.take(rows) + columns)
        else:
            tile = np.zeros(self.shape, dtype=np.int16)
            for start, end in zip(starts, ends, strict=True):
                tile += free[end]
                tile -= free[start]
            minutes = tile.take(flat)
        common = np.minimum(minutes, ENOUGH)
        silent = self.scorer.asking.whereabouts.weeks.silent[self.mentees].take(rows)
        untold = np.maximum(silent, self.block.untold.take(columns))
        return np.maximum(common, untold).astype(np.int64)


def _slope(share: NDArray[np.float64], most: Index) -> tuple[Tile, Tile]:
    """Return what each unit out of `most` adds to a bound, and what having any adds; rounded up."""
    each = share * (SCALE * (1 - NEUTRAL / ONE)) / np.maximum(most, 1)
    just = share * (SCALE * NEUTRAL / ONE)
    return np.ceil(each).astype(np.uint16), np.ceil(just).astype(np.uint16)


# The most a place can count: row 0 for who told their times, row 1 for who did not.
_REACH = np.array(
    [
        [abs(proximity.proximity_part(code, minutes)) / ONE for code in places.PLACE_CODES]
        for minutes in (ENOUGH, NOT_TOLD)
    ]
)
FINE = 250  # steps in which a bound counts style
_STYLE = np.ceil(np.abs(style.parts_at(np.arange(style.TOTALS))) * (FINE / ONE)).astype(np.uint8)
_BEST_REACH = np.rint(_REACH[0] * ONE)
