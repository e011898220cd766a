"""Who has been brought in and knows nothing of it yet, and what they will be told."""

from datetime import datetime

from django.db.models import QuerySet

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.notices.emails import Mail, Told
from mentorwell.people.emails import welcome_mail
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme


def waiting_for_welcome(programme: Programme, part: Part | None = None) -> QuerySet[Participation]:
    """Return who is in a programme and was told nothing, the longest there first."""
    waiting = Participation.objects.filter(
        programme=programme,
        state=ParticipationState.INVITED,
        welcomed_at=None,
        person__is_active=True,
    )
    if part is not None:
        waiting = waiting.filter(part=part)
    return waiting.select_related("person", "programme").order_by("entered_at", "pk")


def welcome_preview(programme: Programme, *, now: datetime) -> Mail | None:
    """Return the welcome as the next in line would read it, or None where nobody waits."""
    first = waiting_for_welcome(programme).first()
    if first is None:
        return None
    ids = {"participation": str(first.uid)}
    return welcome_mail(Told(ids=ids, language=first.person.language, person=first.person, now=now))
