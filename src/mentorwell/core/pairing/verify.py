"""Check a result without trusting, or knowing, whoever solved it.

Optimality is proved by one price a mentor. Whatever the prices, let every mentee take, at these
prices, what is best for them alone, and every mentor fill or leave each seat as is best at its
price: the sum of these is at least as much as any result can reach (Lagrangian relaxation of the
seats). Where a result reaches it, nothing better exists. All in whole numbers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.pairing.forms import is_proof, problem_faults, result_faults
from mentorwell.core.pairing.objective import (
    Objective,
    best_objective,
    choice_objective,
    coverage_objective,
    exact_sum,
    fair_objective,
)
from mentorwell.core.pairing.preferences import Preferences
from mentorwell.core.pairing.problem import Problem
from mentorwell.core.pairing.ragged import Index, largest_in_rows, places_in_rows
from mentorwell.core.pairing.result import Mode, Proof, Result


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found. `faults` is empty if the result keeps every promise of its mode.

    `value` is what the result is worth in the units of its objective and `bound` what no result
    can pass; both 0 for `stable`.
    """

    faults: tuple[str, ...]
    value: int = 0
    bound: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify(problem: Problem, result: Result) -> Verdict:
    """Check a result against its problem: pairs, seats, wants, bounds, and the promise.

    Never raises, whatever the fields of either hold and wherever they come from; it names the
    faults. One pass over the pairs.
    """
    faults = problem_faults(problem) or result_faults(problem, result) or _grounds(problem, result)
    if faults:
        return Verdict(tuple(faults))
    if result.mode is Mode.STABLE:
        return Verdict(tuple(_blocking(problem, result.chosen)))
    proof = result.proof
    if proof is None or not is_proof(problem, proof):
        return Verdict(("The result carries no proof, or not one price for each mentor.",))
    try:
        objective = claimed(problem, result.mode, proof)
    except ValueError as wrong:  # no lists to choose by, or sums beyond 64 bits
        return Verdict((str(wrong),))
    value = objective.value(problem, result.chosen)
    bound = upper_bound(problem, objective, proof.prices)
    if value != bound:
        faults.append(f"The prices leave room for {bound - value:,} more: not proved best.")
    if result.mode is Mode.FAIR:
        faults += _unfair(problem, result, proof)
    return Verdict(tuple(faults), value, bound)


def _grounds(problem: Problem, result: Result) -> list[str]:
    """What must hold in every mode: eligible pairs, each once, within seats and wants."""
    chosen, faults = result.chosen, []
    if len(np.unique(chosen)) < len(chosen):
        faults.append("A pair was chosen twice.")
    if not problem.open_pairs[chosen].all():
        faults.append("A pair was chosen that is fixed already, or whose people have no room.")
    mentees = np.bincount(problem.mentees[chosen], minlength=len(problem.mentee_ids))
    mentors = np.bincount(problem.mentors[chosen], minlength=len(problem.mentor_ids))
    for over, ids, what in (
        (mentees > problem.wants_left, problem.mentee_ids, "more mentors than wanted"),
        (mentors > problem.seats_left, problem.mentor_ids, "more mentees than seats"),
    ):
        faults += [f"{ids[one]!r} has {what}." for one in np.flatnonzero(over)[:5]]
    if result.mode is not Mode.STABLE:
        below = np.flatnonzero(mentors < problem.at_least_left)[:5]
        faults += [f"{problem.mentor_ids[one]!r} has too few mentees." for one in below]
    return faults


def claimed(problem: Problem, mode: Mode, proof: Proof) -> Objective:
    """Return what a result of an optimal mode claims to maximise."""
    if mode is Mode.CHOICE:
        return choice_objective(problem)
    if mode is Mode.FAIR:
        return fair_objective(problem, proof.least_fit)
    return best_objective(problem, most_mentors=proof.most_mentors)


def _unfair(problem: Problem, result: Result, proof: Proof) -> list[str]:
    """Check that nobody could cover more mentees, nor as many with a higher least fit."""
    counted = result.chosen[problem.fits[result.chosen] >= proof.least_fit]
    covered = int(problem.waiting[np.unique(problem.mentees[counted])].sum())
    every = int(problem.waiting[np.unique(problem.mentees[result.chosen])].sum())
    if proof.coverage_prices is None or proof.ceiling_prices is None:
        return ["A proof of 'fair' needs prices for coverage and for the ceiling."]
    faults = []
    if covered != every:
        faults.append("A mentee's best new pair is below the least fit that is claimed.")
    if upper_bound(problem, coverage_objective(problem), proof.coverage_prices) != covered:
        faults.append("More mentees might be covered.")
    above = coverage_objective(problem, proof.least_fit + 1)
    if covered and upper_bound(problem, above, proof.ceiling_prices) >= covered:
        faults.append("The worst-off mentee might be better off.")
    return faults


def _blocking(problem: Problem, chosen: Index) -> list[str]:
    """Find pairs who both would rather have each other than what they hold."""
    taste = Preferences.of(problem)
    ready = problem.open_pairs
    ready[chosen] = False
    worst = []
    for people, ranks, left in (
        (problem.mentees, taste.mentee_ranks, problem.wants_left),
        (problem.mentors, taste.mentor_ranks, problem.seats_left),
    ):
        held = np.zeros(len(left), dtype=np.int64)
        np.maximum.at(held, people[chosen], ranks[chosen])
        room = np.bincount(people[chosen], minlength=len(left)) < left
        worst.append(np.where(room, np.iinfo(np.int64).max, held)[people])
    blocking = ready & (taste.mentee_ranks < worst[0]) & (taste.mentor_ranks < worst[1])
    return [
        f"{problem.mentee_ids[problem.mentees[pair]]!r} and "
        f"{problem.mentor_ids[problem.mentors[pair]]!r} would rather have each other."
        for pair in np.flatnonzero(blocking)[:5]
    ]


def upper_bound(problem: Problem, objective: Objective, prices: Index) -> int:
    """Return a value that no result of the problem can pass, by one price per mentor.

    Time in the number of pairs, times their logarithm for mentees who want several.
    """
    pairs = np.flatnonzero(objective.usable)
    mentees = problem.mentees[pairs]
    gains = objective.weights[pairs] - prices[problem.mentors[pairs]]
    counts = objective.counts[pairs]
    lengths = np.bincount(mentees, minlength=len(problem.mentee_ids))
    bonus = np.where(problem.waiting, objective.cover, 0)
    single = problem.wants_left <= 1
    with_bonus = gains + np.where(counts, bonus[mentees], 0)
    one = np.maximum(largest_in_rows(with_bonus, lengths, 0), 0)
    total = exact_sum(one[single & (problem.wants_left > 0)])
    if not single.all():
        several = ~single[mentees]
        total += _several(problem, bonus, mentees[several], gains[several], counts[several])
    return total + _seats(problem, objective, prices)


def _several(
    problem: Problem, bonus: Index, mentees: Index, gains: Index, counts: NDArray[np.bool_]
) -> int:
    """What is best for mentees who want several: their largest gains, and the bonus once.

    Either the largest positive gains as they are, or the best pair that counts, at any gain, for
    the sake of the bonus, and the largest positive of the others.
    """
    number = len(problem.mentee_ids)
    order = np.lexsort((~counts, -gains, mentees))
    mentees, gains, counts = mentees[order], gains[order], counts[order]
    lengths = np.bincount(mentees, minlength=number)
    place = places_in_rows(lengths)
    wants = problem.wants_left[mentees]
    free = (place < wants) & (gains > 0)
    plain = _row_sums(mentees, np.where(free, gains, 0), number)
    plain += np.where(np.bincount(mentees[free & counts], minlength=number) > 0, bonus, 0)
    leading = counts & (
        np.cumsum(counts) - np.repeat(_before(counts, lengths), lengths) == 1
    )  # the best pair that counts, of each mentee
    place_of = np.full(number, len(gains) + 1)
    place_of[mentees[leading]] = place[leading]
    rest = ~leading & (place - (place > place_of[mentees]) < wants - 1) & (gains > 0)
    forced = _row_sums(mentees, np.where(rest | leading, gains, 0), number) + bonus
    forced[np.bincount(mentees[leading], minlength=number) == 0] = 0
    asked = problem.wants_left > 1
    return exact_sum(np.maximum(np.maximum(plain, forced), 0)[asked])


def _before(counts: NDArray[np.bool_], lengths: Index) -> Index:
    total = np.concatenate([[0], np.cumsum(counts)])
    before: Index = total[np.cumsum(lengths) - lengths]
    return before


def _row_sums(rows: Index, values: Index, number: int) -> Index:
    result = np.zeros(number, dtype=np.int64)
    np.add.at(result, rows, values)
    return result


def _seats(problem: Problem, objective: Objective, prices: Index) -> int:
    """What is best for the seats: filled where the price is positive, at least as they must."""
    seats, least = problem.seats_left, problem.at_least_left
    fresh = (problem.seats_left == problem.seats) & (seats > 0)
    bonus = np.where(fresh, objective.used, 0)
    total = 0
    for price, most, must, once in zip(
        prices.tolist(), seats.tolist(), least.tolist(), bonus.tolist(), strict=True
    ):
        fill = most if price > 0 else must
        worth = price * fill + (once if fill else 0)
        if once and not fill:
            worth = max(0, price + once)
        total += worth
    return total
