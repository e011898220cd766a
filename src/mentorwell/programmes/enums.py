"""Words that programmes use."""

from enum import StrEnum


class Kind(StrEnum):
    """What a mentorship is for the mentee; one mentorship may be several at once."""

    MENTOR = "mentor"
    ADVISOR = "advisor"
    COACH = "coach"
    BUDDY = "buddy"


class WhoMayInvite(StrEnum):
    """Which mentors a mentee may invite, by stage."""

    ANYONE = "anyone"
    SAME_OR_LATER = "same_or_later"
    LATER = "later"


class Rhythm(StrEnum):
    """How often a pair means to meet."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    AS_NEEDED = "as_needed"


class SupportKind(StrEnum):
    """What a support resource is good for."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    COUNSELLING = "counselling"
    DOCTOR_HEALTH = "doctor_health"
    PEER = "peer"
    REPORTING = "reporting"
    SAFETY = "safety"
    OTHER = "other"
