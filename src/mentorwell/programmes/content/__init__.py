"""The words of programmes: templates to start from, where to turn, which help is the right one."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from mentorwell.foundation.content import read_content
from mentorwell.programmes.enums import Kind, Rhythm, SupportKind, WhoMayInvite


ANYWHERE = "any"  # the region of resources for everywhere else


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


@dataclass(frozen=True)
class Region:
    """A part of the world with numbers of its own; the slug is what an organisation stores."""

    slug: str
    name: str


@dataclass(frozen=True)
class Support:
    """Somewhere to turn to.

    `entered_date` is when we wrote it down. `last_verified_date` is when somebody made sure of
    it with the service; None, as shipped, means that nobody has, and the page says so.
    """

    slug: str
    region: str
    kind: SupportKind
    name: str
    how_to_reach: str
    hours: str
    for_whom: str
    entered_date: date
    dial: str | None = None  # the number as a telephone dials it
    link: str | None = None
    remark: str | None = None
    last_verified_date: date | None = None

    @property
    def note(self) -> str:
        """For whom, when, and what else to know, as one short text."""
        return ". ".join((self.for_whom, self.hours, self.remark or "")).strip()


@dataclass(frozen=True)
class LocalSupport:
    """A kind of help that only the institution itself can fill in, with a hint what to write."""

    kind: SupportKind
    name: str
    hint: str


@dataclass(frozen=True)
class SupportResources:
    """Everything to start from: regions, what each has, and what an institution adds."""

    region: tuple[Region, ...]
    resource: tuple[Support, ...]
    local: tuple[LocalSupport, ...]

    def in_region(self, slug: str) -> tuple[Support, ...]:
        """Return a region's resources, the emergency line first; an unknown one has those of any."""
        found = tuple(each for each in self.resource if each.region == slug)
        return found or tuple(each for each in self.resource if each.region == ANYWHERE)


@dataclass(frozen=True)
class HelpRoute:
    """One kind of help: the question that leads to it and the resources to show."""

    slug: str
    question: str
    name: str
    sentence: str
    support: tuple[SupportKind, ...]
    to_search: bool = False  # leads to the search for a mentor


@dataclass(frozen=True)
class _HelpRoutes:
    route: tuple[HelpRoute, ...]


@cache
def templates() -> tuple[Template, ...]:
    """Return every template, in the order in which the office sees them."""
    found = [
        read_content(__name__, f"templates/{file.name}", Template)
        for file in files(__name__).joinpath("templates").iterdir()
        if file.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda template: template.position))


@cache
def support_resources() -> SupportResources:
    """Return what every organisation starts from."""
    return read_content(__name__, "support.toml", SupportResources)


@cache
def help_routes() -> tuple[HelpRoute, ...]:
    """Return the kinds of help in the order of asking: the first yes decides."""
    return read_content(__name__, "help.toml", _HelpRoutes).route
