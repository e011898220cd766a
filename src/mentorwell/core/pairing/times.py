"""When two people are both free in a usual week."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.profiles import Profile, Window
from mentorwell.core.pairing.reasons import Reason, ReasonCode, sides
from mentorwell.core.pairing.slots import Minutes, Places, filled


ENOUGH = 120  # minutes a week in common that are as good as any more
NOT_TOLD = ENOUGH + 1  # stands for "at least one has not told their times"
WORTH_MEETING = 30  # minutes that make a stretch worth naming


def usual_windows(person: Profile) -> list[Window]:
    """Return when a person is usually free, in order, those that overlap or touch as one.

    None if the person has not told, or their times change.
    """
    result: list[Window] = []
    for window in sorted(() if person.times_change else person.windows):
        if result and window.start <= result[-1].end:
            result[-1] = Window(result[-1].start, max(result[-1].end, window.end))
        else:
            result.append(window)
    return result


def common_windows(one: Profile, other: Profile) -> list[Window]:
    """Return the stretches of a usual week in which both are free, in order."""
    return [
        Window(start, end)
        for own in usual_windows(one)
        for their in usual_windows(other)
        for start, end in [(max(own.start, their.start), min(own.end, their.end))]
        if start < end
    ]


@dataclass(frozen=True, eq=False)
class Weeks(FrozenArrays):
    """People's usual weeks as columns. Blank windows start and end at minute 0."""

    starts: Minutes  # slot x person
    ends: Minutes  # slot x person
    silent: Minutes  # person: NOT_TOLD if no window is known, else 0

    @classmethod
    def build(cls, people: Sequence[Profile]) -> "Weeks":
        """Read when the people are free."""
        windows = filled((chain.from_iterable(usual_windows(person)) for person in people), 0)
        starts, ends = windows[:, ::2].T.astype(np.int16), windows[:, 1::2].T.astype(np.int16)
        return cls(
            starts=np.ascontiguousarray(starts),
            ends=np.ascontiguousarray(ends),
            silent=np.where((ends > 0).any(axis=0), 0, NOT_TOLD).astype(np.int16),
        )

    def instants(self) -> Minutes:
        """Return the minutes at which somebody's window starts or ends, sorted, with 0."""
        return np.unique(np.concatenate([self.starts.ravel(), self.ends.ravel(), [np.int16(0)]]))

    def free_before(self, instants: Minutes, columns: slice | Places) -> Minutes:
        """Return how many minutes of the week before each instant (row) each person is free."""
        starts, ends = self.starts[:, columns], self.ends[:, columns]
        free = np.zeros((len(instants), starts.shape[1]), dtype=np.int16)
        for start, end in zip(starts, ends, strict=True):
            since = np.maximum(instants[:, None] - start, 0)
            free += np.minimum(since, end - start, out=since)
        return free

    def in_common(self, rows: slice, instants: Minutes, free: Minutes, silent: Minutes) -> Minutes:
        """Return the minutes each of these people (row) shares with each of others (column).

        The others are given by what they have free before `instants`, among which are all of
        these people's, and by who of them is `silent`. At most `ENOUGH`, or `NOT_TOLD`. A window
        shares what is free before its end and not before its start, so that time is
        proportional to pairs times windows of one person, not times those of both.
        """
        starts = np.searchsorted(instants, self.starts[:, rows])
        ends = np.searchsorted(instants, self.ends[:, rows])
        minutes = np.zeros((starts.shape[1], free.shape[1]), dtype=np.int16)
        for start, end in zip(starts, ends, strict=True):
            minutes += free[end]
            minutes -= free[start]
        np.minimum(minutes, ENOUGH, out=minutes)
        np.maximum(minutes, silent, out=minutes)
        return np.maximum(minutes, self.silent[rows, None], out=minutes)


def time_reason(mentee: Profile, mentor: Profile) -> Reason:
    """Say how much they are both free and when to meet, or whose answer would tell."""
    missing = sides(mentee=not usual_windows(mentee), mentor=not usual_windows(mentor))
    if mentee.times_change or mentor.times_change:
        changing = sides(mentee=mentee.times_change, mentor=mentor.times_change)
        return Reason(ReasonCode.TIMES_CHANGE, missing=changing)
    if missing:
        return Reason(ReasonCode.TIMES_NOT_KNOWN, missing=missing)
    common = common_windows(mentee, mentor)
    if not common:
        return Reason(ReasonCode.NO_COMMON_TIME)
    lengths = [window.end - window.start for window in common]
    long_enough = [length >= WORTH_MEETING for length in lengths]
    best = long_enough.index(True) if any(long_enough) else lengths.index(max(lengths))
    return Reason(ReasonCode.FREE_TOGETHER, minutes=sum(lengths), window=common[best])
