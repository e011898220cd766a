"""When several people could meet: hours that suit all of them, wherever each of them lives.

Plain calendar arithmetic: no clock, no database. Moments are instants in UTC; weeks and days away
are each person's own, in their own time zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentorwell.core.schedule import SATURDAY, Span, WeeklyTime


Interval = tuple[datetime, datetime]

QUARTER = timedelta(minutes=15)
DAYS_AHEAD = 60
DAY_MINUTES = 24 * 60
USUAL = tuple(WeeklyTime(day, 8 * 60, 18 * 60) for day in range(SATURDAY))
"""When somebody may meet who has not told their week: working days, eight to six."""


MIDDAY = tuple(WeeklyTime(day, 12 * 60 + 30, 14 * 60) for day in range(SATURDAY))
"""When a ward is most likely to let somebody go."""


@dataclass(frozen=True)
class Week:
    """One person's week and the days on which they are away, in the zone where they live."""

    zone: ZoneInfo
    windows: tuple[WeeklyTime, ...] = ()
    away: tuple[Span, ...] = ()

    def free(self, first: date, last: date) -> list[Interval]:
        """Return when this person could meet on these days of theirs, joined and in order."""
        windows = sorted(self.windows or USUAL)
        found: list[Interval] = []
        day = first
        while day <= last:
            if not any(span.first <= day <= span.last for span in self.away):
                found.extend(
                    self._on(day, window) for window in windows if window.weekday == day.weekday()
                )
            day += timedelta(days=1)
        return _joined(found)

    def _on(self, day: date, window: WeeklyTime) -> Interval:
        return self._at(day, window.start_minute), self._at(day, window.end_minute)

    def _at(self, day: date, minute: int) -> datetime:
        days, rest = divmod(minute, DAY_MINUTES)
        local = datetime.combine(
            day + timedelta(days=days), time(*divmod(rest, 60)), tzinfo=self.zone
        )
        return local.astimezone(UTC)


def common_times(
    now: datetime, weeks: Sequence[Week], *, minutes: int, count: int, notice_days: int = 2
) -> tuple[datetime, ...]:
    """Return up to `count` moments at which everybody could meet for `minutes`, the soonest first.

    Each lies with its whole length in an hour of everybody's week, on a day on which nobody is
    away, at the earliest `notice_days` days from now and within `DAYS_AHEAD` days, at a full
    quarter of an hour, and on a day of its own in the first person's zone. Fewer, or none, where
    their weeks hold no more: who is the reason is not told.
    """
    earliest = now + timedelta(days=notice_days)
    found: list[datetime] = []
    days: set[date] = set()
    for start, end in _common(weeks, earliest.date() - timedelta(days=1)):
        at = _quarter(max(start, earliest))
        while at + timedelta(minutes=minutes) <= end and len(found) < count:
            day = at.astimezone(weeks[0].zone).date()
            if day not in days:
                days.add(day)
                found.append(at)
            at = _quarter(_next_day(day, weeks[0].zone))
    return tuple(found)


def _common(weeks: Sequence[Week], first: date) -> list[Interval]:
    last = first + timedelta(days=DAYS_AHEAD)
    shared = weeks[0].free(first, last)
    for week in weeks[1:]:
        shared = _both(shared, week.free(first, last))
    return shared


def _both(one: list[Interval], other: list[Interval]) -> list[Interval]:
    """Return what two lists, each joined and in order, have in common."""
    found: list[Interval] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start = max(one[i][0], other[j][0])
        end = min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return found


def _joined(intervals: list[Interval]) -> list[Interval]:
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue  # an hour that the clocks leave out
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _quarter(at: datetime) -> datetime:
    past = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at if not past else at - past + QUARTER


def _next_day(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
