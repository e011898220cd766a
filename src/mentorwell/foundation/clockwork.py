"""Duties that come round: reminders, expiries, digests.

Each app registers its duties in `apps.py`. A duty is a service that takes `now` and does
whatever is due by then, however late it is called: a tick that was missed is made good by
the next. `foundation/services/duties.py` runs them.
"""

from collections.abc import Callable, Iterable
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


def in_turn(steps: Iterable[Callable[[], int]]) -> int:
    """Take the steps of a duty one after the other; return the sum of what they return.

    Each step is a transaction of its own. One that fails does not keep those behind it from
    their turn: the first error is raised when all have had theirs.
    """
    done, errors = 0, []
    for step in steps:
        try:
            done += step()
        except Exception as error:  # noqa: BLE001 -- raised below
            errors.append(error)
    if errors:
        raise errors[0]
    return done
