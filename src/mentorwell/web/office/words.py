"""What the office's pages say for the words that the apps use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.forms import BaseForm, BoundField
from django.utils.formats import date_format
from django.utils.text import Truncator

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ImportState, MentorshipState
from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.table import Table
from mentorwell.mentorships.queries import format_by_slug
from mentorwell.office.enums import Standing
from mentorwell.office.models import ImportRun
from mentorwell.office.queries.mentorships import MentorshipRow
from mentorwell.office.queries.participants import Participant
from mentorwell.people.enums import LinkKind, Part, Relation
from mentorwell.people.models import EvaluationLink
from mentorwell.programmes.models import Unit
from mentorwell.programmes.roles import Role


SAMPLES = 3
SAMPLE_LENGTH = 40
PARTS = {
    Part.MENTEE: "Mentee",
    Part.MENTOR: "Mentor",
    Part.COACH: "Coach",
    Part.ADVISOR: "Advisor",
    Part.BUDDY: "Buddy",
}
STANDINGS = {
    Standing.BROUGHT_IN: "Brought in",
    Standing.WELCOMED: "Welcomed",
    Standing.TAKING_PART: "Taking part",
    Standing.TO_CONFIRM: "Waits for their own yes",
    Standing.HIDDEN: "Hidden until they answer",
    Standing.PAUSED: "Paused",
    Standing.LEFT: "Left",
}
STANDING_COLOURS = {
    Standing.TAKING_PART: "yes",
    Standing.TO_CONFIRM: "sun",
    Standing.HIDDEN: "sun",
}
MENTORSHIP_STATES = {
    MentorshipState.FORMING: "Beginning",
    MentorshipState.ACTIVE: "Running",
    MentorshipState.PAUSED: "Paused",
    MentorshipState.CLOSED: "Ended",
    MentorshipState.REDEFINED: "Gone on differently",
}
MENTORSHIP_COLOURS = {MentorshipState.ACTIVE: "yes", MentorshipState.FORMING: "sun"}
LINK_KINDS = {
    LinkKind.NEVER: "Never paired",
    LinkKind.DISCLOSE: "Shown to both",
}
RELATIONS = {
    Relation.DIRECTOR: "Programme director",
    Relation.COMPETENCE_COMMITTEE: "Competence committee",
    Relation.LINE_MANAGER: "Line manager",
    Relation.PRECEPTOR: "Preceptor",
    Relation.ROTATION: "Evaluates a rotation",
    Relation.OTHER: "Something else",
}
ROLE_HOLDERS = {
    Role.DIRECTOR: "Every director of the programme",
    Role.COORDINATOR: "Every coordinator of the programme",
    Role.LEADER: "Every leader of the programme",
}


@dataclass(frozen=True)
class Line:
    """One row of the list of people, in words."""

    row: Participant
    part: str
    state: str
    colour: str
    places: str


def line(row: Participant) -> Line:
    """Say what the office knows of somebody."""
    state = STANDINGS[row.standing]
    if row.paused_until:
        state = f"{state} until {date_format(row.paused_until, 'j F')}"
    return Line(
        row,
        part=PARTS[row.part],
        state=state,
        colour=STANDING_COLOURS.get(row.standing, ""),
        places=f"{row.places_taken} of {row.places_open} taken" if row.gives else "",
    )


@dataclass(frozen=True)
class MentorshipLine:
    """One mentorship, in words."""

    row: MentorshipRow
    format: str
    state: str
    colour: str


def mentorship_line(row: MentorshipRow) -> MentorshipLine:
    """Say what shape a mentorship has and how it stands."""
    form = format_by_slug(row.format)
    return MentorshipLine(
        row,
        format=form.name if form else row.format,
        state=MENTORSHIP_STATES[row.state],
        colour=MENTORSHIP_COLOURS.get(row.state, ""),
    )


@dataclass(frozen=True)
class LinkLine:
    """One evaluation link, in words."""

    uid: UUID
    evaluator: str
    evaluated: str
    kind: str
    relation: str
    days: str
    is_over: bool
    is_never: bool


def link_line(link: EvaluationLink, on_date: date) -> LinkLine:
    """Say who evaluates whom, how, and from when until when."""
    first, last = date_format(link.start_date, "j M Y"), link.end_date
    evaluator = _side(link.evaluator_person, link.evaluator_unit)
    evaluated = _side(link.evaluated_person, link.evaluated_unit)
    return LinkLine(
        uid=link.uid,
        evaluator=evaluator or ROLE_HOLDERS[Role(str(link.evaluator_role))],
        evaluated=evaluated or f"Everyone in {link.evaluated_programme}",
        kind=LINK_KINDS[LinkKind(link.kind)],
        relation=RELATIONS[Relation(link.relation)],
        days=f"{first} to {date_format(last, 'j M Y')}" if last else f"Since {first}",
        is_over=last is not None and last < on_date,
        is_never=link.kind == LinkKind.NEVER,
    )


def _side(person: User | None, unit: Unit | None) -> str:
    if person:
        return person.name
    return f"Everyone of {unit.name}, {unit.site.name}" if unit else ""


def pairs(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Return words as the choices of a field."""
    return [(str(word), name) for word, name in words.items()]


IMPORT_STATES = {
    ImportState.UPLOADED: ("Columns to look at", "sun"),
    ImportState.STAGING: ("Being checked", ""),
    ImportState.CHECKED: ("Ready to bring in", "sun"),
    ImportState.APPLYING: ("Being brought in", ""),
    ImportState.DONE: ("In", "yes"),
    ImportState.FAILED: ("Did not work", "alarm"),
}


@dataclass(frozen=True)
class ImportLine:
    """One roster, in words."""

    run: ImportRun
    state: str
    colour: str
    outcome: str


def import_line(run: ImportRun) -> ImportLine:
    """Say how far a roster is and what came of it."""
    state, colour = IMPORT_STATES[ImportState(run.state)]
    outcome = f"{run.row_count} rows"
    if run.state == ImportState.DONE:
        outcome = f"{run.part_count} new, {run.changed_count} changed"
    elif run.state == ImportState.CHECKED and run.bad_count:
        state, colour = "To put right", "alarm"
        outcome = f"{run.bad_count} of {run.row_count} rows"
    return ImportLine(run, state, colour, outcome)


@dataclass(frozen=True)
class ColumnLine:
    """One column of a file: its name, what stands in it, and the fields of its form."""

    name: str
    samples: str
    choice: BoundField
    knowingly: BoundField | None


def column_lines(form: BaseForm, table: Table) -> list[ColumnLine]:
    """Return the columns with a few of their values; of personal identity, without."""
    lines = []
    for place, name in enumerate(table.header):
        asked = f"knowingly-{place}" in form.fields
        values = (row.cells[place].strip() for row in table.rows)
        samples = [] if asked else list(islice(dict.fromkeys(filter(None, values)), SAMPLES))
        lines.append(
            ColumnLine(
                name,
                ", ".join(Truncator(value).chars(SAMPLE_LENGTH) for value in samples),
                choice=form[f"column-{place}"],
                knowingly=form[f"knowingly-{place}"] if asked else None,
            )
        )
    return lines


def new_names(run: ImportRun) -> list[tuple[str, list[str]]]:
    """Return what will be added by a roster: "Sites" and their names."""
    titles = {Field.SITE: "New sites", Field.UNIT: "New units", Field.TOPICS: "New topics"}
    return [(titles[Field(field)], names) for field, names in run.new_names.items()]


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def welcomed(count: int) -> str:
    """Say how many were welcomed."""
    if count == 0:
        return "Nobody was waiting."
    people = "person" if count == 1 else "people"
    return f"The welcome is on its way to {count} {people}."
