"""Dates as people type them."""

import re
from datetime import date
from enum import StrEnum

from mentorwell.core.reading.values import clean


class DateOrder(StrEnum):
    """What 03/04/2026 means in a file."""

    ASK = "ASK"  # nobody has said: a date that could mean two days is reported
    DAY_FIRST = "DAY_FIRST"
    MONTH_FIRST = "MONTH_FIRST"


_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH = r"(?P<word>[a-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[t ][0-9:.]+z?)?")
_FIGURES = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_WORDED = (
    re.compile(rf"{_DAY}[ -]{_MONTH}[ -]{_YEAR}"),
    re.compile(rf"{_DAY}-{_MONTH}-(?P<year>[0-9]{{2}})"),  # as spreadsheets write it
    re.compile(rf"{_MONTH} {_DAY},? {_YEAR}"),
)


def read_date(text: str, order: DateOrder) -> tuple[date, ...]:
    """Return the day that is meant: none where the text is no date, two where it may be either.

    Understood are 2026-04-03 (a time behind it is dropped), 3/4/2026 with slashes, dashes or
    dots, 3 April 2026, 3-Apr-26 and April 3, 2026. Dots are day first everywhere. Two figures of a year
    count from 2000. `order` decides the rest; with `ASK` both days come back, earlier first,
    unless only one of them exists.
    """
    typed = clean(text).lower()
    if match := _ISO.fullmatch(typed):
        return _days((int(match[1]), int(match[2]), int(match[3])))
    if match := _FIGURES.fullmatch(typed):
        first, second, year = int(match[1]), int(match[3]), _whole_year(match[4])
        day_first, month_first = (year, second, first), (year, first, second)
        if order is DateOrder.DAY_FIRST or match[2] == ".":
            return _days(day_first)
        if order is DateOrder.MONTH_FIRST:
            return _days(month_first)
        return _days(day_first, month_first)
    for form in _WORDED:
        if (match := form.fullmatch(typed)) and (month := _month(match["word"])):
            return _days((_whole_year(match["year"]), month, int(match["day"])))
    return ()


def _whole_year(figures: str) -> int:
    return int(figures) + (2000 if len(figures) == 2 else 0)  # noqa: PLR2004 -- two figures


def _month(word: str) -> int:
    """Return the month a word names or, from three letters up, begins; 0 if there is none."""
    return next((month for month, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)


def _days(*candidates: tuple[int, int, int]) -> tuple[date, ...]:
    found = set()
    for year, month, day in candidates:
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue  # there is no such day
    return tuple(sorted(found))
