"""The pairing engine: how well people suit each other, in plain Python and NumPy."""

from mentorwell.core.pairing.fit import (
    Fit,
    FitTable,
    MentorPool,
    PartFit,
    fit,
    fits,
    reasons_for,
)
from mentorwell.core.pairing.order import order
from mentorwell.core.pairing.profiles import (
    Matters,
    MenteeProfile,
    MentorProfile,
    Site,
    Slider,
    Sought,
    StyleAnswer,
    WhatMatters,
    Window,
    utc_windows,
)
from mentorwell.core.pairing.reasons import Reason, ReasonCode, Side
from mentorwell.core.pairing.scale import NEUTRAL, ONE, Part, Step, step_of
from mentorwell.core.pairing.weights import Weights


__all__ = [
    "NEUTRAL",
    "ONE",
    "Fit",
    "FitTable",
    "Matters",
    "MenteeProfile",
    "MentorPool",
    "MentorProfile",
    "Part",
    "PartFit",
    "Reason",
    "ReasonCode",
    "Side",
    "Site",
    "Slider",
    "Sought",
    "Step",
    "StyleAnswer",
    "Weights",
    "WhatMatters",
    "Window",
    "fit",
    "fits",
    "order",
    "reasons_for",
    "step_of",
    "utc_windows",
]
