"""The only place that reads the clock."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment in UTC; pages, tasks and commands pass it down as `now`."""
    return timezone.now()  # noqa: TID251 -- this is the one place
