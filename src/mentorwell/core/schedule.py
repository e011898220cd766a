"""Days that count and days that do not.

Plain calendar arithmetic: no clock, no database. Moments are instants in UTC; days are those
of the person concerned, so each function takes their time zone.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo


SATURDAY = 5


class Span(NamedTuple):
    """Some days in a row, the last one included."""

    first: date
    last: date


class WeeklyTime(NamedTuple):
    """A stretch of every week in local minutes of a day; 0 is Monday, the end is excluded."""

    weekday: int
    start_minute: int
    end_minute: int


def add_counted_days(
    start: datetime, days: int, *, zone: ZoneInfo, away: Iterable[Span] = ()
) -> datetime:
    """Return the moment at which `days` days have passed since `start`, days away not counted.

    The first day that can count is the day after `start`. The result has `start`'s local time
    of day and always falls on a day that counts, so that nothing runs out during leave.
    """
    spans = list(away)
    local = start.astimezone(zone)
    day = local.date()
    left = days
    while left:
        day += timedelta(days=1)
        if not any(span.first <= day <= span.last for span in spans):
            left -= 1
    return datetime.combine(day, local.time(), tzinfo=zone).astimezone(UTC)


def add_working_days(start: date, days: int) -> date:
    """Return the day `days` working days after `start`, Saturdays and Sundays not counted."""
    day = start
    left = days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def suggest_times(
    now: datetime,
    *,
    zone: ZoneInfo,
    windows: Iterable[WeeklyTime],
    minutes: int,
    count: int,
    away: Iterable[Span] = (),
    notice_days: int = 2,
) -> tuple[datetime, ...]:
    """Return up to `count` moments to meet for `minutes`, each on a day of its own.

    Each starts in a window that leaves room for the whole length, at the earliest
    `notice_days` days from now, on no day of `away`. Where no window is long enough, working
    days at half past twelve are taken: a time to be changed, not a guess about the person.
    """
    usable = sorted(w for w in windows if w.end_minute - w.start_minute >= minutes)
    spans = list(away)
    found: list[datetime] = []
    day = now.astimezone(zone).date() + timedelta(days=notice_days)
    while len(found) < count:
        start = _start_on(day, usable)
        if start is not None and not any(span.first <= day <= span.last for span in spans):
            found.append(datetime.combine(day, start, tzinfo=zone).astimezone(UTC))
        day += timedelta(days=1)
    return tuple(found)


def _start_on(day: date, windows: list[WeeklyTime]) -> time | None:
    if not windows:
        return time(12, 30) if day.weekday() < SATURDAY else None
    for window in windows:
        if window.weekday == day.weekday():
            return time(*divmod(window.start_minute, 60))
    return None
