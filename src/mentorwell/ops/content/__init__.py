"""Data of the demonstration."""

from dataclasses import dataclass
from functools import cache

from mentorwell.foundation.content import read_content


@dataclass(frozen=True)
class Voice:
    """What a mentor says of themselves, and what they offer."""

    headline: str
    story: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Hope:
    """What a mentee looks for and brings."""

    purposes: tuple[str, ...]
    topics: tuple[str, ...]
    hopes: str
    strengths: str


@dataclass(frozen=True)
class Cast:
    """Everyone of the demonstration, before chance has mixed them."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    mentor: tuple[Voice, ...]
    nurse: tuple[Voice, ...]
    resident: tuple[Hope, ...]
    newcomer: tuple[Hope, ...]
    student: tuple[Hope, ...]


@cache
def cast() -> Cast:
    """Return the cast."""
    return read_content(__name__, "cast.toml", Cast)
