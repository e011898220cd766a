"""Words that people's profiles use."""

from enum import StrEnum


class Part(StrEnum):
    """What a person does in a programme; one person may have several parts."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    COACH = "coach"
    ADVISOR = "advisor"
    BUDDY = "buddy"


GIVING_PARTS = frozenset(set(Part) - {Part.MENTEE})


class BlockKind(StrEnum):
    """Why somebody cannot meet for some days; each also keeps mails quiet."""

    NIGHTS = "nights"
    LEAVE = "leave"
    EXAMS = "exams"
    OTHER = "other"


class ExclusionReason(StrEnum):
    """Why a person keeps another away; seen by nobody but its writer."""

    EVALUATES_ME = "evaluates_me"
    PLEASE_NOT = "please_not"


class LinkKind(StrEnum):
    """What an evaluation link does to a pairing."""

    NEVER = "never"  # blocks it on every path
    DISCLOSE = "disclose"  # shown, sorted last, acknowledged by both


class Relation(StrEnum):
    """How the one evaluates the other."""

    DIRECTOR = "director"
    COMPETENCE_COMMITTEE = "competence_committee"
    LINE_MANAGER = "line_manager"
    PRECEPTOR = "preceptor"
    ROTATION = "rotation"
    OTHER = "other"


class Piece(StrEnum):
    """One piece of a profile; each has a page of its own and is offered singly."""

    STORY = "story"
    TOPICS = "topics"
    VALUES = "values"
    STYLE = "style"
    WHEN = "when"
    INTERESTS = "interests"
    BASICS = "basics"
