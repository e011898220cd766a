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
    RunChange,
    RunGround,
    RunPair,
)
from mentorwell.matching.models.talks import FirstTalk, MentorWord


__all__ = [
    "FirstTalk",
    "HelpRequest",
    "Invitation",
    "MentorWord",
    "PlaceWish",
    "Proposal",
    "Round",
    "RoundPart",
    "RoundRun",
    "RoundWish",
    "RunChange",
    "RunGround",
    "RunPair",
    "WhatMatters",
]
