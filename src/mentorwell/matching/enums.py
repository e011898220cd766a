"""Words that searching and inviting use."""

from enum import StrEnum


class Answer(StrEnum):
    """How a mentor declines: both read as the same neutral words on the other side."""

    NOT_NOW = "not_now"
    DECLINE = "decline"
