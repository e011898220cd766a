"""The three modes that are best at something, exactly."""

import numpy as np

from mentorwell.core.pairing.flows import chosen_pairs, most_covered
from mentorwell.core.pairing.objective import (
    Objective,
    best_objective,
    choice_objective,
    coverage_objective,
    fair_objective,
)
from mentorwell.core.pairing.prices import least_prices
from mentorwell.core.pairing.problem import Problem
from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.result import Mode, Proof, Result


def best(problem: Problem, *, most_mentors: bool = False) -> Result:
    """Return a result with the most mentees covered and, of all such, the highest total fit.

    With `most_mentors`, the most mentors used comes between the two. `at_least` is kept before
    everything. Ties follow the hashed ids. Raises Infeasible, naming mentors, where `at_least`
    cannot be kept, and ValueError where numbers would leave 64 bits.

    Min-cost flow by cost scaling: about e log n in practice. Reference: Ahuja, Magnanti, Orlin,
    Network Flows (1993), chapters 9 to 11.
    """
    objective = best_objective(problem, most_mentors=most_mentors)
    chosen = chosen_pairs(problem, objective)
    return Result(Mode.BEST, chosen, Proof(least_prices(problem, objective, chosen), most_mentors))


def fair(problem: Problem) -> Result:
    """Return the most mentees covered, then the worst-off as well off as can be, then the total.

    How well off a covered mentee is, is told by the best of their new pairs; who has a fixed
    mentor is not counted. The threshold is found by bisection over the fits that occur, each
    step one largest flow. Ties and errors as in `best`. `at_least` is kept, but not proved
    together with the threshold; problems that carry it are refused with ValueError.
    """
    if problem.at_least_left.any():
        raise ValueError("The mode 'fair' takes no lower bounds per mentor; 'best' does.")
    everybody = coverage_objective(problem)
    most = most_covered(problem, everybody)
    usable = everybody.usable & problem.waiting[problem.mentees]
    levels = np.unique(problem.fits[usable])
    low, high = 0, len(levels)  # the level at `low` covers all that can be covered, `high` fewer
    while high - low > 1:
        middle = (low + high) // 2
        if most_covered(problem, coverage_objective(problem, int(levels[middle]))) == most:
            low = middle
        else:
            high = middle
    least = int(levels[low]) if most else 0
    objective = fair_objective(problem, least)
    chosen = chosen_pairs(problem, objective)
    proof = Proof(
        prices=least_prices(problem, objective, chosen),
        least_fit=least,
        coverage_prices=_coverage_prices(problem, everybody),
        ceiling_prices=_coverage_prices(problem, coverage_objective(problem, least + 1)),
    )
    return Result(Mode.FAIR, chosen, proof)


def choice(problem: Problem) -> Result:
    """Return the most mentees covered, then the smallest sum of mentees' ranks, then the total fit.

    A want that stays empty counts one rank more than the last of all lists. Needs
    `mentee_ranks`. Ties, errors and method as in `best`.
    """
    objective = choice_objective(problem)
    chosen = chosen_pairs(problem, objective)
    return Result(Mode.CHOICE, chosen, Proof(least_prices(problem, objective, chosen)))


def _coverage_prices(problem: Problem, objective: Objective) -> Index:
    return least_prices(problem, objective, chosen_pairs(problem, objective))
