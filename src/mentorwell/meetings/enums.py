"""Words that meetings use."""

from enum import StrEnum


class MeetingKind(StrEnum):
    """What a meeting is: a talk, or watching and trying something with feedback."""

    TALK = "talk"
    SHOW_ME = "show_me"


class MissedReason(StrEnum):
    """Why a meeting did not take place; none of them is anybody's fault."""

    BUSY = "busy"
    UNWELL = "unwell"
    AWAY = "away"
    MIXED_UP = "mixed_up"
    OTHER = "other"
