"""The people of a programme as its office sees them: names, states and dates, never who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.mentorships.queries import claims_as_told
from mentorwell.office.enums import Standing
from mentorwell.people import queries as people
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation, Place, TopicChoice
from mentorwell.programmes.models import Programme


NOT_YET = (ParticipationState.INVITED, ParticipationState.APPLIED)
RUNNING = (ParticipationState.READY, ParticipationState.ACTIVE)


@dataclass(frozen=True)
class Filters:
    """What the office looks for; an empty word leaves that out."""

    words: str = ""
    part: str = ""
    cohort: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Participant:
    """One row of the office's list. Places are told of those who give, never of a mentee."""

    uid: UUID
    name: str
    email: str
    part: Part
    standing: Standing
    cohort: str
    start_date: date | None
    site: str
    unit: str
    paused_until: date | None
    places_taken: int
    places_open: int

    @property
    def gives(self) -> bool:
        """Whether this person takes others on: all but mentees do."""
        return self.part is not Part.MENTEE


def standing() -> Case:
    """Return how far a participation is, as one word of `Standing`, for an annotation.

    The one reading of it: list, filter and to-do all ask here. A mentee who has said yes
    takes part, whatever they do with it.
    """
    gives = ~Q(part=Part.MENTEE)
    offers = TopicChoice.objects.filter(participation=OuterRef("pk"), interest=False)
    has_place = Place.objects.filter(participation=OuterRef("pk"), closed_at=None)
    whens = (
        (Standing.LEFT, Q(state=ParticipationState.LEFT)),
        (Standing.BROUGHT_IN, Q(state=ParticipationState.INVITED, welcomed_at=None)),
        (
            Standing.TO_CONFIRM,
            gives & Q(Exists(offers), Exists(has_place), state__in=NOT_YET, entered_by_office=True),
        ),
        (
            Standing.WELCOMED,
            Q(state=ParticipationState.INVITED) | gives & Q(state=ParticipationState.APPLIED),
        ),
        (Standing.PAUSED, gives & Q(state=ParticipationState.PAUSED)),
        (Standing.HIDDEN, gives & Q(state__in=RUNNING, hidden_at__isnull=False)),
    )
    return Case(
        *(When(condition, then=Value(word.value)) for word, condition in whens),
        default=Value(Standing.TAKING_PART.value),
        output_field=CharField(),
    )


def participants_visible_to(
    user: User, programme: Programme, *, filters: Filters, on_date: date
) -> QuerySet[Participation]:
    """Return the participations that one member of the office may list, by name.

    People whom that member evaluates are left out. Nothing that a mentee does is in the
    order, the filters or the rows. Turn them into rows by `rows_of`.
    """
    found = (
        people.participations_visible_to(user, on_date=on_date)
        .filter(programme=programme)
        .annotate(standing=standing(), site_name=_of_profile("site"), unit_name=_of_profile("unit"))
        .select_related("person")
        .order_by("person__name", "part", "pk")
    )
    if filters.part:
        found = found.filter(part=filters.part)
    if filters.cohort:
        found = found.filter(cohort=filters.cohort)
    if filters.standing:
        found = found.filter(standing=filters.standing)
    for word in filters.words.split():
        found = found.filter(Q(person__name__icontains=word) | Q(person__email__icontains=word))
    return found


def _of_profile(field: str) -> Coalesce:
    return Coalesce(f"person__profile__{field}__name", Value(""))


def rows_of(participations: Sequence[Participation]) -> list[Participant]:
    """Return the rows of annotated participations. Two queries, however many."""
    giving = [each.pk for each in participations if each.part != Part.MENTEE]
    places = Place.objects.filter(participation__in=giving, closed_at=None)
    opened = _counted(places)
    held = claims_as_told().filter(place=OuterRef("pk"))
    taken = _counted(Place.objects.filter(Exists(held), participation__in=giving))
    return [_row(each, taken.get(each.pk, 0), opened.get(each.pk, 0)) for each in participations]


def _counted(places: QuerySet[Place]) -> dict[int, int]:
    counts = places.order_by().values("participation").annotate(count=Count("pk"))
    return dict(counts.values_list("participation", "count"))


def _row(participation: Participation, taken: int, opened: int) -> Participant:
    told = vars(participation)  # the annotations of `participants_visible_to`
    word = Standing(told["standing"])
    return Participant(
        uid=participation.uid,
        name=participation.person.name,
        email=participation.person.email,
        part=Part(participation.part),
        standing=word,
        cohort=participation.cohort,
        start_date=participation.start_date,
        site=told["site_name"],
        unit=told["unit_name"],
        paused_until=participation.paused_until_date if word is Standing.PAUSED else None,
        places_taken=taken,
        places_open=opened,
    )


def cohorts_of(programme: Programme) -> list[str]:
    """Return the names of the cohorts of a programme, in order."""
    named = programme.participations.exclude(cohort="").order_by("cohort")
    return list(named.values_list("cohort", flat=True).distinct())


@dataclass(frozen=True)
class Headcount:
    """How many take part in a programme; `unlisted` are those whom the reader evaluates."""

    giving: int
    mentees: int
    unlisted: int


def headcount(user: User, programme: Programme, *, on_date: date) -> Headcount:
    """Return how many people are in a programme, those included whom `user` may not list."""
    there = programme.participations.exclude(state=ParticipationState.LEFT)
    evaluated = people.people_evaluated_by(user.pk, on_date=on_date) - {user.pk}
    mentees = there.filter(part=Part.MENTEE)
    return Headcount(
        giving=there.exclude(part=Part.MENTEE).count(),
        mentees=mentees.count(),
        unlisted=there.filter(person__in=evaluated).values("person").distinct().count(),
    )
