"""What a mode maximises, as whole numbers: the promise that solvers keep and the verifier checks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.problem import SUM_MOST, Problem
from mentorwell.core.pairing.ragged import Index


@dataclass(frozen=True, eq=False)
class Objective(FrozenArrays):
    """Maximise `cover` x mentees covered + `used` x mentors used + the weights of chosen pairs.

    A mentee counts as covered who has no fixed mentor and at least one chosen pair that
    `counts`; a mentor counts as used who has no fixed mentee and at least one chosen pair.
    """

    weights: Index  # per pair, at least 0
    cover: int
    used: int
    usable: NDArray[np.bool_]  # per pair: may be chosen
    counts: NDArray[np.bool_]  # per pair: covers its mentee

    def value(self, problem: Problem, chosen: Index) -> int:
        """Return what the chosen pairs (places of pairs) are worth."""
        covering = chosen[self.counts[chosen]]
        covered = np.unique(problem.mentees[covering])
        employed = np.unique(problem.mentors[chosen])
        held = np.zeros(len(problem.mentor_ids), dtype=bool)
        held[problem.fixed[:, 1]] = True
        return (
            self.cover * int(problem.waiting[covered].sum())
            + self.used * int((~held[employed]).sum())
            + exact_sum(self.weights[chosen])
        )


def best_objective(problem: Problem, *, most_mentors: bool = False) -> Objective:
    """The most mentees, then (if asked for) the most mentors used, then the highest total fit."""
    return _lexicographic(problem, problem.fits, most_mentors=most_mentors)


def choice_objective(problem: Problem) -> Objective:
    """The most mentees, then the smallest sum of their ranks, then the highest total fit.

    A want that stays empty counts one rank more than the last of all lists, so that a further
    mentor is never a loss to somebody who wants several.
    """
    if problem.mentee_ranks is None:
        raise ValueError("The mode 'choice' needs ranked lists of the mentees.")
    step = _swing(problem, problem.fits) + 1
    last = int(problem.mentee_ranks.max(initial=0)) + 1
    if last * step > SUM_MOST:
        raise ValueError(_too_large("choice", problem))
    return _lexicographic(problem, (last - problem.mentee_ranks) * step + problem.fits)


def fair_objective(problem: Problem, least: int) -> Objective:
    """As `best`, but a mentee is covered only by a pair whose fit is at least `least`."""
    best = best_objective(problem)
    return Objective(best.weights, best.cover, 0, best.usable, problem.fits >= least)


def coverage_objective(problem: Problem, least: int = 0) -> Objective:
    """Only the number of mentees covered by pairs whose fit is at least `least`."""
    nothing = np.zeros(len(problem.fits), dtype=np.int64)
    usable = problem.open_pairs & (problem.fits >= least)
    return Objective(nothing, 1, 0, usable, usable)


def exact_sum(numbers: Index) -> int:
    """Return the sum of whole numbers from -2**62 to 2**62, however many: it may pass 64 bits."""
    return (int((numbers >> 31).sum()) << 31) + int((numbers & (2**31 - 1)).sum())


def _lexicographic(problem: Problem, weights: Index, *, most_mentors: bool = False) -> Objective:
    swing = _swing(problem, weights)
    used = swing + 1 if most_mentors else 0
    # More than twice all else, so that a price tells whether one more seat covers one more mentee.
    cover = 2 * (used * len(problem.mentor_ids) + swing) + 1
    if cover > SUM_MOST // 4:
        raise ValueError(_too_large("choice" if weights is not problem.fits else "best", problem))
    everything = np.ones(len(weights), dtype=bool)
    return Objective(weights, cover, used, problem.open_pairs, everything)


def _swing(problem: Problem, weights: Index) -> int:
    """The most that two results can differ in total weight."""
    pairs = min(int(problem.wants_left.sum()), int(problem.seats_left.sum()))
    return int(weights.max(initial=0)) * pairs


def _too_large(mode: str, problem: Problem) -> str:
    return (
        f"{len(problem.mentee_ids):,} mentees with scores as large as these are too many for the "
        f"mode {mode!r} to stay exact in 64 bits: use smaller scores, shorter lists or solve in parts."
    )
