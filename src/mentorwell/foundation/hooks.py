"""The only way up the stack: typed hooks.

A lower app announces what has happened; an upper app that cares listens. Listeners are
registered in `apps.py` and run inside the transaction of what they hear of, so that either
all of it holds or none. A test lists who listens to what.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID


if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


Event = TypeVar("Event")


@dataclass
class Hook(Generic[Event]):
    """One kind of event and those who listen to it, in the order of their registration."""

    name: str
    listeners: list[Callable[[Event], None]] = field(default_factory=list)

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Register a listener once; call this from an app's `ready`."""
        if listener not in self.listeners:
            self.listeners.append(listener)

    def announce(self, event: Event) -> None:
        """Run every listener now; an error in one undoes the whole transaction."""
        for listener in self.listeners:
            listener(event)


@dataclass(frozen=True)
class MentorshipClosed:
    """A mentorship has closed for good; `by` is None when the clockwork closed it."""

    mentorship_id: int
    by: "AbstractBaseUser | None"
    now: datetime


@dataclass(frozen=True)
class MentorshipPaused:
    """A mentorship rests, and the meetings that lie ahead should be called off."""

    mentorship_id: int
    by: "AbstractBaseUser"
    now: datetime


@dataclass(frozen=True)
class PlacesFreed:
    """A participation has at least one place more than before."""

    participation_id: int
    now: datetime


@dataclass(frozen=True)
class PlacesClosing:
    """A participation is about to have fewer places; `held` gathers what must close last.

    Listeners add the ids of the places that a mentorship still holds, so that free ones close
    first.
    """

    participation_id: int
    held: set[int]
    now: datetime


@dataclass(frozen=True)
class PlacesClosed:
    """A participation has fewer places; what waits for one of these should be let go kindly."""

    participation_id: int
    place_ids: frozenset[int]
    by: "AbstractBaseUser"
    now: datetime


@dataclass(frozen=True)
class ParticipationLeaving:
    """A person is about to leave a programme; whoever has rows to change by it locks them now.

    Whoever changes a mentorship takes its row first and those of its people later, and two who
    took them in different orders would wait for each other.
    """

    participation_id: int
    now: datetime


@dataclass(frozen=True)
class ParticipationHalted:
    """A person paused or left; what others wait for from them should be let go kindly."""

    participation_id: int
    by: "AbstractBaseUser"
    now: datetime


@dataclass(frozen=True)
class DaysMoved:
    """A person's leave or time zone has changed: what counts their days has to count anew."""

    person_id: int
    now: datetime


@dataclass(frozen=True)
class OfficeRoleGiven:
    """Somebody has a new part in a programme's office, and may evaluate people by it."""

    programme_id: int
    role: str
    by: "AbstractBaseUser"
    now: datetime


@dataclass(frozen=True)
class EvaluationLinked:
    """A new evaluation link has come to hold; running pairs and open invitations may be touched.

    Announced again when it comes to reach more people. `by` is None where its first day came.
    """

    link_uid: UUID
    by: "AbstractBaseUser | None"
    now: datetime


@dataclass(frozen=True)
class InstallationPrepared:
    """The database stands at this version; reference content may be loaded or renewed."""

    now: datetime


mentorship_closed: Hook[MentorshipClosed] = Hook("mentorship_closed")
mentorship_paused: Hook[MentorshipPaused] = Hook("mentorship_paused")
places_freed: Hook[PlacesFreed] = Hook("places_freed")
places_closing: Hook[PlacesClosing] = Hook("places_closing")
places_closed: Hook[PlacesClosed] = Hook("places_closed")
participation_leaving: Hook[ParticipationLeaving] = Hook("participation_leaving")
participation_halted: Hook[ParticipationHalted] = Hook("participation_halted")
days_moved: Hook[DaysMoved] = Hook("days_moved")
office_role_given: Hook[OfficeRoleGiven] = Hook("office_role_given")
evaluation_linked: Hook[EvaluationLinked] = Hook("evaluation_linked")
installation_prepared: Hook[InstallationPrepared] = Hook("installation_prepared")
