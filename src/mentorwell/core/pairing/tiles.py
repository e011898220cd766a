"""Scores of some mentees with one block of mentors: bounded first, then exact for the few.

Three steps, each only for what the one before has left. For a whole tile, what a pair earns by
topics and values is summed up in small whole numbers and bounded from above in sixteen bits, with
the most that their places could add at any time, and any style. Of the few pairs in a hundred that
reach a floor by that, styles are compared, and of those still left the exact parts are looked up.
Where floors are still low, styles and times of the whole tile are bounded beside each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing import interest, proximity, style, values
from mentorwell.core.pairing.fit import Asking, MentorPool
from mentorwell.core.pairing.profiles import Slider
from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.scale import NEUTRAL, ONE, PARTS
from mentorwell.core.pairing.slots import Levels, Minutes, Places
from mentorwell.core.pairing.times import ENOUGH
from mentorwell.core.topics import SAME


SCALE = 30_000  # a whole score in a bound: twice as much, and what is rounded up, fits 16 bits
NEVER = 2**16 - 1  # a bound that no pair reaches
FINE = 250  # steps in which a bound counts style and meeting
CROWDED = 8  # where more than one pair in so many is likely, all are looked at beside each other

Bounds = NDArray[np.uint16]
Exact = NDArray[np.float64]
Found = tuple[Index, Index, Index]


@dataclass(frozen=True, eq=False)
class Block(FrozenArrays):
    """One block of mentors, its columns beside each other in memory."""

    mentors: Index
    locations: Index  # the different ones
    location: Index  # mentor: which of them
    credits: Levels  # topic x mentor, as in `Offers`
    interests: Levels
    offers_nothing: Levels  # mentor, as `Offers.silent`
    shown: Levels  # rank x value x mentor: `ShownValues` times the weight of the rank
    shows_nothing: Levels
    style: Bounds  # two sliders and their answers x mentor: sums of two rows of `Styles`
    free: Minutes  # instant x mentor: minutes free before it
    untold: Minutes  # mentor, as `Weeks.silent`

    @classmethod
    def build(cls, pool: MentorPool, mentors: Index, instants: Minutes) -> "Block":
        """Read some mentors of a pool, given by their places."""
        of_person = pool.whereabouts.locations.of_person
        locations, location = np.unique(of_person[mentors], return_inverse=True)
        free = pool.whereabouts.weeks.free_before(instants, mentors)
        weights = np.array(values.RANK_WEIGHTS, dtype=np.uint8)[:, None, None]
        return cls(
            mentors=mentors,
            locations=locations,
            location=location,
            credits=np.ascontiguousarray(pool.offers.credits[:, mentors]),
            interests=np.ascontiguousarray(pool.offers.interests[:, mentors]),
            offers_nothing=pool.offers.silent[mentors],
            shown=np.ascontiguousarray(pool.shown_values.shown[:, mentors] * weights),
            shows_nothing=pool.shown_values.silent[mentors],
            style=_in_twos(pool.styles.added[:, mentors]),
            free=np.ascontiguousarray(free),
            untold=pool.whereabouts.weeks.silent[mentors],
        )


@dataclass(frozen=True, eq=False)
class Rows(FrozenArrays):
    """What some mentees bring to every block, prepared once.

    The steps of bounds are rounded up: `…_each` per unit earned, `…_just` for having any at all.
    """

    mentees: Index
    weights: Exact  # part x row, and their sum in a fifth row
    topics: tuple[tuple[Places, Levels], ...]  # by slot: topic and strength of each row
    interests: tuple[Places, ...]
    values: tuple[Places, ...]
    answers: tuple[Places, ...]  # by two sliders: the row of a block's `style`
    windows: tuple[tuple[Places, Places], ...]  # by window: the instants of start and end
    untold: Minutes  # row, as `Weeks.silent`
    codes: Minutes  # row x mentors' location: code of the place times `proximity.STRIDE`
    met_offset: Places
    met_each: Bounds  # row x 1
    met_just: Bounds
    seeks_nothing: NDArray[np.bool_]
    valued_offset: Places
    valued_each: Bounds
    valued_just: Bounds
    values_nothing: NDArray[np.bool_]
    style_most: Bounds  # row
    style_step: Bounds  # row
    meeting_step: Bounds  # row
    elsewhere_most: Bounds  # row x mentors' location: the most that place, time and style add

    @classmethod
    def build(
        cls,
        asking: Asking,
        codes: Levels,
        instants: Minutes,
        mentees: Index,
    ) -> "Rows":
        """Read some mentees; `codes` are of mentees' by mentors' locations."""
        seekers, lists, whereabouts = asking.seekers, asking.values, asking.whereabouts
        strengths = seekers.strengths[mentees]
        slots = int((strengths > 0).sum(axis=1).max(initial=0))
        weights = asking.weights[mentees]
        share = weights / weights.sum(axis=1)[:, None]
        strongest = np.sort(strengths, axis=1)[:, -interest.COUNTED :].sum(axis=1)[:, None]
        most = lists.offset[mentees][:, None] // (values.NOT_SHOWN + 1)
        met, place, valued, alike = (share[:, number, None] for number in range(len(PARTS)))
        starts = np.searchsorted(instants, whereabouts.weeks.starts[:, mentees])
        ends = np.searchsorted(instants, whereabouts.weeks.ends[:, mentees])
        silent = whereabouts.weeks.silent[mentees]
        places = codes[whereabouts.locations.of_person[mentees]]
        style_most = _ceiled(alike[:, 0] * SCALE)
        return cls(
            mentees=mentees,
            weights=np.concatenate([weights.T, weights.sum(axis=1)[None]]),
            topics=tuple(
                (seekers.topics[mentees, slot], strengths[:, slot, None]) for slot in range(slots)
            ),
            interests=tuple(seekers.interests[mentees].T),
            values=tuple(lists.values[mentees].T),
            answers=_answers(asking.styles[mentees]),
            windows=tuple(
                (start, end) for start, end in zip(starts, ends, strict=True) if (start < end).any()
            ),
            untold=silent,
            codes=places.astype(np.int16) * np.int16(proximity.STRIDE),
            met_offset=seekers.offset[mentees],
            met_each=_ceiled(met * (1 - NEUTRAL / ONE) * SCALE / np.maximum(strongest * SAME, 1)),
            met_just=_ceiled(met * NEUTRAL / ONE * SCALE),
            seeks_nothing=strongest == 0,
            valued_offset=lists.offset[mentees],
            valued_each=_ceiled(valued * (1 - NEUTRAL / ONE) * SCALE / np.maximum(most, 1)),
            valued_just=_ceiled(valued * NEUTRAL / ONE * SCALE),
            values_nothing=most == 0,
            style_most=style_most,
            style_step=_ceiled(alike[:, 0] * SCALE / FINE),
            meeting_step=_ceiled(place[:, 0] * SCALE / FINE),
            elsewhere_most=_ceiled(place * proximity.most_at(places, silent[:, None]) / ONE * SCALE)
            + style_most[:, None],
        )


class Tile:
    """Some mentees with one block of mentors: the sums that each pair earns."""

    def __init__(self, rows: Rows, block: Block) -> None:
        self.rows, self.block = rows, block
        self.shape = (len(rows.mentees), len(block.mentors))
        self.earned = self._earned()
        self.shared = np.zeros(self.shape, dtype=np.uint8)
        for slot in rows.interests:
            self.shared += block.interests.take(slot, axis=0)
        self.everywhere: tuple[Bounds, Minutes] | None = None  # apart and meeting, if all are asked
        self.valued = np.zeros(self.shape, dtype=np.uint8)
        for rank, slot in enumerate(rows.values):
            self.valued += block.shown[rank].take(slot, axis=0)

    def reaching(self, row_floors: Index, column_floors: Index) -> Found:
        """Return row, column and score of the pairs that reach the floor of one or the other."""
        width = self.shape[1]
        if row_floors.max() <= 0:
            self._look_everywhere()
            flat = np.arange(self.shape[0] * width)
        else:
            flat = self._likely(_floor(row_floors), _floor(column_floors))
        rows = flat // width
        columns = flat - rows * width
        scores = np.rint(self._exact(rows, columns, flat)).astype(np.int64)
        reached = scores >= np.minimum(row_floors.take(rows), column_floors.take(columns))
        return rows[reached], columns[reached], scores[reached]

    def _earned(self) -> Levels:
        """The three largest of strength times credit, summed."""
        topics = self.rows.topics
        best = [np.zeros(self.shape, dtype=np.uint8) for _ in range(min(len(topics), 3))]
        for slot, (topic, strength) in enumerate(topics):
            worth = self.block.credits.take(topic, axis=0)
            worth *= strength
            if len(topics) <= interest.COUNTED:
                best[slot] = worth
                continue
            for place, most in enumerate(best[:-1]):
                lower = np.minimum(most, worth)
                best[place] = np.maximum(most, worth, out=most)
                worth = lower
            np.maximum(best[-1], worth, out=best[-1])
        total = best[0] if best else np.zeros(self.shape, dtype=np.uint8)
        for most in best[1:]:
            total += most
        return total

    def _likely(self, row_floors: Bounds, column_floors: Bounds) -> Index:
        """Return the pairs that no bound rules out."""
        bound = self._bound()
        floors = np.minimum(row_floors[:, None], column_floors)
        most = self.rows.elsewhere_most.take(self.block.locations, axis=1)
        near = bound + (most if most.shape[1] == 1 else most.take(self.block.location, axis=1))
        likely: NDArray[np.bool_] = near >= floors
        if np.count_nonzero(likely) * CROWDED > likely.size:
            apart, meeting = self._look_everywhere()
            bound += _STYLE.take(apart) * self.rows.style_step[:, None]
            bound += _MEETING.take(meeting) * self.rows.meeting_step[:, None]
            return np.flatnonzero((bound >= floors) | (self.shared > 0))
        flat = np.flatnonzero(likely | (self.shared > 0))  # shared interests are in no bound: rare
        rows = flat // self.shape[1]
        closer = near.ravel().take(flat)
        closer -= self.rows.style_most.take(rows)
        apart = self._apart(rows, flat - rows * self.shape[1])
        closer += _STYLE.take(apart) * self.rows.style_step.take(rows)
        still = closer >= floors.ravel().take(flat)
        return flat[still | (self.shared.ravel().take(flat) > 0)]

    def _bound(self) -> Bounds:
        """What pairs without a shared interest earn by topics and values at most."""
        rows, block = self.rows, self.block
        bound: Bounds = self.earned * rows.met_each
        silent = (block.offers_nothing != 0) | rows.seeks_nothing
        bound += ((self.earned > 0) | silent) * rows.met_just
        bound += self.valued * rows.valued_each
        bound += ((self.valued > 0) | (block.shows_nothing != 0) | rows.values_nothing) * (
            rows.valued_just
        )
        return bound

    def _exact(self, rows: Index, columns: Index, flat: Index) -> Exact:
        """Return the scores of some pairs, as `fits` adds them up, before rounding."""
        own, block = self.rows, self.block
        earned = np.maximum(self.earned.take(flat), block.offers_nothing.take(columns))
        shared = np.minimum(self.shared.take(flat), np.uint8(interest.SHARED_COUNTED))
        valued = np.maximum(self.valued.take(flat), block.shows_nothing.take(columns))
        if self.everywhere:
            apart, meeting = (sums.take(flat) for sums in self.everywhere)
        else:
            apart, meeting = self._apart(rows, columns), self._meeting(rows, columns)
        parts = (
            interest.parts_at(earned, shared, own.met_offset.take(rows)),
            proximity.parts_at(meeting),
            values.parts_at(valued, own.valued_offset.take(rows)),
            style.parts_at(apart),
        )
        total: Exact = parts[0] * own.weights[0].take(rows)
        for part, weight in zip(parts[1:], own.weights[1:], strict=False):
            total += part * weight.take(rows)
        total /= own.weights[len(PARTS)].take(rows)
        return total

    def _apart(self, rows: Index, columns: Index) -> Bounds:
        """Return how far apart some pairs are in style, as `style.parts_at` reads it."""
        width = self.shape[1]
        sums = self.block.style.ravel()
        first, *others = self.rows.answers
        apart: Bounds = sums.take(first.take(rows) * width + columns)
        for slot in others:
            apart += sums.take(slot.take(rows) * width + columns)
        return apart

    def _look_everywhere(self) -> tuple[Bounds, Minutes]:
        """Return, and keep, how far apart and how able to meet all pairs are."""
        first, *others = self.rows.answers
        apart = self.block.style.take(first, axis=0)
        for slot in others:
            apart += self.block.style.take(slot, axis=0)
        self.everywhere = (apart, self._meeting_everywhere())
        return self.everywhere

    def _meeting_everywhere(self) -> Minutes:
        minutes = np.zeros(self.shape, dtype=np.int16)
        for start, end in self.rows.windows:
            minutes += self.block.free.take(end, axis=0)
            minutes -= self.block.free.take(start, axis=0)
        np.minimum(minutes, np.int16(ENOUGH), out=minutes)
        np.maximum(minutes, self.block.untold, out=minutes)
        np.maximum(minutes, self.rows.untold[:, None], out=minutes)
        codes = self.rows.codes.take(self.block.locations, axis=1)
        minutes += codes if codes.shape[1] == 1 else codes.take(self.block.location, axis=1)
        return minutes

    def _meeting(self, rows: Index, columns: Index) -> Minutes:
        """Return where and when some pairs could meet, as `proximity.parts_at` reads it."""
        own, width = self.rows.codes.shape[1], self.shape[1]
        free = self.block.free.ravel()
        minutes = np.zeros(len(rows), dtype=np.int16)
        for start, end in self.rows.windows:
            minutes += free.take(end.take(rows) * width + columns)
            minutes -= free.take(start.take(rows) * width + columns)
        np.minimum(minutes, np.int16(ENOUGH), out=minutes)
        np.maximum(minutes, self.block.untold.take(columns), out=minutes)
        np.maximum(minutes, self.rows.untold.take(rows), out=minutes)
        place = self.block.locations.take(self.block.location.take(columns))
        minutes += self.rows.codes.ravel().take(rows * own + place)
        return minutes


def _in_twos(added: Bounds) -> Bounds:
    """Return the sums of any answer to one slider and any to the next: half the rows to add up."""
    one = len(added) // len(Slider)
    by_slider = added.reshape(len(Slider), one, -1)
    twos = (by_slider[::2, :, None] + by_slider[1::2, None, :]).reshape(-1, added.shape[1])
    return np.ascontiguousarray(twos)  # row by row, as it is read


def _answers(styles: Places) -> tuple[Places, ...]:
    """Return the rows of `_in_twos` that answer each two sliders."""
    within = styles % style.CODES
    first = np.arange(len(Slider) // 2) * style.CODES**2
    return tuple((first + within[:, ::2] * style.CODES + within[:, 1::2]).T)


def _ceiled(step: NDArray[np.float64]) -> Bounds:
    return np.ceil(step).astype(np.uint16)


def _floor(floors: Index) -> Bounds:
    """Return floors in the scale of bounds, rounded down."""
    steps: Bounds = np.clip(floors * (SCALE / ONE) - 1, 0, NEVER).astype(np.uint16)
    return steps


_STYLE = np.ceil(np.abs(style.parts_at(np.arange(style.TOTALS))) * (FINE / ONE)).astype(np.uint8)
_MEETING = np.ceil(proximity.parts_at(np.arange(proximity.TOTALS)) * (FINE / ONE)).astype(np.uint8)
