"""Days that count and days that do not.

Plain calendar arithmetic: no clock, no database. Moments are instants in UTC; days are those
of the person concerned, so each function takes their time zone.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
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
