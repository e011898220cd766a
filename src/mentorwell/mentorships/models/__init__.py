"""The relationship: its members and their places, what they agree on, how it ends."""

from mentorwell.mentorships.models.agreements import Agreement, AgreementSignature, OwnAnswers
from mentorwell.mentorships.models.endings import Ending
from mentorwell.mentorships.models.links import LinkQuestion
from mentorwell.mentorships.models.mentorships import (
    OPEN_STATES,
    Membership,
    Mentorship,
    PlaceClaim,
)


__all__ = [
    "OPEN_STATES",
    "Agreement",
    "AgreementSignature",
    "Ending",
    "LinkQuestion",
    "Membership",
    "Mentorship",
    "OwnAnswers",
    "PlaceClaim",
]
