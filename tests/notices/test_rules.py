from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.notices import rules
from mentorwell.notices.models import MailChoice, QuietSpan


BERLIN = ZoneInfo("Europe/Berlin")
CHICAGO = ZoneInfo("America/Chicago")
ZONES = [
    ZoneInfo("UTC"),
    BERLIN,
    CHICAGO,
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Asia/Kolkata"),
]
YEAR = st.datetimes(datetime(2030, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- the strategy adds the zone
DAY = st.builds(time, hour=st.integers(0, 23), minute=st.sampled_from([0, 30]))


def _choice(begin=time(21), until=time(7)):
    return MailChoice(quiet_from=begin, quiet_until=until)


def _open(at, *, choice=None, zone=BERLIN, spans=()):
    spans = [QuietSpan(starts_at=begin, ends_at=end) for begin, end in spans]
    return rules.next_open_moment(choice=choice or _choice(), zone=zone, spans=spans, at=at)


def berlin(*moment):
    return datetime(*moment, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (berlin(2030, 1, 9, 12), berlin(2030, 1, 9, 12)),
        (berlin(2030, 1, 9, 20, 59), berlin(2030, 1, 9, 20, 59)),
        (berlin(2030, 1, 9, 21), berlin(2030, 1, 10, 7)),
        (berlin(2030, 1, 9, 23, 30), berlin(2030, 1, 10, 7)),
        (berlin(2030, 1, 10, 3), berlin(2030, 1, 10, 7)),
        (berlin(2030, 1, 10, 7), berlin(2030, 1, 10, 7)),
    ],
)
def test_quiet_hours_last_from_evening_to_morning(at, opens):
    assert _open(at) == opens


def test_quiet_hours_may_lie_within_one_day():
    siesta = _choice(time(13), time(15))

    assert _open(berlin(2030, 1, 9, 14), choice=siesta) == berlin(2030, 1, 9, 15)
    assert _open(berlin(2030, 1, 9, 23), choice=siesta) == berlin(2030, 1, 9, 23)


def test_equal_times_mean_no_quiet_hours():
    midnight = berlin(2030, 1, 9, 0)

    assert _open(midnight, choice=_choice(time(0), time(0))) == midnight


def test_spans_of_leave_and_the_hours_of_the_night_run_into_each_other():
    leave = (berlin(2030, 1, 9, 8), berlin(2030, 1, 12, 22))
    nights = (berlin(2030, 1, 13, 6), berlin(2030, 1, 13, 11))

    assert _open(berlin(2030, 1, 9, 9), spans=[nights, leave]) == berlin(2030, 1, 13, 11)


def test_a_span_that_lies_elsewhere_changes_nothing():
    at = berlin(2030, 1, 9, 12)
    over, ahead = (at - timedelta(days=2), at), (at + timedelta(hours=1), at + timedelta(days=1))

    assert _open(at, spans=[over, ahead]) == at


def test_an_hour_that_comes_twice_is_quiet_twice():
    # On 27 October 2030 clocks in Berlin go from 3:00 back to 2:00.
    choice = _choice(time(22), time(2, 30))
    second_two_o_clock = datetime(2030, 10, 27, 1, 0, tzinfo=UTC)

    assert _open(second_two_o_clock, choice=choice) == datetime(2030, 10, 27, 1, 30, tzinfo=UTC)


def test_quiet_hours_that_end_in_an_hour_that_is_skipped_end_right_after_it():
    # On 31 March 2030 clocks in Berlin go from 2:00 forward to 3:00.
    choice = _choice(time(22), time(2, 30))

    assert _open(berlin(2030, 3, 31, 1), choice=choice) == berlin(2030, 3, 31, 3, 30)


@given(
    at=YEAR,
    begin=DAY,
    until=DAY,
    zone=st.sampled_from(ZONES),
    spans=st.lists(st.tuples(YEAR, YEAR)),
)
def test_the_open_moment_is_not_earlier_and_is_open_itself(at, begin, until, zone, spans):
    spans = [(first, last) for first, last in spans if first < last]
    choice = _choice(begin, until)

    opens = _open(at, choice=choice, zone=zone, spans=spans)

    assert opens >= at
    assert _open(opens, choice=choice, zone=zone, spans=spans) == opens
    assert not any(first <= opens < last for first, last in spans)


@given(at=YEAR, begin=DAY, until=DAY, zone=st.sampled_from(ZONES))
def test_without_spans_nobody_waits_longer_than_a_day(at, begin, until, zone):
    opens = _open(at, choice=_choice(begin, until), zone=zone)

    assert opens - at <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("weekday", "after", "moment"),
    [
        (0, berlin(2030, 1, 9, 12), berlin(2030, 1, 14, 7)),
        (2, berlin(2030, 1, 9, 6, 59), berlin(2030, 1, 9, 7)),
        (2, berlin(2030, 1, 9, 7), berlin(2030, 1, 16, 7)),
        (3, berlin(2030, 1, 9, 12), berlin(2030, 1, 10, 7)),
    ],
)
def test_the_digest_moment_is_the_weekday_at_seven(weekday, after, moment):
    assert rules.next_digest_moment(weekday=weekday, zone=BERLIN, after=after) == moment


@given(after=YEAR, weekday=st.integers(0, 6), zone=st.sampled_from(ZONES))
def test_the_digest_moment_is_ahead_within_a_week_and_at_seven_local_time(after, weekday, zone):
    moment = rules.next_digest_moment(weekday=weekday, zone=zone, after=after)

    local = moment.astimezone(zone)
    assert after < moment <= after + timedelta(days=7, hours=1)
    assert (local.weekday(), local.time()) == (weekday, time(7))


def test_the_digest_keeps_its_local_hour_when_clocks_change():
    first = rules.next_digest_moment(weekday=0, zone=BERLIN, after=berlin(2030, 3, 26, 12))
    before = rules.next_digest_moment(weekday=0, zone=BERLIN, after=berlin(2030, 3, 20, 12))

    assert first - before == timedelta(days=7) - timedelta(hours=1)
    assert first.astimezone(BERLIN).date() == date(2030, 4, 1)


def test_the_pause_doubles_and_has_an_end():
    minutes = [
        rules.pause_after(attempts=attempts, for_good=False) / timedelta(minutes=1)
        for attempts in (1, 2, 3, 4, 5, 6, 7, 500)
    ]

    assert minutes == [1, 2, 4, 8, 16, 30, 30, 30]


def test_the_pause_after_a_refusal_for_good_grows_to_a_day():
    hours = [
        rules.pause_after(attempts=attempts, for_good=True) / timedelta(hours=1)
        for attempts in (1, 7, 11, 12, 500)
    ]

    assert hours == [1 / 60, 64 / 60, 1024 / 60, 24, 24]


@pytest.mark.parametrize(("weekday", "exists"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_week_has_seven_days(weekday, exists):
    if exists:
        rules.check_weekday(weekday)
    else:
        with pytest.raises(NotPossibleNow, match="day of the week"):
            rules.check_weekday(weekday)
