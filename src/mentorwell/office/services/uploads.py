"""A roster file comes in, and the office says what its columns mean."""

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import IMPORT_MOVES, ImportState, sources
from mentorwell.core.reading.columns import Field, fingerprint, kept_names, validate_mapping
from mentorwell.core.reading.dates import DateOrder
from mentorwell.core.reading.files import read_table
from mentorwell.core.reading.roster import Part
from mentorwell.core.reading.table import Table, UnreadableFile
from mentorwell.core.reading.values import plain
from mentorwell.foundation import jobs
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.office import rules
from mentorwell.office.models import ColumnMapping, ImportRun
from mentorwell.office.queries.imports import LIMITS, guessed_columns, remembered_mapping
from mentorwell.office.queries.wording import file_sentence, mapping_sentence
from mentorwell.people import rules as people
from mentorwell.programmes.models import Programme


LONGEST_FILE_NAME = 200


@dataclass(frozen=True)
class Reading:
    """How a file is to be read: what its columns are, and what it leaves unsaid.

    `columns` maps columns to fields; `knowingly` are columns of personal identity among them.
    `part` is for rows that name none, `create` are fields whose unknown names are to be made,
    `meanings` says what names of the file stand for.
    """

    columns: Mapping[str, Field]
    knowingly: frozenset[str] = frozenset()
    part: Part | None = None
    dates: DateOrder = DateOrder.ASK
    create: Collection[Field] = frozenset()
    meanings: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)


def upload_roster(
    *, programme: Programme, file_name: str, data: bytes, by: User | None, now: datetime
) -> ImportRun:
    """Keep a roster file, sealed, with the best guess of what its columns are.

    The guess is how this organisation read a file with the same columns last, where it did.
    `by` is None on the command line. Raises NotAllowed for anyone who may not bring people in,
    NotPossibleNow with the reason where the file cannot be read. The file is read before the
    transaction begins, so that no other writer waits for it.
    """
    people.check_can_bring_in(by, programme)
    try:
        table = read_table(data, LIMITS)
    except UnreadableFile as error:
        raise NotPossibleNow(file_sentence(error)) from None
    with transaction.atomic():
        return _keep(programme, file_name, data, table, by=by, now=now)


def _keep(
    programme: Programme,
    file_name: str,
    data: bytes,
    table: Table,
    *,
    by: User | None,
    now: datetime,
) -> ImportRun:
    header = list(table.header)
    kept = remembered_mapping(programme.organisation, header)
    run = ImportRun.objects.create(
        programme=programme,
        by=by,
        file_name=file_name[-LONGEST_FILE_NAME:],
        file=base64.b64encode(data).decode(),
        header=header,
        columns=guessed_columns(programme.organisation, header),
        part=_part_in(file_name) or (kept.part if kept else ""),
        dates=kept.dates if kept else DateOrder.ASK,
        meanings=kept.meanings if kept else {},
        row_count=len(table.rows),
        uploaded_at=now,
    )
    audit.record(verb="office.import.upload", target=run, by=by, now=now)
    return run


def _part_in(file_name: str) -> str:
    """Return the part that a file's name tells, as `mentees.csv` does, or nothing."""
    words = set(plain(file_name).split())
    told = [part.value for part in Part if words & {part.value, f"{part.value}s"}]
    return told[0] if len(told) == 1 else ""


@transaction.atomic
def check_roster(
    *, run: ImportRun, reading: Reading, by: User | None, now: datetime, in_background: bool = True
) -> None:
    """Say how a file is to be read, remember it, and have every row checked.

    May be said again, with other answers, until people are brought in. The check itself is a
    job, unless the caller does it with `stage_roster`. Raises NotAllowed, or NotPossibleNow
    with what is wrong with the mapping.
    """
    people.check_can_bring_in(by, run.programme)
    asked_anew = [field for field in reading.create if field not in run.create]
    rules.check_can_create(by, run.programme, asked_anew)
    problems = validate_mapping(run.header, reading.columns, reading.knowingly)
    if problems:
        raise NotPossibleNow(" ".join(mapping_sentence(problem) for problem in problems))
    said = {
        "part": reading.part or "",
        "dates": reading.dates,
        "meanings": {key.value: dict(names) for key, names in reading.meanings.items()},
    }
    columns = {column: field.value for column, field in reading.columns.items()}
    names = kept_names(run.header)
    changed = ImportRun.objects.filter(
        pk=run.pk, state__in=sources(IMPORT_MOVES, ImportState.STAGING)
    ).update(
        **said,
        state=ImportState.STAGING,
        columns=columns,
        knowingly=sorted(reading.knowingly),
        create=sorted(field.value for field in reading.create),
        staged_count=0,
        failure="",
    )
    if not changed:
        raise NotPossibleNow("This file is being read or brought in at this moment.")
    ColumnMapping.objects.update_or_create(
        organisation=run.programme.organisation,
        fingerprint=fingerprint(run.header),
        defaults={
            **said,
            # Identity is mapped knowingly each time anew.
            "columns": {
                names[column]: field
                for column, field in columns.items()
                if column not in reading.knowingly
            },
            "kept_at": now,
        },
    )
    audit.record(verb="office.import.check", target=run, by=by, now=now)
    if in_background:
        jobs.enqueue("mentorwell.office.tasks.stage_roster", run_id=run.pk)


@transaction.atomic
def discard_roster(*, run: ImportRun, by: User | None, now: datetime) -> None:
    """Forget a roster that has not been brought in: its file, its rows, everything.

    Raises NotAllowed, or NotPossibleNow while it is being brought in and afterwards.
    """
    people.check_can_bring_in(by, run.programme)
    audit.record(verb="office.import.discard", target=run, by=by, now=now)
    # Held, so that whoever reads its rows or brings them in at this moment comes before or after.
    held = ImportRun.objects.select_for_update().filter(pk=run.pk)
    for state in held.values_list("state", flat=True):
        if state == ImportState.APPLYING:
            raise NotPossibleNow("These people are being brought in at this moment.")
        if state == ImportState.DONE:
            raise NotPossibleNow("These people are in already; there is nothing left to discard.")
    ImportRun.objects.filter(pk=run.pk).delete()
