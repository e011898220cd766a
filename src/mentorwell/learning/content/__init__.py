"""The guide of a conversation, and the questions that may be asked in it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mentorwell.foundation.content import read_content


LENGTHS = (15, 30, 45, 60)
"""The lengths, in minutes, that the guide has marks for."""


class Step(StrEnum):
    """The steps of a conversation, in their order."""

    LISTEN = "listen"
    OBSERVE = "observe"
    OPEN = "open"
    ENCOURAGE = "encourage"
    CHALLENGE = "challenge"
    NEXT = "next"


class Stage(StrEnum):
    """How far two people have come with each other."""

    FIRST = "first"
    BUILDING = "building"
    UNDER_WAY = "under_way"
    ENDING = "ending"


@dataclass(frozen=True)
class GuideStep:
    """What whoever asks does and leaves at one step, and what the other one may do.

    `minutes` says when it begins in a talk of each of `LENGTHS`.
    """

    slug: Step
    title: str
    do: str
    avoid: str
    mentee: str
    minutes: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """One question. Without stages or topics it belongs anywhere; `depth` is 1, 2 or 3."""

    slug: str
    step: Step
    words: str
    stages: tuple[Stage, ...] = ()
    topics: tuple[str, ...] = ()  # kinds of relationship of an agreement
    depth: int = 1


@dataclass(frozen=True)
class _Guide:
    step: tuple[GuideStep, ...]


@dataclass(frozen=True)
class _Questions:
    question: tuple[Question, ...]


@cache
def guide() -> tuple[GuideStep, ...]:
    """Return the steps of a conversation in their order."""
    return read_content(__name__, "guide.toml", _Guide).step


@cache
def questions() -> tuple[Question, ...]:
    """Return every question of the bank."""
    return read_content(__name__, "questions.toml", _Questions).question
