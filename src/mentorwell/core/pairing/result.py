"""What a mode returns: the chosen pairs, and what proves the promise of its mode."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.problem import Problem
from mentorwell.core.pairing.ragged import Index


class Mode(StrEnum):
    """How to choose among all results that keep to the seats."""

    BEST = "best"
    FAIR = "fair"
    CHOICE = "choice"
    STABLE = "stable"


@dataclass(frozen=True, eq=False)
class Proof(FrozenArrays):
    """Prices per mentor that prove the promise; of `fair`, two more rows of them.

    `most_mentors` says whether the number of mentors used counted before the fit. `least_fit` is
    what `fair` reached for the worst-off: `coverage_prices` prove that nobody could cover more
    mentees at all, `ceiling_prices` that a higher least fit would cover fewer.
    """

    prices: Index
    most_mentors: bool = False
    least_fit: int = 0
    coverage_prices: Index | None = None
    ceiling_prices: Index | None = None


@dataclass(frozen=True, eq=False)
class Result(FrozenArrays):
    """The pairs that a mode chose, beside the fixed ones.

    `stable` carries no proof: that no pair would rather leave is checked pair by pair.
    """

    mode: Mode
    chosen: Index  # places of pairs in the problem, ascending
    proof: Proof | None = None

    def pairs(self, problem: Problem) -> Index:
        """Return all pairs, fixed ones first, as rows of (mentee, mentor)."""
        new = np.stack([problem.mentees[self.chosen], problem.mentors[self.chosen]], axis=1)
        return np.concatenate([problem.fixed, new]).astype(np.int64)

    def covered(self, problem: Problem) -> int:
        """Return how many mentees have at least one mentor, fixed ones included."""
        return len(np.unique(self.pairs(problem)[:, 0]))

    def total(self, problem: Problem) -> int:
        """Return the total fit of the pairs chosen anew, in millionths."""
        return int(problem.fits[self.chosen].sum())
