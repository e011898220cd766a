from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.schedule import (
    Span,
    add_counted_days,
    add_working_days,
)
from tests.factories.moments import NOW


NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from([NEW_YORK, ZoneInfo("UTC"), ZoneInfo("Asia/Kolkata")])
DAYS = st.dates(date(2029, 12, 1), date(2030, 4, 1))
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=4).map(
    lambda found: [Span(first, first + timedelta(days=length)) for first, length in found]
)
MOMENTS = st.datetimes(datetime(2030, 1, 1), datetime(2030, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_days_that_all_count():
    assert add_counted_days(NOW, 7, zone=ZoneInfo("UTC")) == NOW + timedelta(days=7)


def test_leave_does_not_count():
    away = [Span(date(2030, 1, 10), date(2030, 1, 16))]

    assert add_counted_days(NOW, 3, zone=ZoneInfo("UTC"), away=away) == NOW + timedelta(days=10)


def test_overlapping_leave_counts_once():
    away = [
        Span(date(2030, 1, 10), date(2030, 1, 12)),
        Span(date(2030, 1, 11), date(2030, 1, 13)),
    ]

    assert add_counted_days(NOW, 1, zone=ZoneInfo("UTC"), away=away) == NOW + timedelta(days=5)


def test_days_are_those_of_the_person():
    late = datetime(2030, 1, 10, 3, tzinfo=UTC)  # still the ninth in New York
    away = [Span(date(2030, 1, 10), date(2030, 1, 10))]

    assert add_counted_days(late, 1, zone=NEW_YORK, away=away) == datetime(
        2030, 1, 12, 3, tzinfo=UTC
    )


def test_the_local_hour_stays_when_clocks_change():
    before = datetime(2030, 3, 8, 17, tzinfo=UTC)  # noon in New York; clocks change on the tenth

    after = add_counted_days(before, 7, zone=NEW_YORK)

    assert after.astimezone(NEW_YORK).time() == time(12)
    assert after - before == timedelta(days=7, hours=-1)


@given(MOMENTS, st.integers(1, 10), ZONES, SPANS)
def test_nothing_runs_out_during_leave(start, days, zone, away):
    ends = add_counted_days(start, days, zone=zone, away=away).astimezone(zone).date()

    first = start.astimezone(zone).date()
    counted = [
        day
        for day in (first + timedelta(days=n) for n in range(1, (ends - first).days + 1))
        if not any(span.first <= day <= span.last for span in away)
    ]
    assert len(counted) == days
    assert counted[-1] == ends


@given(MOMENTS, st.integers(1, 10), ZONES, SPANS, SPANS)
def test_more_leave_never_shortens(start, days, zone, away, more):
    assert add_counted_days(start, days, zone=zone, away=away + more) >= add_counted_days(
        start, days, zone=zone, away=away
    )


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2030, 1, 9), date(2030, 1, 14)),  # Wednesday to Monday
        (date(2030, 1, 7), date(2030, 1, 10)),  # Monday to Thursday
        (date(2030, 1, 12), date(2030, 1, 16)),  # Saturday to Wednesday
    ],
)
def test_three_working_days(start, due):
    assert add_working_days(start, 3) == due
