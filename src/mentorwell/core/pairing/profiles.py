"""What the engine knows of a mentee and a mentor.

Each class checks itself and raises ValueError naming the person and the fault. What a person
has not answered stays empty or None, and is then unknown, not lacking.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from math import isfinite
from typing import NamedTuple


WEEK = 7 * 24 * 60  # minutes
VALUES_MOST = 5
STRENGTH_MOST = 3


class Slider(StrEnum):
    """The eight sliders of working style; their poles and words are in the people app."""

    STRUCTURE = "structure"
    FEEDBACK = "feedback"
    VIEW = "view"
    THINKING = "thinking"
    CALENDAR = "calendar"
    FOCUS = "focus"
    PLACE = "place"
    PUSH = "push"


class StyleAnswer(NamedTuple):
    """Where a person stands on one slider, and how much that matters to them."""

    slider: str
    position: int  # -2 the left pole .. 2 the right
    matters: int = 1  # 0 no, 1 somewhat, 2 much


class Sought(NamedTuple):
    """A topic a mentee seeks, and how much: 1 a little, 2 yes, 3 above all."""

    slug: str
    strength: int = 2


class Window(NamedTuple):
    """A time of every week in minutes of the UTC week: 0 is Monday 00:00, the end excluded."""

    start: int
    end: int


class Matters(IntEnum):
    """What a mentee says of one part: "what matters to me"."""

    NO = 0
    A_BIT = 1
    YES = 2
    MOST = 3


class WhatMatters(NamedTuple):
    """How much each part matters to a mentee."""

    interest: Matters = Matters.YES
    proximity: Matters = Matters.YES
    values: Matters = Matters.YES
    style: Matters = Matters.YES


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work. Two sites are the same when their keys are, wherever they lie.

    Coordinates are degrees, north and east positive; both or neither.
    """

    key: str
    latitude: float | None = None
    longitude: float | None = None

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("A site has an empty key.")
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError(f"Site {self.key!r}: give both latitude and longitude, or neither.")
        for name, degrees, most in (
            ("latitude", self.latitude, 90),
            ("longitude", self.longitude, 180),
        ):
            if degrees is not None and not (isfinite(degrees) and -most <= degrees <= most):
                raise ValueError(
                    f"Site {self.key!r}: the {name} {degrees} is not between -{most} and {most}."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What mentees and mentors have in common.

    `interests` are topics a person cares about beyond what they seek or offer. `remote` says
    whether they would meet by video. `windows` are when they can usually meet; they may overlap
    each other. Of someone whose `times_change` from week to week, the windows are not read.
    """

    id: str
    interests: tuple[str, ...] = ()
    style: tuple[StyleAnswer, ...] = ()
    site: Site | None = None
    remote: bool | None = None
    windows: tuple[Window, ...] = ()
    times_change: bool = False

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("A person has an empty id.")
        _check_once(self.id, "interest", self.interests)
        _check_once(self.id, "slider", [answer.slider for answer in self.style])
        for answer in self.style:
            if answer.slider not in SLIDERS:
                raise ValueError(f"Person {self.id!r}: there is no slider {answer.slider!r}.")
            name = f"slider {answer.slider!r}"
            _check_whole(self.id, f"position on {name}", answer.position, -2, 2)
            _check_whole(self.id, f"weight of {name}", answer.matters, 0, 2)
        for start, end in self.windows:
            _check_whole(self.id, "start of a window", start, 0, WEEK)
            _check_whole(self.id, "end of a window", end, 0, WEEK)
            if end <= start:
                raise ValueError(
                    f"Person {self.id!r}: a window ends ({end}) before it has begun ({start}); "
                    "cut one that runs over the end of the week in two."
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class MenteeProfile(Profile):
    """A mentee: topics sought, at most five values in order, and what matters to them."""

    sought: tuple[Sought, ...] = ()
    values: tuple[str, ...] = ()
    matters: WhatMatters = field(default=WhatMatters())

    def __post_init__(self) -> None:
        # slots=True makes a new class, so a bare super() would not find its cell
        Profile.__post_init__(self)
        _check_once(self.id, "topic", [topic.slug for topic in self.sought])
        for topic in self.sought:
            _check_whole(self.id, f"strength of {topic.slug!r}", topic.strength, 1, STRENGTH_MOST)
        _check_values(self.id, self.values)
        for part, level in zip(self.matters._fields, self.matters, strict=True):
            _check_whole(self.id, f"level of what matters, {part},", level, 0, Matters.MOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorProfile(Profile):
    """A mentor: topics offered, and those of their values that they choose to show.

    Offers carry no strength: it would let one more shared topic lower a fit.
    """

    offered: tuple[str, ...] = ()
    shown_values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Profile.__post_init__(self)
        _check_once(self.id, "topic", self.offered)
        _check_values(self.id, self.shown_values)


SLIDERS = frozenset(str(slider) for slider in Slider)


def utc_windows(
    *, weekday: int, start_minute: int, end_minute: int, offset_minutes: int
) -> tuple[Window, ...]:
    """Return a window of local time as one or two windows of the UTC week.

    `weekday` is 0 for Monday, the minutes count from local midnight, `offset_minutes` is the
    zone's distance from UTC (east positive) at the time that is meant. A window that runs over
    the end of the UTC week is cut in two. Raises ValueError unless the window ends after it
    starts and lasts at most a week.
    """
    length = end_minute - start_minute
    if not 0 < length <= WEEK:
        raise ValueError(f"A window from minute {start_minute} to {end_minute} is none.")
    start = (weekday * 24 * 60 + start_minute - offset_minutes) % WEEK
    end = start + length
    if end <= WEEK:
        return (Window(start, end),)
    return (Window(0, end - WEEK), Window(start, WEEK))


def _check_once(person: str, kind: str, slugs: list[str] | tuple[str, ...]) -> None:
    seen: set[str] = set()
    for slug in slugs:
        if not slug:
            raise ValueError(f"Person {person!r}: one {kind} has an empty name.")
        if slug in seen:
            raise ValueError(f"Person {person!r}: the {kind} {slug!r} is there twice.")
        seen.add(slug)


def _check_values(person: str, values: tuple[str, ...]) -> None:
    _check_once(person, "value", values)
    if len(values) > VALUES_MOST:
        raise ValueError(f"Person {person!r}: {len(values)} values, at most {VALUES_MOST}.")


def _check_whole(person: str, name: str, number: object, least: int, most: int) -> None:
    # `object`, because files bring NaN and fractions in spite of all types
    if not (isinstance(number, int) and least <= number <= most):
        raise ValueError(
            f"Person {person!r}: the {name} is {number}, not a whole number from {least} to {most}."
        )
