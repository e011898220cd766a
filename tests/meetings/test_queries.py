"""Who may see meetings, and what is told of days that may not suit."""

from datetime import timedelta

import pytest

from mentorwell.meetings import queries
from mentorwell.meetings.services import cancel_meeting
from tests.factories.accounts import UserFactory
from tests.factories.meetings import TUESDAY, propose, schedule
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW
from tests.factories.people import BlockFactory
from tests.factories.programmes import OfficeRoleFactory


DAY = timedelta(days=1)


def unsuitable(pair, *times, by=None, time_zone="Europe/Berlin"):
    return queries.times_that_may_not_suit(
        pair.mentorship, by or pair.mentee, times, time_zone=time_zone
    )


def test_members_see_their_own_meetings_and_nobody_else_does(pair):
    meeting = propose(pair)
    for person in (pair.mentor, pair.mentee):
        assert list(queries.meetings_visible_to(person)) == [meeting]
    for person in (
        UserFactory(),
        Pair(programme=pair.programme).mentor,
        OfficeRoleFactory(programme=pair.programme).person,
    ):
        assert list(queries.meetings_visible_to(person)) == []


def test_a_day_on_which_the_other_is_away_may_not_suit(pair):
    BlockFactory(person=pair.mentor, start_date=TUESDAY.date(), end_date=TUESDAY.date() + DAY)
    times = [TUESDAY - DAY, TUESDAY, TUESDAY + DAY, TUESDAY + 2 * DAY]
    assert unsuitable(pair, *times) == [TUESDAY, TUESDAY + DAY]


def test_ones_own_leave_is_for_oneself_to_know(pair):
    BlockFactory(person=pair.mentee, start_date=TUESDAY.date(), end_date=TUESDAY.date())
    assert unsuitable(pair, TUESDAY) == []


@pytest.mark.parametrize(
    ("time_zone", "suits"), [("Europe/Berlin", True), ("Pacific/Auckland", False)]
)
def test_a_day_is_the_day_where_the_time_was_meant(pair, time_zone, suits):
    wednesday = TUESDAY.date() + DAY
    BlockFactory(person=pair.mentor, start_date=wednesday, end_date=wednesday)
    assert (unsuitable(pair, TUESDAY, time_zone=time_zone) == []) is suits


def test_the_next_meetings_are_those_ahead_the_nearest_first(pair):
    second, first = schedule(pair, at=TUESDAY + DAY), schedule(pair)
    cancel_meeting(meeting=schedule(pair, at=TUESDAY + 2 * DAY), by=pair.mentor, now=NOW)
    propose(pair)
    assert list(queries.next_meetings_of(pair.mentor, now=NOW)) == [first, second]
    assert list(queries.next_meetings_of(pair.mentor, now=TUESDAY)) == [second]
    assert list(queries.next_meetings_of(UserFactory(), now=NOW)) == []
