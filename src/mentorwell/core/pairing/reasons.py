"""Why two people fit or do not: codes with parameters. The pages make the words.

Reasons are for the mentee of the pair. Of the mentor they name only what the mentor offers and
shows, and what both have in common.
"""

from dataclasses import dataclass
from enum import StrEnum

from mentorwell.core.pairing.profiles import Window


class Side(StrEnum):
    """One of the two people of a pair."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class ReasonCode(StrEnum):
    """What a reason says; in brackets which fields of `Reason` it fills."""

    # interest
    OFFERS_WHAT_YOU_SEEK = "offers_what_you_seek"  # slugs: topics, most sought first
    OFFERS_SOMETHING_CLOSE = "offers_something_close"  # slugs: sought; others: offered, closest
    NO_SHARED_TOPIC = "no_shared_topic"
    TOPICS_NOT_KNOWN = "topics_not_known"  # missing
    SHARED_INTERESTS = "shared_interests"  # slugs: topics
    # proximity, the place
    SAME_SITE = "same_site"
    NEAR = "near"  # km
    BY_VIDEO = "by_video"  # km, if known
    FAR = "far"  # km, if known
    PLACE_NOT_KNOWN = "place_not_known"  # missing; km, if known
    # proximity, the time
    FREE_TOGETHER = "free_together"  # minutes a week; window: a stretch to meet in
    NO_COMMON_TIME = "no_common_time"
    TIMES_CHANGE = "times_change"  # missing: whose times change weekly
    TIMES_NOT_KNOWN = "times_not_known"  # missing
    # values
    SHARED_VALUES = "shared_values"  # slugs: values, in the mentee's order
    NO_SHARED_VALUE = "no_shared_value"
    VALUES_NOT_KNOWN = "values_not_known"  # missing
    # style
    STYLE_AGREES = "style_agrees"  # slugs: sliders where both lean alike; others: opposite
    STYLE_DIFFERS = "style_differs"  # others: sliders where they lean opposite
    STYLE_BETWEEN = "style_between"  # neither alike nor opposite anywhere
    STYLE_DOES_NOT_MATTER = "style_does_not_matter"  # to either, on what both answered
    STYLE_NOT_KNOWN = "style_not_known"  # missing


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; which fields are filled stands beside its code.

    `missing` names whose answer would tell more. `window` is the first stretch of the UTC week
    of at least half an hour in which both are free, else the longest.
    """

    code: ReasonCode
    slugs: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    km: float | None = None
    minutes: int | None = None
    window: Window | None = None
    missing: tuple[Side, ...] = ()


def sides(*, mentee: bool, mentor: bool) -> tuple[Side, ...]:
    """Return the sides that are asked for, the mentee first."""
    return (Side.MENTEE,) * mentee + (Side.MENTOR,) * mentor
