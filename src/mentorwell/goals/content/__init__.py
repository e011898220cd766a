"""What a goal can be about, and what helps to stay upright on the way."""

from dataclasses import dataclass
from functools import cache

from mentorwell.foundation.content import read_content


@dataclass(frozen=True)
class Word:
    """Something to choose, with one sentence that helps."""

    slug: str
    name: str
    sentence: str


@dataclass(frozen=True)
class GoalWords:
    """The kinds that a goal can be of, and the ten factors of resilience."""

    kind: tuple[Word, ...]
    factor: tuple[Word, ...]


@cache
def goal_words() -> GoalWords:
    """Return kinds and factors, in the order in which they are offered."""
    return read_content(__name__, "goals.toml", GoalWords)
