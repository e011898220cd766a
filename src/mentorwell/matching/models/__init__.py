"""What matters to a mentee, the invitations they send, and rounds that look at many at once."""

from mentorwell.matching.models.invitations import (
    HelpRequest,
    Invitation,
    PlaceWish,
    WhatMatters,
)
from mentorwell.matching.models.rounds import (
    Proposal,
    Round,
    RoundPart,
    RoundRun,
    RoundWish,
    RunPair,
)


__all__ = [
    "HelpRequest",
    "Invitation",
    "PlaceWish",
    "Proposal",
    "Round",
    "RoundPart",
    "RoundRun",
    "RoundWish",
    "RunPair",
    "WhatMatters",
]
