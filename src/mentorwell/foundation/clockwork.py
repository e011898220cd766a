"""Duties that come round: reminders, expiries, digests.

Each app registers its duties in `apps.py`. A duty is a service that takes `now` and does
whatever is due by then, however late it is called: a tick that was missed is made good by
the next. `foundation/services/duties.py` runs them.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Periodic:
    """A duty by the dotted name of its service, and how often it comes round."""

    name: str
    every: timedelta


DUTIES: dict[str, Periodic] = {}


def register(name: str, *, every: timedelta) -> None:
    """Register the service `name` ("mentorwell.app.services.verb_noun"), called with `now=`."""
    DUTIES[name] = Periodic(name, every)
