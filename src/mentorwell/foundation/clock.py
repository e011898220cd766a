"""The only place that reads the clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Return the present moment in UTC; pages, tasks and commands pass it down as `now`."""
    return timezone.now()  # noqa: TID251 -- this is the one place


def day_in(time_zone: str, now: datetime) -> date:
    """Return the day it is in a time zone, such as "America/Chicago"."""
    return now.astimezone(ZoneInfo(time_zone)).date()
