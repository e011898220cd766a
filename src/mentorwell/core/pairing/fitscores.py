"""Scores of profiles by the block: an upper bound of all pairs first, then exact for the few.

What a pair earns in each part is summed up in small whole numbers for a whole tile of mentees
and mentors, and bounded from above in sixteen bits. A few pairs in a hundred reach a floor by that;
of these the exact parts are looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing import interest, proximity, style, values
from mentorwell.core.pairing.fit import Asking, MentorPool
from mentorwell.core.pairing.profiles import MenteeProfile, Slider
from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.scale import NEUTRAL, ONE
from mentorwell.core.pairing.scoring import Scored
from mentorwell.core.pairing.slots import Levels, Minutes, Places
from mentorwell.core.pairing.times import ENOUGH
from mentorwell.core.pairing.weights import Weights
from mentorwell.core.topics import SAME


BLOCK = 512  # mentors at most; does not depend on workers
ROWS = 128  # mentees in a tile: what stays in the cache
SCALE = 30_000  # a whole score in a bound: twice as much, and what is rounded up, fits 16 bits
NEVER = 2**16 - 1  # a bound that no pair reaches

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
    shown: Levels  # rank x value x mentor: `ShownValues` times the weight of the rank
    shows_nothing: Levels
    style: Tile  # two sliders and their answers x mentor: sums of two rows of `Styles`
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
            shown=np.ascontiguousarray(
                pool.shown_values.shown[:, mentors]
                * np.array(values.RANK_WEIGHTS, dtype=np.uint8)[:, None, None]
            ),
            shows_nothing=pool.shown_values.silent[mentors],
            style=_in_twos(pool.styles.added[:, mentors]),
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
    answers: Places  # mentee x two sliders: the row of a block's `style` that answers them
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
            answers=_answers(asking.styles, len(pool.styles.added)),
            codes=codes,
            columns=tuple(_Block.build(pool, cut, instants) for cut in cuts),
            alike=np.lexsort(
                (*topics.T[:1], (asking.seekers.strengths > 0).sum(axis=1), places.of_person)
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
            self.shared += block.interests.take(slot, axis=0)
        self.valued = np.zeros(self.shape, dtype=np.uint8)
        for rank, slot in enumerate(lists.values[mentees].T):
            self.valued += block.shown[rank].take(slot, axis=0)
        answers = scorer.answers[mentees]
        self.apart = block.style.take(answers[:, 0], axis=0)
        for slot in answers.T[1:]:
            self.apart += block.style.take(slot, axis=0)
        self.meeting = self._meeting()

    def _earned(self, topics: Places, strengths: Levels) -> Levels:
        """The three largest of strength times credit, summed."""
        count = int((strengths > 0).sum(axis=1).max(initial=0))
        best = [np.zeros(self.shape, dtype=np.uint8) for _ in range(min(count, 3))]
        for slot in range(count):
            worth = self.block.credits.take(topics[:, slot], axis=0)
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
        scores = np.rint(self._exact(rows, columns, flat)).astype(np.int64)
        reached = scores >= floors
        mentees, mentors = self.mentees.take(rows), self.block.mentors.take(columns)
        reached &= self.scorer.same.take(mentees) != mentors
        return rows[reached], columns[reached], scores[reached]

    def _meeting(self) -> Minutes:
        """Where and when they could meet, as `proximity.parts_at` reads it."""
        asking = self.scorer.asking.whereabouts
        minutes = np.zeros(self.shape, dtype=np.int16)
        starts = self.scorer.window_starts[:, self.mentees]
        ends = self.scorer.window_ends[:, self.mentees]
        for start, end in zip(starts, ends, strict=True):
            if (start == end).all():
                continue  # nobody here has so many windows
            minutes += self.block.free.take(end, axis=0)
            minutes -= self.block.free.take(start, axis=0)
        np.minimum(minutes, ENOUGH, out=minutes)
        np.maximum(minutes, self.block.untold, out=minutes)
        np.maximum(minutes, asking.weeks.silent[self.mentees][:, None], out=minutes)
        codes = self.scorer.codes[asking.locations.of_person[self.mentees]]
        where = codes[:, self.block.locations].astype(np.int16) * np.int16(proximity.STRIDE)
        minutes += where if where.shape[1] == 1 else where.take(self.block.location, axis=1)
        return minutes

    def _likely(self, mentee_floors: Index, mentor_floors: Index) -> tuple[Index, Index]:
        """Return the row, and the place in the tile, of the pairs whose bound reaches a floor."""
        if mentee_floors.max() <= 0:
            everything = np.arange(self.shape[0] * self.shape[1])
            return everything // self.shape[1], everything
        share = self.weights[:, :4] / self.weights[:, 4, None]
        bound = self._met_bound(share[:, 0, None])
        bound += self._valued_bound(share[:, 2, None])
        bound += _STYLE.take(self.apart) * _step(share[:, 3, None])
        bound += _MEETING.take(self.meeting) * _step(share[:, 1, None])
        likely = bound >= _floor(mentee_floors)[:, None]
        if mentor_floors.min() <= ONE:
            likely |= bound >= _floor(mentor_floors)
        counts = np.count_nonzero(likely, axis=1)
        return np.repeat(np.arange(len(counts)), counts), np.flatnonzero(likely)

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

    def _exact(self, rows: Index, columns: Index, flat: Index) -> NDArray[np.float64]:
        """The scores of some pairs, as `fits` adds them up, before rounding."""
        asking = self.scorer.asking
        weights = [self.weights[:, number].take(rows) for number in range(5)]
        earned = np.maximum(self.earned.take(flat), self.block.offers_nothing.take(columns))
        shared = np.minimum(self.shared.take(flat), interest.SHARED_COUNTED)
        offset = asking.seekers.offset[self.mentees].take(rows)
        total = interest.parts_at(earned, shared, offset) * weights[0]
        total += proximity.parts_at(self.meeting.take(flat)) * weights[1]
        valued = np.maximum(self.valued.take(flat), self.block.shows_nothing.take(columns))
        offset = asking.values.offset[self.mentees].take(rows)
        total += values.parts_at(valued, offset) * weights[2]
        total += style.parts_at(self.apart.take(flat)) * weights[3]
        total /= weights[4]
        return total


def _in_twos(added: Tile) -> Tile:
    """Return the sums of any answer to one slider and any to the next, so that half the rows add up."""
    one = len(added) // len(Slider)
    by_slider = added.reshape(len(Slider), one, -1)
    twos = (by_slider[::2, :, None] + by_slider[1::2, None, :]).reshape(-1, added.shape[1])
    return np.ascontiguousarray(twos)  # row by row, as it is read


def _answers(styles: Places, height: int) -> Places:
    """Return the rows of `_in_twos` that answer each two sliders."""
    one = height // len(Slider)
    within = styles % one
    first = np.arange(len(Slider) // 2) * one * one
    return first + within[:, ::2] * one + within[:, 1::2]


def _slope(share: NDArray[np.float64], most: Index) -> tuple[Tile, Tile]:
    """Return what each unit out of `most` adds to a bound, and what having any adds; rounded up."""
    each = share * (SCALE * (1 - NEUTRAL / ONE)) / np.maximum(most, 1)
    just = share * (SCALE * NEUTRAL / ONE)
    return np.ceil(each).astype(np.uint16), np.ceil(just).astype(np.uint16)


def _step(share: NDArray[np.float64]) -> Tile:
    """Return what one of the steps of `FINE` adds to a bound, rounded up."""
    return np.ceil(share * SCALE / FINE).astype(np.uint16)


def _floor(floors: Index) -> Tile:
    """Return floors in the scale of bounds, rounded down."""
    return np.clip(floors * (SCALE / ONE) - 1, 0, NEVER).astype(np.uint16)


FINE = 250  # steps in which a bound counts style and meeting
_STYLE = np.ceil(np.abs(style.parts_at(np.arange(style.TOTALS))) * (FINE / ONE)).astype(np.uint8)
_MEETING = np.ceil(proximity.parts_at(np.arange(proximity.TOTALS)) * (FINE / ONE)).astype(np.uint8)
