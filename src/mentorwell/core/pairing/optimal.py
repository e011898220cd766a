"""The three modes that are best at something, exactly."""

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.pairing.flows import chosen_pairs, most_covered
from mentorwell.core.pairing.objective import (
    Objective,
    best_objective,
    choice_objective,
    coverage_objective,
    fair_objective,
)
from mentorwell.core.pairing.order import mixed
from mentorwell.core.pairing.preferences import lists
from mentorwell.core.pairing.prices import least_prices, worth_more_than
from mentorwell.core.pairing.problem import Problem, hashes
from mentorwell.core.pairing.ragged import Index, places_in_rows
from mentorwell.core.pairing.result import Mode, Proof, Result


PORTION = 20  # pairs of each mentee that the solver is given first
PORTIONED = 60  # pairs per mentee from which on they are given in portions


def best(problem: Problem, *, most_mentors: bool = False) -> Result:
    """Return a result with the most mentees covered and, of all such, the highest total fit.

    With `most_mentors`, the most mentors used comes between the two. `at_least` is kept before
    everything. Ties follow the hashed ids. Raises Infeasible, naming mentors, where `at_least`
    cannot be kept, and ValueError where numbers would leave 64 bits.

    Min-cost flow by cost scaling: about e log n in practice; of many pairs the solver is given a
    portion, and more as the prices ask for them. Reference: Ahuja, Magnanti, Orlin,
    Network Flows (1993), chapters 9 to 11.
    """
    given = _portion(problem)
    while True:
        part = problem if given is None else problem.only(given)
        objective = best_objective(part, most_mentors=most_mentors)
        chosen = chosen_pairs(part, objective)
        proof = Proof(least_prices(part, objective, chosen), most_mentors)
        if given is None:
            return Result(Mode.BEST, chosen, proof)
        needed = worth_more_than(part, objective.cover, proof.prices)
        wanted = problem.fits - proof.prices[problem.mentors] > needed[problem.mentees]
        wanted &= ~given & problem.open_pairs
        if not wanted.any():
            everywhere = np.flatnonzero(given)[chosen]
            whole = best_objective(problem, most_mentors=most_mentors)
            prices = least_prices(problem, whole, everywhere)  # also of mentors left out so far
            return Result(Mode.BEST, everywhere, Proof(prices, most_mentors))
        squeezed = np.zeros(len(problem.wants), dtype=bool)
        squeezed[problem.mentees[wanted]] = True
        given |= squeezed[problem.mentees]


def _portion(problem: Problem) -> NDArray[np.bool_] | None:
    """Which pairs the solver is given first: each mentee's best; None for all at once.

    Most pairs of a dense market never matter. All of every mentee who could gain from another at
    the prices are added until there is none, and then the prices prove the result best among all.
    """
    if problem.at_least_left.any() or len(problem.fits) < PORTIONED * len(problem.wants):
        return None
    most = int(problem.fits.max(initial=0))
    keys = (
        hashes(problem.seed, "mentee", problem.mentee_ids)[problem.mentees],
        hashes(problem.seed, "mentor", problem.mentor_ids)[problem.mentors],
    )
    order, _ = lists(problem.mentees, most - problem.fits, mixed(keys[0] ^ mixed(keys[1])))
    given = np.zeros(len(problem.fits), dtype=bool)
    places = places_in_rows(np.diff(problem.starts))
    given[order[places < PORTION * problem.wants[problem.mentees[order]]]] = True
    return given


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
