"""The figures of one programme: what its office sees first, and what leaders may be told."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Min, When

from mentorwell.core.disclosure import Share, told_count, told_median, told_share
from mentorwell.core.lifecycles import MeetingState, MentorshipState, ParticipationState
from mentorwell.matching import queries as matching
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.content import formats
from mentorwell.mentorships.models import Mentorship
from mentorwell.people import queries as people
from mentorwell.people.enums import Part
from mentorwell.programmes.models import Programme


IN_TIME = timedelta(days=30)
"""By when a pair means to have agreed; see the domain notes on what directors track."""


@dataclass(frozen=True)
class Figures:
    """How a programme stands; exact, for those who may see that things happen."""

    places: int
    looking: int
    ready_mentors: int
    mentees: int
    forming: int
    active: int
    paused: int
    ended: int
    met_this_month: int
    agreed_in_time: int
    agreed_due: int
    days_to_first_meeting: tuple[int, ...]
    threshold: int

    @property
    def looking_told(self) -> int | None:
        """How many look for a mentor; None for so few that they could be guessed."""
        return told_count(self.looking, threshold=self.threshold)

    @property
    def missing(self) -> int | None:
        """How many places are missing, where that may be told and any are."""
        told = self.looking_told
        return told - self.places if told is not None and told > self.places else None

    @property
    def usual_days_to_first_meeting(self) -> float | None:
        """The median of the days from beginning to first meeting; None before any."""
        return told_median(self.days_to_first_meeting, threshold=1)


@dataclass(frozen=True)
class ToldFigures:
    """The same for leaders: None stands for a figure from which somebody could be guessed."""

    places: int | None
    looking: int | None
    ready_mentors: int | None
    mentees: int | None
    running: int | None
    ended: int | None
    met_this_month: int | None
    agreed_in_time: Share | None
    days_to_first_meeting: float | None
    threshold: int


def figures_of(programme: Programme, *, now: datetime) -> Figures:
    """Return the exact figures. The number of queries does not depend on any of them."""
    gap = matching.gap(programme)
    states = _states(programme)
    agreed, due = _agreed_in_time(programme, now)
    there = programme.participations.exclude(state=ParticipationState.LEFT)
    return Figures(
        places=gap.places,
        looking=gap.looking,
        ready_mentors=people.findable_mentors().filter(programme=programme).count(),
        mentees=there.filter(part=Part.MENTEE).count(),
        forming=states[MentorshipState.FORMING],
        active=states[MentorshipState.ACTIVE],
        paused=states[MentorshipState.PAUSED],
        ended=states[MentorshipState.CLOSED] + states[MentorshipState.REDEFINED],
        met_this_month=_met_this_month(programme, now),
        agreed_in_time=agreed,
        agreed_due=due,
        days_to_first_meeting=_days_to_first_meeting(programme),
        threshold=programme.policy.activity_threshold,
    )


def told_figures_of(programme: Programme, *, now: datetime) -> ToldFigures:
    """Return the figures as leaders may read them: none below the programme's threshold."""
    exact = figures_of(programme, now=now)
    least = exact.threshold

    def told(count: int) -> int | None:
        return told_count(count, threshold=least)

    return ToldFigures(
        places=told(exact.places),
        looking=exact.looking_told,
        ready_mentors=told(exact.ready_mentors),
        mentees=told(exact.mentees),
        running=told(exact.forming + exact.active + exact.paused),
        ended=told(exact.ended),
        met_this_month=told(exact.met_this_month),
        agreed_in_time=told_share(exact.agreed_in_time, exact.agreed_due, threshold=least),
        days_to_first_meeting=told_median(exact.days_to_first_meeting, threshold=least),
        threshold=least,
    )


def _states(programme: Programme) -> Counter[str]:
    """Return how many mentorships are in each state; an ending not told yet is none."""
    shown = Case(When(state=MentorshipState.CLOSING, then=F("before_closing")), default=F("state"))
    return Counter(programme.mentorships.annotate(shown=shown).values_list("shown", flat=True))


def _agreed_in_time(programme: Programme, now: datetime) -> tuple[int, int]:
    """Return how many agreed within the time, of those whose time is over."""
    expected = [form.slug for form in formats() if form.agreement_expected]
    due = Mentorship.objects.filter(
        programme=programme, format__in=expected, began_at__lte=now - IN_TIME
    ).annotate(first_agreed_at=Min("agreements__agreed_at"))
    moments = list(due.values_list("began_at", "first_agreed_at"))
    return sum(bool(agreed) and agreed <= began + IN_TIME for began, agreed in moments), len(
        moments
    )


def _days_to_first_meeting(programme: Programme) -> tuple[int, ...]:
    moments = programme.mentorships.values_list("began_at", "first_met_at")
    return tuple((first - began).days for began, first in moments if first)


def _met_this_month(programme: Programme, now: datetime) -> int:
    """Return how many meetings were held this month, where the organisation is."""
    zone = ZoneInfo(programme.organisation.time_zone)
    first = date.fromisoformat(f"{now.astimezone(zone):%Y-%m}-01")
    begin = datetime.combine(first, time.min, tzinfo=zone)
    held = Meeting.objects.filter(mentorship__programme=programme, state=MeetingState.HELD)
    return held.filter(starts_at__gte=begin, starts_at__lte=now).count()
