"""Who takes part, who can be found, and who may know of it."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.clock import day_in
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.people.queries.evaluation import people_evaluated_by
from mentorwell.people.queries.pairing import pairing_bars
from mentorwell.programmes.queries import programmes_run_by, today
from mentorwell.programmes.roles import Permission


TAKING_PART = [ParticipationState.READY, ParticipationState.ACTIVE]


def participations_of(user: User) -> QuerySet[Participation]:
    """Return a person's own participations, those left last."""
    return (
        Participation.objects.filter(person=user)
        .select_related("programme", "programme__policy", "programme__organisation", "person")
        .order_by("left_at", "entered_at", "pk")
    )


def participations_visible_to(user: User, *, on_date: date) -> QuerySet[Participation]:
    """Return the participations that `user` may know of by name, with state and dates.

    Everyone sees their own. The office of a programme sees all of it, except the people
    whom that very member of the office evaluates: of these they see counts, never rows.
    """
    run = programmes_run_by(user, Permission.SEE_OFFICE).values("pk")
    evaluated = people_evaluated_by(user.pk, on_date=on_date)
    return Participation.objects.filter(
        Q(person=user) | (Q(programme__in=run) & ~Q(person_id__in=evaluated))
    )


def findable_mentors() -> QuerySet[Participation]:
    """Return the mentors who can be found at all: ready, not hidden, of an active account."""
    return Participation.objects.filter(
        part=Part.MENTOR,
        state__in=TAKING_PART,
        hidden_at__isnull=True,
        person__is_active=True,
    )


def searching_mentees(user: User) -> QuerySet[Participation]:
    """Return the participations in which `user` may search: as a mentee, once ready."""
    return participations_of(user).filter(part=Part.MENTEE, state__in=TAKING_PART)


def mentors_visible_to(user: User, *, now: datetime) -> QuerySet[Participation]:
    """Return the mentors whose page `user` may open.

    A mentee sees the mentors of their programmes who can be found, but for those kept away by
    a link or by a private wish of either side; the same answer as for an invitation. Other
    participants see them too, under the same bars. The office sees those of its programmes, but
    for the people whom that very member of the office evaluates; a mentor always sees their
    own page.
    """
    evaluated = people_evaluated_by(user.pk, on_date=day_in(user.time_zone, now))
    run = programmes_run_by(user, Permission.SEE_OFFICE).values("pk")
    in_office = Q(programme__in=run, state__in=TAKING_PART) & ~Q(person_id__in=evaluated)
    found = Q(person=user) | in_office
    for own in participations_of(user).filter(state__in=TAKING_PART):
        findable = findable_mentors().filter(programme_id=own.programme_id)
        barred = _barred(own, on_date=today(own.programme, now))
        found |= Q(pk__in=findable.exclude(pk__in=barred).values("pk"))
    return Participation.objects.filter(found, part=Part.MENTOR).select_related(
        "person", "person__profile", "person__profile__site", "programme"
    )


def _barred(own: Participation, *, on_date: date) -> list[int]:
    """Return the mentors of the same programme with whom a pairing is barred."""
    bars = pairing_bars(own, on_date=on_date)
    touched = Participation.objects.filter(
        programme_id=own.programme_id, part=Part.MENTOR, person_id__in=bars.touched
    )
    return [
        pk
        for pk, person_id in touched.values_list("pk", "person_id")
        if bars.block(person_id=person_id, participation_id=pk)
    ]
