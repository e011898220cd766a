"""How a programme stands: exact for its office, and for leaders only what guesses nobody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentorwell.core.disclosure import Share
from mentorwell.core.lifecycles import MeetingState, MentorshipState, ParticipationState
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.services import agree
from mentorwell.office.queries import figures
from tests.factories.mentorships import Pair, propose_agreement, terms
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OrganisationFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def programme():
    return ProgrammeFactory(
        organisation=OrganisationFactory(time_zone="America/Chicago"), policy__activity_threshold=3
    )


def agreed_at(pair, moment):
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(), by=pair.mentor, now=moment
    )
    agree(agreement=agreement, by=pair.mentee, now=moment)


def held(pair, at):
    member = pair.mentorship.members.first()
    Meeting.objects.create(
        mentorship=pair.mentorship,
        state=MeetingState.HELD,
        starts_at=at,
        time_zone="UTC",
        minutes=45,
        proposed_by=member,
        proposed_at=at,
    )


def put(pair, **fields):
    Mentorship.objects.filter(pk=pair.mentorship.pk).update(**fields)


def test_places_and_people_are_counted(programme):
    MentorFactory(programme=programme, places=2)
    MentorFactory(programme=programme, hidden_at=NOW)
    for _ in range(4):
        MenteeFactory(programme=programme)
    MenteeFactory(programme=programme, state=ParticipationState.LEFT)
    MentorFactory()

    found = figures.figures_of(programme, now=NOW)

    assert (found.ready_mentors, found.places, found.mentees, found.looking) == (1, 2, 4, 4)
    assert (found.looking_told, found.missing) == (4, 2)


def test_few_who_look_are_not_numbered(programme):
    MenteeFactory(programme=programme)
    MenteeFactory(programme=programme)

    found = figures.figures_of(programme, now=NOW)

    assert (found.looking, found.looking_told, found.missing) == (2, None, None)


def test_nothing_is_missing_where_there_is_room(programme):
    for _ in range(3):
        MentorFactory(programme=programme)
        MenteeFactory(programme=programme)

    assert figures.figures_of(programme, now=NOW).missing is None


def test_mentorships_are_counted_by_the_state_that_shows(programme):
    for state, fields in (
        (MentorshipState.FORMING, {}),
        (MentorshipState.ACTIVE, {}),
        (MentorshipState.ACTIVE, {}),
        (MentorshipState.PAUSED, {}),
        (MentorshipState.CLOSED, {}),
        (MentorshipState.REDEFINED, {}),
        # An ending that nobody has been told of changes no figure.
        (MentorshipState.CLOSING, {"before_closing": MentorshipState.ACTIVE}),
    ):
        put(Pair(programme=programme), state=state, **fields)

    found = figures.figures_of(programme, now=NOW)

    assert (found.forming, found.active, found.paused, found.ended) == (1, 3, 1, 2)


def test_agreeing_in_time_is_judged_once_the_time_is_over(programme):
    began = NOW - 40 * DAY
    in_time, late, never, young = (
        Pair(programme=programme, now=began),
        Pair(programme=programme, now=began),
        Pair(programme=programme, now=began),
        Pair(programme=programme, now=NOW - 29 * DAY),
    )
    agreed_at(in_time, began + 30 * DAY)
    agreed_at(late, began + 31 * DAY)
    agreed_at(young, NOW - 20 * DAY)
    assert never.fresh().agreements.count() == 0

    found = figures.figures_of(programme, now=NOW)

    assert (found.agreed_in_time, found.agreed_due) == (1, 3)


def test_an_amended_agreement_keeps_its_first_day(programme):
    pair = Pair(programme=programme, now=NOW - 60 * DAY)
    agreed_at(pair, NOW - 50 * DAY)
    agreed_at(pair, NOW - 5 * DAY)

    assert figures.figures_of(programme, now=NOW).agreed_in_time == 1


def test_the_usual_wait_for_a_first_meeting_is_the_middle_one(programme):
    assert figures.figures_of(programme, now=NOW).usual_days_to_first_meeting is None
    for days in (3, 10, 40):
        pair = Pair(programme=programme, now=NOW - 50 * DAY)
        put(pair, first_met_at=NOW - (50 - days) * DAY)
    Pair(programme=programme)

    found = figures.figures_of(programme, now=NOW)

    assert sorted(found.days_to_first_meeting) == [3, 10, 40]
    assert found.usual_days_to_first_meeting == 10


def test_a_month_begins_where_the_house_is(programme):
    pair = Pair(programme=programme)
    first_minute = NOW.replace(day=1, hour=6, minute=0)  # midnight in Chicago
    for at in (first_minute, first_minute - timedelta(minutes=1), NOW - DAY):
        held(pair, at)
    held(Pair(), NOW - DAY)

    assert figures.figures_of(programme, now=NOW).met_this_month == 2


def test_leaders_read_no_small_figure(programme):
    pair = Pair(programme=programme, now=NOW - 40 * DAY)
    agreed_at(pair, NOW - 39 * DAY)
    put(pair, first_met_at=NOW - 30 * DAY)
    held(pair, NOW - DAY)

    told = figures.told_figures_of(programme, now=NOW)

    assert {
        told.places,
        told.looking,
        told.ready_mentors,
        told.mentees,
        told.running,
        told.ended,
        told.met_this_month,
        told.agreed_in_time,
        told.days_to_first_meeting,
    } == {None}


def test_leaders_read_figures_large_enough(programme):
    for number in range(6):
        pair = Pair(programme=programme, now=NOW - 40 * DAY)
        put(pair, first_met_at=NOW - 30 * DAY)
        held(pair, NOW - DAY)
        if number % 2:
            agreed_at(pair, NOW - 39 * DAY)
    for _ in range(3):
        MentorFactory(programme=programme)
        MenteeFactory(programme=programme)
        put(Pair(programme=programme), state=MentorshipState.CLOSED)

    told = figures.told_figures_of(programme, now=NOW)

    assert (told.places, told.looking) == (3, 3)
    assert (told.ready_mentors, told.mentees) == (12, 12)
    assert (told.running, told.ended, told.met_this_month) == (6, 3, 6)
    assert told.agreed_in_time == Share(3, 6)
    assert told.days_to_first_meeting == 10


def test_figures_take_as_many_queries_for_three_as_for_one(programme):
    def count():
        with CaptureQueriesContext(connection) as seen:
            figures.figures_of(programme, now=NOW)
        return len(seen)

    def grow():
        agreed_at(Pair(programme=programme, now=NOW - 40 * DAY), NOW - 39 * DAY)

    grow()
    one = count()
    grow()
    grow()
    assert count() == one
