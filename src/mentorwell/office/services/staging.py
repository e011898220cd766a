"""A roster's rows are read and checked one batch after the other."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import islice

from django.db import transaction

from mentorwell.core.lifecycles import ImportState
from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.people import read_roster
from mentorwell.core.reading.roster import Choice, Roster, RosterRow
from mentorwell.office.models import ImportRow, ImportRun
from mentorwell.office.queries.imports import table_of
from mentorwell.office.queries.known import reading_options


BATCH = 500
OUR_FAULT = (
    "Something went wrong on our side, and nobody was brought in. Please try again; if it "
    "happens twice, tell whoever runs Mentorwell here."
)


def stage_roster(*, run_id: int, now: datetime) -> None:
    """Read and check every row of a roster that waits for it; otherwise do nothing.

    Each batch is kept by itself, so that no reader and no writer waits for the whole file and
    the page can tell how far it is. Not audited: `check_roster` says that it was asked for.
    Where it fails, the roster says so and may be checked again.
    """
    run = (
        ImportRun.objects.select_related("programme__organisation", "programme__policy")
        .filter(pk=run_id, state=ImportState.STAGING)
        .first()
    )
    if run is None:
        return
    try:
        _stage(run, now)
    except Exception:
        ImportRun.objects.filter(pk=run.pk, state=ImportState.STAGING).update(
            state=ImportState.FAILED, failure=OUR_FAULT
        )
        raise


def _stage(run: ImportRun, now: datetime) -> None:
    columns = {column: Field(field) for column, field in run.columns.items()}
    roster = read_roster(table_of(run), columns, reading_options(run, today=now.date()))
    waiting = ImportRun.objects.filter(pk=run.pk, state=ImportState.STAGING)
    ImportRow.objects.filter(run=run).delete()
    rows = _rows(run, roster)
    staged = 0
    while batch := list(islice(rows, BATCH)):
        staged += len(batch)
        with transaction.atomic():
            if not waiting.update(staged_count=staged):
                return  # discarded meanwhile
            ImportRow.objects.bulk_create(batch)
    waiting.update(
        state=ImportState.CHECKED,
        checked_at=now,
        bad_count=len({problem.row for problem in roster.problems}),
        new_names=_new_names(roster.rows),
    )


def _rows(run: ImportRun, roster: Roster) -> Iterator[ImportRow]:
    for person in roster.rows:
        content = json.dumps(asdict(person), default=str)
        yield ImportRow(run=run, number=person.number, is_bad=False, content=content)
    bad: dict[int, list[tuple[object, ...]]] = {}
    for problem in roster.problems:
        cell = (problem.column, problem.value, problem.reason, problem.params)
        bad.setdefault(problem.row, []).append(cell)
    for number, cells in bad.items():
        yield ImportRow(run=run, number=number, is_bad=True, content=json.dumps(cells))


def _new_names(rows: tuple[RosterRow, ...]) -> dict[str, list[str]]:
    """Return the names that will be made, each once, for the office to look at first."""
    named: dict[str, dict[str, None]] = {}
    for row in rows:
        choices = {
            Field.SITE: [row.site],
            Field.UNIT: [row.unit],
            Field.TOPICS: row.topics,
        }
        for field, found in choices.items():
            for choice in found:
                if isinstance(choice, Choice) and not choice.key:
                    named.setdefault(field.value, {})[choice.name] = None
    return {field: list(names) for field, names in named.items()}
