"""What the office's pages say for the words that the apps use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MentorshipState
from mentorwell.mentorships.queries import format_by_slug
from mentorwell.office.enums import Standing
from mentorwell.office.queries.mentorships import MentorshipRow
from mentorwell.office.queries.participants import Participant
from mentorwell.people.enums import LinkKind, Part, Relation
from mentorwell.people.models import EvaluationLink
from mentorwell.programmes.models import Unit
from mentorwell.programmes.roles import Role


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
