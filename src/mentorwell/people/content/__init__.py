"""The words of people's profiles and of the questions that help to write them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from mentorwell.foundation.content import read_content


@dataclass(frozen=True)
class Topic:
    """Something to seek or to offer; `parent` is the slug of the topic above it.

    An `opt_in` topic may say something private about whoever picks it: it is found by those
    who look for it, and never suggested.
    """

    slug: str
    name: str
    parent: str | None = None
    synonyms: tuple[str, ...] = ()
    opt_in: bool = False


@dataclass(frozen=True)
class Value:
    """One card of the values deck, with a line on how it looks at work."""

    slug: str
    name: str
    gloss: str


@dataclass(frozen=True)
class Style:
    """One working-style slider, from -2 (left) to +2 (right), and what two people may be told."""

    slug: str
    left: str
    right: str
    explanation: str
    both_left: str
    both_right: str
    both_middle: str
    differ: str


@dataclass(frozen=True)
class Stage:
    """A step of a working life.

    `rank` (0 to 100) compares stages of all groups of health care; equal ranks are peers.
    """

    slug: str
    name: str
    rank: int


@dataclass(frozen=True)
class StageGroup:
    """The stages of one profession, in order."""

    slug: str
    name: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Purpose:
    """An answer to "what for?", with the topics from which the search starts."""

    slug: str
    name: str
    sentence: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Barrier:
    """What holds somebody back from mentoring, in their words, and one line in answer."""

    slug: str
    thought: str
    answer: str


@dataclass(frozen=True)
class DeclineReason:
    """A kind reason that a mentor may add to a no, and the words that the mentee reads."""

    slug: str
    name: str
    words: str


@dataclass(frozen=True)
class Outcome:
    """What each side reads when an invitation or a mentorship has come to its end.

    The slug is a state of the invitation, "not_now", or "ended" for a mentorship.
    """

    slug: str
    name: str
    to_mentee: str
    to_mentor: str


@dataclass(frozen=True)
class Prompts:
    """Beginnings to borrow for each box, reasons to decline, and words for outcomes."""

    why_you: tuple[str, ...]
    what_i_bring: tuple[str, ...]
    mentee_story: tuple[str, ...]
    mentor_story: tuple[str, ...]
    strengths: tuple[str, ...]
    hopes: tuple[str, ...]
    how_i_live_it: tuple[str, ...]
    what_i_see_in_you: tuple[str, ...]
    what_i_intend_to_give: tuple[str, ...]
    thanks: tuple[str, ...]
    decline_reason: tuple[DeclineReason, ...]
    outcome: tuple[Outcome, ...]


@dataclass(frozen=True)
class _Topics:
    topic: tuple[Topic, ...]


@dataclass(frozen=True)
class _Values:
    value: tuple[Value, ...]


@dataclass(frozen=True)
class _Styles:
    style: tuple[Style, ...]


@dataclass(frozen=True)
class _Stages:
    group: tuple[StageGroup, ...]


@dataclass(frozen=True)
class _Purposes:
    purpose: tuple[Purpose, ...]


@dataclass(frozen=True)
class _Barriers:
    barrier: tuple[Barrier, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Return the whole tree, every parent before its children."""
    return read_content(__name__, "topics.toml", _Topics).topic


@cache
def values() -> tuple[Value, ...]:
    """Return the forty values, by name."""
    return read_content(__name__, "values.toml", _Values).value


@cache
def styles() -> tuple[Style, ...]:
    """Return the eight sliders, in the order in which they are asked."""
    return read_content(__name__, "styles.toml", _Styles).style


@cache
def stages() -> tuple[StageGroup, ...]:
    """Return all stages by group; a stage's slug is unique over all groups."""
    return read_content(__name__, "stages.toml", _Stages).group


def stage_choices(
    unsaid: str, *, first: Collection[str]
) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Return all stages as a form offers them, by group, after a line for whoever says none.

    The groups named `first`, such as those of one's own programmes, come before all others.
    """
    groups = sorted(stages(), key=lambda group: group.slug not in first)
    return [
        ("", unsaid),
        *((group.name, [(stage.slug, stage.name) for stage in group.stages]) for group in groups),
    ]


@cache
def purposes() -> tuple[Purpose, ...]:
    """Return the answers to the first question, in the order in which they are offered."""
    return read_content(__name__, "purposes.toml", _Purposes).purpose


@cache
def barriers() -> tuple[Barrier, ...]:
    """Return the barriers and their answers: time, skill and recognition first."""
    return read_content(__name__, "barriers.toml", _Barriers).barrier


@cache
def prompts() -> Prompts:
    """Return what helps to write, and the neutral words for every outcome."""
    return read_content(__name__, "prompts.toml", Prompts)
