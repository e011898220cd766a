"""`mentorwell import roster`: people from a file into a programme."""

from collections.abc import Iterable
from pathlib import Path

import click
from django.utils.text import Truncator

from mentorwell.core.lifecycles import ImportState
from mentorwell.core.reading.columns import Field, is_identity
from mentorwell.core.reading.dates import DateOrder
from mentorwell.core.reading.roster import Part
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.office import services
from mentorwell.office.models import ImportRun
from mentorwell.office.queries.imports import problems_of
from mentorwell.office.queries.wording import FIELD_NAMES
from mentorwell.office.services import Reading
from mentorwell.programmes.models import Programme


ORDERS = {"day-first": DateOrder.DAY_FIRST, "month-first": DateOrder.MONTH_FIRST}


@click.group()
def command() -> None:
    """Bring data in from files."""


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--programme", "slug", required=True, help="The programme's slug.")
@click.option("--dry-run", is_flag=True, help="Check every row and bring nobody in.")
@click.option(
    "--part", type=click.Choice([part.value for part in Part]), help="For rows that name no part."
)
@click.option("--dates", type=click.Choice(list(ORDERS)), help="What 3/4/2026 means.")
@click.option("--only-known", is_flag=True, help="Refuse unknown sites, units and topics.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Say what a column is, such as email=Address; may be given again.",
)
def roster(
    *,
    file: Path,
    slug: str,
    dry_run: bool,
    part: str | None,
    dates: str | None,
    only_known: bool,
    columns: tuple[str, ...],
) -> None:
    """Bring the people of a CSV or XLSX file into a programme: all of them or none.

    Nobody is mailed and nobody is ready by it; the office sends the welcome. The same file
    twice changes nothing.
    """
    programme = Programme.objects.select_related("organisation", "policy").filter(slug=slug).first()
    if programme is None:
        raise click.ClickException(f"There is no programme called {slug}.")
    try:
        run = services.upload_roster(
            programme=programme,
            file_name=file.name,
            data=file.read_bytes(),
            by=None,
            now=clock.now(),
        )
        try:
            reading = Reading(
                columns=_columns(run, columns),
                part=_part(run, part),
                dates=ORDERS[dates] if dates else DateOrder(run.dates),
                create=() if only_known else (Field.SITE, Field.UNIT, Field.TOPICS),
                meanings={Field(field): names for field, names in run.meanings.items()},
            )
            _echo(_mapping_lines(run, reading))
            _check(run, reading)
            if dry_run:
                click.echo("This was a dry run: nobody was brought in.")
            else:
                _bring_in(run)
        finally:
            _clear(run)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from None


def _columns(run: ImportRun, told: tuple[str, ...]) -> dict[str, Field]:
    """Return the guessed columns with those put right that the command line names."""
    columns = {column: Field(field) for column, field in run.columns.items()}
    for each in told:
        word, _, column = each.partition("=")
        if word not in list(Field):
            raise click.UsageError(f"There is no field {word}. Fields are: {', '.join(Field)}.")
        columns = {name: field for name, field in columns.items() if field != word}
        columns[column] = Field(word)
    return columns


def _part(run: ImportRun, told: str | None) -> Part | None:
    chosen = told or run.part
    return Part(chosen) if chosen else None


def _mapping_lines(run: ImportRun, reading: Reading) -> Iterable[str]:
    yield f"{run.file_name}: {run.row_count} rows."
    for column in run.header:
        if column in reading.columns:
            yield f"  {column} → {FIELD_NAMES[reading.columns[column]]}"
        elif is_identity(column):
            yield f"  {column}: left out, it tells who somebody is"
        else:
            yield f"  {column}: left out"


def _check(run: ImportRun, reading: Reading) -> None:
    now = clock.now()
    services.check_roster(run=run, reading=reading, by=None, now=now, in_background=False)
    services.stage_roster(run_id=run.pk, now=now)
    run.refresh_from_db()
    for problem in problems_of(run):
        where = f", {problem.column}" if problem.column else ""
        value = Truncator(problem.value).chars(80)
        click.echo(f"Row {problem.row}{where}: “{value}” {problem.sentence}")
    if run.bad_count:
        raise click.ClickException(
            f"{run.bad_count} of {run.row_count} rows cannot be brought in. It is all of them "
            "or none, so nobody was."
        )
    click.echo(f"All {run.row_count} rows are good.")
    for field, names in run.new_names.items():
        click.echo(f"New, {FIELD_NAMES[field].lower()}: {', '.join(names)}")


def _bring_in(run: ImportRun) -> None:
    now = clock.now()
    services.bring_in_roster(run=run, by=None, now=now, in_background=False)
    services.apply_roster(run_id=run.pk, now=now)
    run.refresh_from_db()
    click.echo(
        f"{run.part_count} parts are new, with {run.account_count} new accounts; "
        f"{run.changed_count} people changed, {run.left_count} who left stay out."
    )
    click.echo("Nobody was mailed. The office sends the welcome.")


def _clear(run: ImportRun) -> None:
    """Leave no file behind where nobody came in."""
    run.refresh_from_db()
    if run.state != ImportState.DONE:
        services.discard_roster(run=run, by=None, now=clock.now())


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
