"""Whether a programme's search is open yet, and why."""

from dataclasses import dataclass
from datetime import date

from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme


# A mentor who paused was ready once, and counts on.
_ONCE_READY = [ParticipationState.READY, ParticipationState.ACTIVE, ParticipationState.PAUSED]


@dataclass(frozen=True)
class SearchOpening:
    """How far a programme is from its first search.

    It opens with `needed` ready mentors or on `opens_date`, whichever comes first. What so many
    mentors have opened stays open, though some of them leave.
    """

    running: bool  # the programme itself
    ready: int
    needed: int
    opens_date: date | None
    by_mentors: bool
    by_date: bool

    @property
    def is_open(self) -> bool:
        """Whether mentees may search and invite."""
        return self.running and (self.by_mentors or self.by_date)


def search_opening(programme: Programme, *, on_date: date) -> SearchOpening:
    """Return whether the search of a programme is open on a day, and by which of the two."""
    ready = Participation.objects.filter(
        programme=programme, part=Part.MENTOR, state__in=_ONCE_READY
    ).count()
    needed = programme.policy.search_opens_at_ready
    opens = programme.search_opens_date
    return SearchOpening(
        running=programme.state == ProgrammeState.OPEN,
        ready=ready,
        needed=needed,
        opens_date=opens,
        by_mentors=ready >= needed or programme.search_opened_at is not None,
        by_date=opens is not None and opens <= on_date,
    )
