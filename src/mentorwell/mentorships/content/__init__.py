"""The words of mentorships: the formats they take and the choices of a first agreement."""

from dataclasses import dataclass
from functools import cache

from mentorwell.foundation.content import read_content
from mentorwell.people.enums import Part


@dataclass(frozen=True)
class Choice:
    """Something to choose, with one sentence that helps."""

    slug: str
    name: str
    sentence: str


@dataclass(frozen=True)
class PartRules:
    """How many members of one part a format has, and what each of them claims."""

    members_least: int  # to begin
    members_most: int
    members_stay: int  # with fewer, the mentorship closes
    places: int  # numbered places that one membership claims


@dataclass(frozen=True)
class Format:
    """A shape of mentorship. `meetings_most` 0 means as many as they like."""

    slug: str
    name: str
    sentence: str
    agreement_expected: bool
    pair_unique: bool  # the same two people hold at most one open one in a programme
    meetings_most: int
    roles: tuple[Choice, ...]  # named parts that mentors may take
    mentor: PartRules
    mentee: PartRules

    def rules_for(self, part: Part) -> PartRules:
        """Return what holds for a member; those who give follow the mentor, whatever their kind."""
        return self.mentee if part == Part.MENTEE else self.mentor


@dataclass(frozen=True)
class AgreementChoices:
    """What a first agreement always says, and what its four questions offer, the usual first."""

    standing: tuple[str, ...]
    relationship: tuple[Choice, ...]
    meetings: tuple[Choice, ...]
    agenda: tuple[Choice, ...]
    scheduling: tuple[Choice, ...]


@dataclass(frozen=True)
class _Formats:
    format: tuple[Format, ...]


@cache
def formats() -> tuple[Format, ...]:
    """Return every format, the commonest first."""
    return read_content(__name__, "formats.toml", _Formats).format


@cache
def agreement_choices() -> AgreementChoices:
    """Return the choices of the first agreement."""
    return read_content(__name__, "agreement.toml", AgreementChoices)
