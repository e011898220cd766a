from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.reading.dates import DateOrder, read_date


APRIL = date(2026, 4, 3)
MARCH = date(2026, 3, 4)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-04-03",
        "2026/4/3",
        "2026.04.03",
        "2026-04-03 00:00:00",
        "2026-04-03T09:30:00Z",
        "3.4.2026",
        "03.04.26",
        "3 April 2026",
        "3rd Apr 2026",
        "03-Apr-2026",
        "3-Apr-26",
        "3 apr. 2026",
        "April 3, 2026",
        "apr 3 2026",
    ],
)
@pytest.mark.parametrize("order", DateOrder)
def test_some_forms_mean_one_day_in_every_order(typed, order):
    assert read_date(typed, order) == (APRIL,)


@pytest.mark.parametrize("typed", ["03/04/2026", "3/4/2026", "3-4-26", " 03/04/26 "])
def test_figures_mean_what_the_order_says(typed):
    assert read_date(typed, DateOrder.DAY_FIRST) == (APRIL,)
    assert read_date(typed, DateOrder.MONTH_FIRST) == (MARCH,)
    assert read_date(typed, DateOrder.ASK) == (MARCH, APRIL)


def test_without_an_order_a_date_is_clear_where_only_one_day_exists():
    assert read_date("25/12/2026", DateOrder.ASK) == (date(2026, 12, 25),)
    assert read_date("12/25/2026", DateOrder.ASK) == (date(2026, 12, 25),)
    assert read_date("05/05/2026", DateOrder.ASK) == (date(2026, 5, 5),)


def test_an_order_is_not_bent_to_make_a_date_fit():
    assert read_date("12/25/2026", DateOrder.DAY_FIRST) == ()
    assert read_date("25/12/2026", DateOrder.MONTH_FIRST) == ()


def test_september_has_two_short_forms():
    assert read_date("1 Sep 2026", DateOrder.ASK) == (date(2026, 9, 1),)
    assert read_date("1 Sept 2026", DateOrder.ASK) == (date(2026, 9, 1),)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "2026",
        "45678",
        "2026-13-01",
        "2026-02-29",
        "31/04/2026",
        "3/4",
        "3/4-2026",
        "3 Foo 2026",
        "3 April 26",
        "0000-01-01",
        "32.1.2026",
    ],
)
@pytest.mark.parametrize("order", DateOrder)
def test_what_is_no_date_is_no_day(typed, order):
    assert read_date(typed, order) == ()


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(DateOrder))
def test_iso_dates_read_back(day, order):
    assert read_date(day.isoformat(), order) == (day,)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_the_right_order_reads_its_own_writing(day):
    assert read_date(f"{day:%d/%m/%Y}", DateOrder.DAY_FIRST) == (day,)
    assert read_date(f"{day:%m/%d/%Y}", DateOrder.MONTH_FIRST) == (day,)
    assert day in read_date(f"{day:%m/%d/%Y}", DateOrder.ASK)
    assert read_date(f"{day:%d %B %Y}", DateOrder.ASK) == (day,)


@given(st.text())
def test_no_text_crashes_the_reading_of_dates(text):
    for order in DateOrder:
        assert len(read_date(text, order)) <= 2
