"""People out of a table's rows, or for each bad cell the reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.dates import DateOrder


class Part(StrEnum):
    """The part somebody takes in a programme, as a roster may give it."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class Reason(StrEnum):
    """Why a cell cannot be taken; the parameters of each are named behind it."""

    MISSING = "MISSING"
    BAD_EMAIL = "BAD_EMAIL"
    TOO_LONG = "TOO_LONG"  # most
    NO_PART = "NO_PART"
    UNKNOWN_PART = "UNKNOWN_PART"
    UNKNOWN_ANSWER = "UNKNOWN_ANSWER"
    NO_SITE = "NO_SITE"  # a unit, but no site that it could be at
    UNKNOWN_VALUE = "UNKNOWN_VALUE"  # near: what may have been meant, or ""
    OWN_CHOICE = "OWN_CHOICE"  # only the person may choose this
    BAD_DATE = "BAD_DATE"
    UNCLEAR_DATE = "UNCLEAR_DATE"  # first, second: the two days it may mean
    FAR_DATE = "FAR_DATE"  # date
    BAD_COUNT = "BAD_COUNT"  # most
    SPREADSHEET_ERROR = "SPREADSHEET_ERROR"
    SAME_TWICE = "SAME_TWICE"  # row: the earlier one
    OTHER_NAME = "OTHER_NAME"  # row: the earlier one, name: the name there


@dataclass(frozen=True)
class Problem:
    """One bad cell: the row's number in the file, the column's name there, what it holds, why."""

    row: int
    column: str
    value: str
    reason: Reason
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One of a list: the key under which it is known, or "" for one that is to be made."""

    key: str
    name: str


@dataclass(frozen=True)
class RosterRow:
    """One person as one row gives them; what the row does not say is empty or None."""

    number: int
    email: str
    name: str
    parts: tuple[Part, ...]
    headline: str = ""
    stage: Choice | None = None
    site: Choice | None = None
    unit: Choice | None = None
    topics: tuple[Choice, ...] = ()
    story: str = ""
    start_date: date | None = None
    cohort: str = ""
    places: int | None = None
    languages: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Options:
    """What the office says of a file, and what is known already.

    `part` is for rows that do not name one. `known` maps, for each field that is a choice, the
    names it goes by to its key, and `units` does so for the units of each site, by the site's
    key. A name that is not known is a problem, unless the field is among those to `create`; a
    field that `known` lacks takes any name. `private` holds names that a person may choose but
    an office may not choose for them. `longest` limits text in characters.
    """

    today: date
    part: Part | None = None
    dates: DateOrder = DateOrder.ASK
    known: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    create: frozenset[Field] = frozenset()
    private: frozenset[str] = frozenset()
    most_places: int = 3
    longest: Mapping[Field, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Roster:
    """The rows without a problem, and the problems, both in the file's order."""

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
