"""Rosters on their way in, and what is wrong with them."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ImportState
from mentorwell.core.reading.columns import Field, fingerprint, guess, kept_names
from mentorwell.core.reading.files import read_table
from mentorwell.core.reading.roster import Problem, Reason
from mentorwell.core.reading.table import Limits, Table
from mentorwell.office.models import ColumnMapping, ImportRow, ImportRun
from mentorwell.office.queries.wording import cell_sentence
from mentorwell.programmes.models import Organisation
from mentorwell.programmes.queries import programmes_run_by
from mentorwell.programmes.roles import Permission


LIMITS = Limits(rows=20_000)
"""More rows would hold the database's one writer longer than a sign-in should wait."""

UNDER_WAY = frozenset({ImportState.STAGING, ImportState.APPLYING})


@dataclass(frozen=True)
class ShownProblem:
    """One bad cell as the office reads it."""

    row: int
    column: str
    value: str
    sentence: str


def imports_visible_to(user: User) -> QuerySet[ImportRun]:
    """Return the rosters of the programmes that `user` may bring people into, latest first."""
    programmes = programmes_run_by(user, Permission.BRING_PEOPLE_IN).values("pk")
    return ImportRun.objects.filter(programme__in=programmes).defer("file")


def table_of(run: ImportRun) -> Table:
    """Return the table in a run's file."""
    return read_table(base64.b64decode(run.file), LIMITS)


def guessed_columns(organisation: Organisation, header: list[str]) -> dict[str, str]:
    """Return the field of each column: as this organisation mapped it last, else as guessed."""
    kept = remembered_mapping(organisation, header)
    if kept is not None:
        names = kept_names(header)
        fields = {column: kept.columns.get(names[column], "") for column in header}
        return {column: field for column, field in fields.items() if field}
    return {found.column: found.field.value for found in guess(header) if found.field}


def remembered_mapping(organisation: Organisation, header: list[str]) -> ColumnMapping | None:
    """Return how a file with this header was read last time, if there was one."""
    return ColumnMapping.objects.filter(
        organisation=organisation, fingerprint=fingerprint(header)
    ).first()


def problems_of(run: ImportRun) -> Iterator[ShownProblem]:
    """Yield every bad cell of a checked roster, in the file's order."""
    for row in run.rows.filter(is_bad=True).order_by("number").iterator():
        for problem in problems_in(row):
            yield ShownProblem(problem.row, problem.column, problem.value, cell_sentence(problem))


def problems_in(row: ImportRow) -> list[Problem]:
    """Return what is wrong with one row."""
    return [
        Problem(row.number, column, value, Reason(reason), params)
        for column, value, reason, params in json.loads(row.content)
    ]


@dataclass(frozen=True)
class UnknownName:
    """A name in the file that we do not know, and in how many rows it stands."""

    field: Field
    name: str
    rows: int


def unknown_names(run: ImportRun) -> list[UnknownName]:
    """Return the unknown names of a checked roster but units, the most frequent first."""
    counts: dict[tuple[Field, str], int] = {}
    for row in run.rows.filter(is_bad=True).iterator():
        for problem in problems_in(row):
            field = Field(run.columns.get(problem.column, Field.UNIT))
            # What a unit is called means something only at its site.
            if problem.reason is Reason.UNKNOWN_VALUE and field is not Field.UNIT:
                key = field, problem.value
                counts[key] = counts.get(key, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [UnknownName(field, name, count) for (field, name), count in ranked]
