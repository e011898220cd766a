"""Hours that suit everybody, wherever each of them lives."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorwell.core.meeting_times import DAYS_AHEAD, USUAL, Week, common_times
from mentorwell.core.schedule import Span, WeeklyTime


NOW = datetime(2026, 3, 4, 12, 7, tzinfo=UTC)  # a Wednesday, three weeks before clocks are turned
BERLIN, YORK, SYDNEY = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Australia/Sydney"))
ZONES = st.sampled_from([ZoneInfo("UTC"), BERLIN, YORK, SYDNEY, ZoneInfo("Asia/Kolkata")])


def weekdays(start, end):
    return tuple(WeeklyTime(day, start * 60, end * 60) for day in range(5))


@st.composite
def windows(draw):
    start = draw(st.integers(0, 95)) * 15
    length = draw(st.integers(1, 40)) * 15
    return WeeklyTime(draw(st.integers(0, 6)), start, min(start + length, 1440))


@st.composite
def spans(draw):
    first = NOW.date() + timedelta(days=draw(st.integers(-5, 50)))
    return Span(first, first + timedelta(days=draw(st.integers(0, 12))))


WEEKS = st.builds(
    Week,
    zone=ZONES,
    windows=st.lists(windows(), max_size=6).map(tuple),
    away=st.lists(spans(), max_size=3).map(tuple),
)


def suits(week, at):
    """Whether a person could be talking at this moment, read off their own wall clock."""
    local = at.astimezone(week.zone)
    if any(span.first <= local.date() <= span.last for span in week.away):
        return False
    minute = local.hour * 60 + local.minute
    return any(
        each.weekday == local.weekday() and each.start_minute <= minute < each.end_minute
        for each in week.windows or USUAL
    )


@settings(max_examples=60)
@given(st.lists(WEEKS, min_size=1, max_size=3), st.sampled_from([15, 30, 45, 60]))
def test_every_time_suits_everybody_for_its_whole_length(weeks, minutes):
    for at in common_times(NOW, weeks, minutes=minutes, count=5):
        assert at >= NOW + timedelta(days=2)
        assert at.minute % 15 == 0
        for minute in range(minutes):
            assert all(suits(week, at + timedelta(minutes=minute)) for week in weeks)


@settings(max_examples=25)
@given(st.lists(WEEKS, min_size=1, max_size=3))
def test_the_first_time_is_the_first_that_there_is(weeks):
    found = common_times(NOW, weeks, minutes=30, count=1)
    at = datetime(2026, 3, 6, 12, 15, tzinfo=UTC)
    until = found[0] if found else NOW + timedelta(days=DAYS_AHEAD - 2)
    while at < until:
        free = [all(suits(week, at + timedelta(minutes=m)) for week in weeks) for m in range(30)]
        assert not all(free)
        at += timedelta(minutes=15)


@given(st.lists(WEEKS, min_size=1, max_size=3))
def test_each_time_has_a_day_of_its_own_and_they_are_in_order(weeks):
    found = common_times(NOW, weeks, minutes=15, count=6)
    days = [at.astimezone(weeks[0].zone).date() for at in found]
    assert sorted(set(days)) == days


def test_across_an_ocean_the_shared_hours_are_found():
    found = common_times(
        NOW, [Week(BERLIN, weekdays(9, 18)), Week(YORK, weekdays(9, 17))], minutes=45, count=1
    )
    assert found == (datetime(2026, 3, 6, 14, 0, tzinfo=UTC),)  # 15:00 and 9:00


def test_where_one_ocean_turns_its_clocks_first_the_hour_is_another():
    weeks = [Week(BERLIN, weekdays(15, 16)), Week(YORK, weekdays(9, 10))]
    found = common_times(NOW, weeks, minutes=60, count=40)
    # New York is an hour nearer from 8 to 28 March; the two meet at 15:00 only outside of that.
    assert all(not date(2026, 3, 9) <= at.date() <= date(2026, 3, 27) for at in found)
    assert date(2026, 3, 30) in {at.date() for at in found}


def test_a_week_of_nights_is_left_out():
    nights = Span(date(2026, 3, 5), date(2026, 3, 15))
    weeks = [Week(BERLIN, weekdays(9, 17)), Week(BERLIN, weekdays(9, 17), (nights,))]
    assert common_times(NOW, weeks, minutes=45, count=1)[0].date() == date(2026, 3, 16)


def test_windows_that_touch_are_one():
    morning = (WeeklyTime(0, 600, 660), WeeklyTime(0, 660, 720))
    (at,) = common_times(NOW, [Week(BERLIN, morning)], minutes=90, count=1)
    assert at.astimezone(BERLIN).hour == 10


def test_a_window_may_end_at_midnight():
    (at,) = common_times(NOW, [Week(BERLIN, (WeeklyTime(4, 23 * 60, 1440),))], minutes=60, count=1)
    assert at.astimezone(BERLIN).hour == 23


def test_whoever_has_not_told_their_week_may_meet_on_working_days():
    found = common_times(NOW, [Week(BERLIN), Week(BERLIN)], minutes=45, count=3)
    assert [at.weekday() for at in found] == [4, 0, 1]


@pytest.mark.parametrize(
    "other", [Week(BERLIN, weekdays(17, 18)), Week(BERLIN, away=(Span(date.min, date.max),))]
)
def test_where_no_hour_suits_all_there_is_none(other):
    assert common_times(NOW, [Week(BERLIN, weekdays(9, 12)), other], minutes=45, count=3) == ()
