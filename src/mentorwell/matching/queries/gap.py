"""How many look for how many places: what the office sees first, and mentees in a sentence."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from mentorwell.matching.queries.standing import SEARCHING_STATES
from mentorwell.mentorships.queries import claims_as_told
from mentorwell.people import queries as people
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation, Place
from mentorwell.programmes.models import Programme


@dataclass(frozen=True)
class Gap:
    """Free places of mentors who can be found, and mentees who have none yet."""

    places: int
    looking: int
    threshold: int

    @property
    def missing(self) -> int:
        """How many places are missing; 0 where there are enough."""
        return max(self.looking - self.places, 0)

    @property
    def may_be_told(self) -> bool:
        """Whether participants may be told: scarce, and too many looking to know them by it."""
        return self.missing > 0 and self.looking >= self.threshold


def gap(programme: Programme) -> Gap:
    """Return how many places are free and how many mentees look for one. Two queries.

    A mentee looks who is ready and has a place of their own that nobody fills. An ending that
    can still be undone changes neither: nobody is to notice it by the figures.
    """
    claimed = claims_as_told().filter(place=OuterRef("pk"))
    free = Place.objects.filter(~Exists(claimed), closed_at=None)
    mentors = people.findable_mentors().filter(programme=programme)
    return Gap(
        places=free.filter(participation__in=mentors).count(),
        looking=Participation.objects.filter(
            Exists(free.filter(participation=OuterRef("pk"))),
            programme=programme,
            part=Part.MENTEE,
            state__in=SEARCHING_STATES,
            person__is_active=True,
        ).count(),
        threshold=programme.policy.activity_threshold,
    )
