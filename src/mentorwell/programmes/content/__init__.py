"""The words of programmes: the templates they start from."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mentorwell.foundation.content import read_content
from mentorwell.programmes.enums import Kind, Rhythm, WhoMayInvite


@dataclass(frozen=True)
class TemplatePolicy:
    """The figures from which a new programme's policy starts, by the names of its fields."""

    kinds: tuple[Kind, ...]
    who_may_invite: WhoMayInvite
    stage_list: str  # slug of a group of people/content/stages.toml: what mentees choose from
    places_default: int
    places_most: int
    mentors_each: int
    reminder_days: int
    expiry_days: int
    open_invitations_most: int
    open_invitations_per_place: int
    search_opens_at_ready: int
    rhythm: Rhythm
    meeting_minutes: int
    agreement_due_days: int
    review_days: tuple[int, ...]
    silent_days: int
    closing_days: int
    activity_threshold: int
    wellbeing_threshold: int
    weight_interest: float
    weight_proximity: float
    weight_values: float
    weight_style: float


@dataclass(frozen=True)
class Template:
    """A kind of programme to start from; the office may change every figure afterwards."""

    slug: str
    position: int  # where it stands among the choices
    name: str
    description: str
    policy: TemplatePolicy


@cache
def templates() -> tuple[Template, ...]:
    """Return every template, in the order in which the office sees them."""
    found = [
        read_content(__name__, f"templates/{file.name}", Template)
        for file in files(__name__).joinpath("templates").iterdir()
        if file.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda template: template.position))
