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
class Option:
    """Something to choose that needs no sentence."""

    slug: str
    name: str


@dataclass(frozen=True)
class Clause:
    """One line of an agreement beside its first questions: a choice, or a text to begin from.

    With `only_for` it belongs to that kind of relationship alone.
    """

    slug: str
    title: str
    options: tuple[Option, ...] = ()
    usual: str = ""
    only_for: str = ""

    @property
    def default(self) -> str:
        """Return the slug or the text that most pairs begin with."""
        return self.options[0].slug if self.options else self.usual


@dataclass(frozen=True)
class Talk:
    """A question for each of the first three, to talk a difference through."""

    relationship: str
    meetings: str
    agenda: str


@dataclass(frozen=True)
class AgreementChoices:
    """What an agreement always says, what its questions offer, the usual first, and its clauses."""

    standing: tuple[str, ...]
    relationship: tuple[Choice, ...]
    meetings: tuple[Choice, ...]
    agenda: tuple[Choice, ...]
    scheduling: tuple[Choice, ...]
    talk: Talk
    clause: tuple[Clause, ...]


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
