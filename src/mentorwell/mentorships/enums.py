"""Words that mentorships use."""

from enum import StrEnum


class EndingReason(StrEnum):
    """Why somebody ended a mentorship; read by its writer only."""

    GOALS_REACHED = "goals_reached"
    LIFE_CHANGE = "life_change"
    TIME_UP = "time_up"
    NOT_A_FIT = "not_a_fit"
    NONE = "none"


class LinkAnswer(StrEnum):
    """What a member answers to an evaluation link that has appeared on a running pair."""

    PAUSE = "pause"
    CLOSE = "close"
    ACKNOWLEDGE = "acknowledge"
