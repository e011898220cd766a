"""Reads a roster out of a table."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from rapidfuzz import fuzz, process

from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.dates import read_date
from mentorwell.core.reading.roster import (
    Choice,
    Options,
    Part,
    Problem,
    Reason,
    Roster,
    RosterRow,
)
from mentorwell.core.reading.table import Row, Table
from mentorwell.core.reading.values import (
    SPREADSHEET_ERRORS,
    clean,
    clean_lines,
    joined,
    plain,
    read_count,
    read_email,
    split_many,
)


Value = TypeVar("Value")

EARLIEST_START = 60  # years before today that a start date may lie
LATEST_START = 5  # years after
LONGEST_SHOWN = 500  # characters of a bad cell that are kept: a cell may hold a whole book
_NEAR = 75.0  # likeness from which an unknown name may be a slip of a known one
_PARTS: Mapping[str, tuple[Part, ...]] = {
    **dict.fromkeys(("mentor", "mentors"), (Part.MENTOR,)),
    **dict.fromkeys(("mentee", "mentees", "protege", "protegee"), (Part.MENTEE,)),
    **dict.fromkeys(
        ("both", "mentor and mentee", "mentee and mentor", "mentor mentee", "mentee mentor"),
        (Part.MENTOR, Part.MENTEE),
    ),
}
_ANSWERS: Mapping[str, bool] = {
    **dict.fromkeys("yes y true 1 x ja oui si".split(), True),  # noqa: SIM905 -- reads as a list
    **dict.fromkeys("no n false 0 nein non".split(), False),  # noqa: SIM905 -- the same
}


class _Refused(Exception):  # noqa: N818 -- never leaves this module
    """A value that cannot be taken, on its way to becoming a problem."""

    def __init__(self, reason: Reason, value: str | None = None, **params: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value
        self.params = params


def read_roster(table: Table, mapping: Mapping[str, Field], options: Options) -> Roster:
    """Read every row of a table under a mapping that `validate_mapping` finds nothing wrong with.

    Columns without a field are not looked at. A row is either read whole or has at least one
    problem. One person may stand in two rows, once as mentor and once as mentee, under the
    same name; the same e-mail twice for one part is a problem that names the earlier row.
    """
    reading = _Reading(table.header, mapping, options)
    rows = [person for row in table.rows if (person := reading.person(row))]
    place = {column: index for index, column in enumerate(table.header)}
    problems = sorted(reading.problems, key=lambda found: (found.row, place.get(found.column, -1)))
    return Roster(tuple(rows), tuple(problems))


class _Reading:
    """One pass over a table: what each field's cells are, what was seen, what went wrong."""

    def __init__(
        self, header: tuple[str, ...], mapping: Mapping[str, Field], options: Options
    ) -> None:
        self.options = options
        self.problems: list[Problem] = []
        self._columns = {
            field: [
                (index, name) for index, name in enumerate(header) if mapping.get(name) is field
            ]
            for field in Field
        }
        self._choices = {field: _by_spelling(names) for field, names in options.known.items()}
        self._units = {site: _by_spelling(names) for site, names in options.units.items()}
        self._private = {joined(name) for name in options.private}
        self._rows_by_part: dict[tuple[str, Part], int] = {}
        self._names: dict[str, tuple[str, int]] = {}

    def person(self, row: Row) -> RosterRow | None:
        """Return the person of one row, or None once its problems are noted."""
        before = len(self.problems)
        site = self._one(row, Field.SITE, self._choice(Field.SITE), None)
        person = RosterRow(
            number=row.number,
            email=self._one(row, Field.EMAIL, self._email, ""),
            name=self._name(row),
            parts=self._parts(row),
            headline=self._one(row, Field.HEADLINE, self._line(Field.HEADLINE), ""),
            stage=self._one(row, Field.STAGE, self._choice(Field.STAGE), None),
            site=site,
            unit=self._unit(row, site),
            topics=self._several(row, Field.TOPICS, split_many),
            story=self._one(row, Field.STORY, self._story, ""),
            start_date=self._one(row, Field.START_DATE, self._start_date, None),
            cohort=self._one(row, Field.COHORT, self._line(Field.COHORT), ""),
            places=self._one(row, Field.PLACES, self._places, None),
            languages=self._several(row, Field.LANGUAGES, _split_languages),
        )
        self._compare_with_earlier(row, person)
        return person if len(self.problems) == before else None

    # --- Cells -----------------------------------------------------------------------------

    def _cells(self, row: Row, field: Field) -> list[tuple[str, str]]:
        """Return the column and text of the field's cells that are not blank."""
        cells = ((name, row.cells[index]) for index, name in self._columns[field])
        return [(name, text) for name, text in cells if clean(text)]

    def _note(self, row: Row, column: str, value: str, refused: _Refused) -> None:
        value = value if refused.value is None else refused.value
        if len(value) > LONGEST_SHOWN:
            value = f"{value[:LONGEST_SHOWN]}…"
        self.problems.append(Problem(row.number, column, value, refused.reason, refused.params))

    def _read(
        self, row: Row, cell: tuple[str, str], read: Callable[[str], Value], empty: Value
    ) -> Value:
        """Read one cell; if it is refused, note the problem and go on with the empty value."""
        column, text = cell
        if clean(text) in SPREADSHEET_ERRORS:
            self._note(row, column, text, _Refused(Reason.SPREADSHEET_ERROR))
            return empty
        try:
            return read(text)
        except _Refused as refused:
            self._note(row, column, text, refused)
            return empty

    def _one(self, row: Row, field: Field, read: Callable[[str], Value], empty: Value) -> Value:
        cells = self._cells(row, field)
        if cells:
            return self._read(row, cells[0], read, empty)
        if field is Field.EMAIL:
            self._note(row, self._column(field), "", _Refused(Reason.MISSING))
        return empty

    def _several(
        self, row: Row, field: Field, split: Callable[[str], tuple[str, ...]]
    ) -> tuple[Choice, ...]:
        """Return the choices in all the field's cells, each once."""
        choose = self._choice(field)
        found: dict[str, Choice] = {}
        for column, text in self._cells(row, field):
            for part in split(text):
                choice = self._read(row, (column, part), choose, None)
                if choice:
                    found.setdefault(choice.key or joined(choice.name), choice)
        return tuple(found.values())

    def _column(self, *fields: Field) -> str:
        """Return the first column that any of the fields has, or "" where none has one."""
        return next((name for field in fields for _, name in self._columns[field]), "")

    # --- Fields ----------------------------------------------------------------------------

    def _email(self, text: str) -> str:
        address = read_email(text)
        if not address:
            raise _Refused(Reason.BAD_EMAIL)
        return address

    def _name(self, row: Row) -> str:
        """Return the whole name, or first and last together where no whole one is given."""
        cells = self._cells(row, Field.NAME) or [
            cell
            for field in (Field.FIRST_NAME, Field.LAST_NAME)
            for cell in self._cells(row, field)
        ]
        column = self._column(Field.NAME, Field.FIRST_NAME)
        if not cells:
            self._note(row, column, "", _Refused(Reason.MISSING))
            return ""
        parts = [self._read(row, cell, clean, "") for cell in cells]
        whole = (cells[0][0], " ".join(parts))
        return self._read(row, whole, self._line(Field.NAME), "") if all(parts) else ""

    def _parts(self, row: Row) -> tuple[Part, ...]:
        before = len(self.problems)
        unsaid: tuple[Part, ...] = ()
        both = self._one(row, Field.BOTH, self._answer, empty=False)
        if both:
            return tuple(Part)
        parts = self._one(row, Field.PART, self._part, unsaid)
        if not parts and self.options.part:
            parts = (self.options.part,)
        if not parts and len(self.problems) == before:
            column = self._column(Field.PART, Field.BOTH)
            self._note(row, column, "", _Refused(Reason.NO_PART))
        return parts

    def _part(self, text: str) -> tuple[Part, ...]:
        if plain(text) not in _PARTS:
            raise _Refused(Reason.UNKNOWN_PART)
        return _PARTS[plain(text)]

    def _answer(self, text: str) -> bool:
        if plain(text) not in _ANSWERS:
            raise _Refused(Reason.UNKNOWN_ANSWER)
        return _ANSWERS[plain(text)]

    def _line(self, field: Field) -> Callable[[str], str]:
        return lambda text: self._checked_length(field, clean(text))

    def _story(self, text: str) -> str:
        return self._checked_length(Field.STORY, clean_lines(text))

    def _checked_length(self, field: Field, text: str) -> str:
        most = self.options.longest.get(field)
        if most is not None and len(text) > most:
            raise _Refused(Reason.TOO_LONG, most=most)
        return text

    def _choice(self, field: Field) -> Callable[[str], Choice | None]:
        known = self._choices.setdefault(field, {})
        may_create = field in self.options.create or field not in self.options.known
        return lambda text: self._chosen(field, text, known, may_create=may_create)

    def _unit(self, row: Row, site: Choice | None) -> Choice | None:
        """Return the unit of a row, looked for among those of its site."""
        if site is None and self._cells(row, Field.SITE):
            return None  # the site itself is a problem already
        return self._one(row, Field.UNIT, lambda text: self._unit_at(site, text), None)

    def _unit_at(self, site: Choice | None, text: str) -> Choice:
        if site is None:
            raise _Refused(Reason.NO_SITE)
        known = self._units.setdefault(site.key or joined(site.name), {})
        may_create = Field.UNIT in self.options.create
        return self._chosen(Field.UNIT, text, known, may_create=may_create)

    def _chosen(
        self, field: Field, text: str, known: dict[str, Choice], *, may_create: bool
    ) -> Choice:
        """Return the known choice of this name, or a new one, the same for each of its spellings."""
        key = joined(text)
        if key in self._private:
            raise _Refused(Reason.OWN_CHOICE, value=clean(text))
        if key not in known:
            if not may_create:
                raise _Refused(Reason.UNKNOWN_VALUE, value=clean(text), near=_nearest(key, known))
            known[key] = Choice("", self._checked_length(field, clean(text)))
        return known[key]

    def _start_date(self, text: str) -> date:
        days = read_date(text, self.options.dates)
        if not days:
            raise _Refused(Reason.BAD_DATE)
        if len(days) > 1:
            first, second = (day.isoformat() for day in days)
            raise _Refused(Reason.UNCLEAR_DATE, first=first, second=second)
        years = days[0].year - self.options.today.year
        if not -EARLIEST_START <= years <= LATEST_START:
            raise _Refused(Reason.FAR_DATE, date=days[0].isoformat())
        return days[0]

    def _places(self, text: str) -> int:
        count = read_count(text)
        if count is None or count > self.options.most_places:
            raise _Refused(Reason.BAD_COUNT, most=self.options.most_places)
        return count

    # --- The file as a whole ---------------------------------------------------------------

    def _compare_with_earlier(self, row: Row, person: RosterRow) -> None:
        """Note a person who stands in an earlier row for the same part, or under another name."""
        if not person.email:
            return
        earlier = [
            self._rows_by_part.setdefault((person.email, part), row.number) for part in person.parts
        ]
        name, named_in = self._names.setdefault(person.email, (person.name, row.number))
        if any(number != row.number for number in earlier):
            twice = _Refused(Reason.SAME_TWICE, row=min(earlier))
            self._note(row, self._column(Field.EMAIL), person.email, twice)
        elif plain(name) != plain(person.name):
            other = _Refused(Reason.OTHER_NAME, row=named_in, name=name)
            self._note(row, self._column(Field.NAME, Field.FIRST_NAME), person.name, other)


def _by_spelling(names: Mapping[str, str]) -> dict[str, Choice]:
    return {joined(name): Choice(key, name) for name, key in names.items()}


def _nearest(key: str, known: Mapping[str, Choice]) -> str:
    """Return the known name that an unknown one comes nearest to, or "" if none comes near."""
    near = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return known[near[0]].name if near else ""


def _split_languages(text: str) -> tuple[str, ...]:
    """Return the languages of a cell; no language's name holds a comma or a slash."""
    return split_many(re.sub(r"[,/]", ";", text))
