"""The pairing engine: how well people suit each other, and who should be paired with whom.

`fits` scores, `solve` pairs, `verify` proves; `solve_market` does all three for people too many
to score every pair. The flow solver is imported only where something is solved.
"""

from mentorwell.core.pairing.fit import (
    Fit,
    FitTable,
    MentorPool,
    PartFit,
    fit,
    fits,
    reasons_for,
)
from mentorwell.core.pairing.fitscores import FitScorer
from mentorwell.core.pairing.market import People, Solved, solve_market
from mentorwell.core.pairing.order import order
from mentorwell.core.pairing.problem import Infeasible, Problem
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
from mentorwell.core.pairing.result import Mode, Proof, Result
from mentorwell.core.pairing.scale import NEUTRAL, ONE, Part, Step, step_of
from mentorwell.core.pairing.scoring import Scored, Scorer
from mentorwell.core.pairing.solving import solve
from mentorwell.core.pairing.verify import Verdict, verify
from mentorwell.core.pairing.weights import Weights


__all__ = [
    "NEUTRAL",
    "ONE",
    "Fit",
    "FitScorer",
    "FitTable",
    "Infeasible",
    "Matters",
    "MenteeProfile",
    "MentorPool",
    "MentorProfile",
    "Mode",
    "Part",
    "PartFit",
    "People",
    "Problem",
    "Proof",
    "Reason",
    "ReasonCode",
    "Result",
    "Scored",
    "Scorer",
    "Side",
    "Site",
    "Slider",
    "Solved",
    "Sought",
    "Step",
    "StyleAnswer",
    "Verdict",
    "Weights",
    "WhatMatters",
    "Window",
    "fit",
    "fits",
    "order",
    "reasons_for",
    "solve",
    "solve_market",
    "step_of",
    "utc_windows",
    "verify",
]
