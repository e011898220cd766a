"""Prices of seats that prove a result best; the solver itself returns none.

The least prices: what one more seat of each mentor would be worth. They are the longest paths in
the residual network, found by relaxing from below and following only what has changed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.pairing.objective import Objective
from mentorwell.core.pairing.problem import Problem
from mentorwell.core.pairing.ragged import (
    Index,
    distinct,
    entries_of,
    largest_in_rows,
    places_in_rows,
    starts_of,
)


Mask = NDArray[np.bool_]
FAR = 2**61  # beyond every price
UNREACHABLE = 2**40  # beyond every score


def least_prices(problem: Problem, objective: Objective, chosen: Index) -> Index:
    """Return the least price per mentor under which the chosen pairs are everybody's best.

    `chosen` are the places of the pairs of a best result (of any other, no such prices exist and
    the verifier will say so). A price is in the units of the objective; it is 0 where seats are
    left, and negative only where `at_least` or the bonus for mentors used pushes people in.

    Each round takes time in the pairs of the mentees whose alternatives changed; rounds are as
    many as the longest chain of moves that one more seat would set off.
    """
    asking = _Asking.build(problem, objective, chosen)
    prices = _floors(problem, objective, chosen)
    everyone = np.arange(len(problem.mentee_ids))
    values = asking.values(everyone, prices)
    priced = _priced(problem, objective) & ~asking.is_chosen
    pairs = np.flatnonzero(priced)
    rounds = 0
    while len(pairs):
        rounds += 1
        if rounds > 2 * len(problem.mentor_ids) + 2:
            break  # not a best result: prices would rise for ever, and the verifier says no
        mentors = problem.mentors[pairs]
        offers = (
            objective.weights[pairs]
            - values[1 - objective.counts[pairs].astype(np.int64), problem.mentees[pairs]]
        )
        better = offers > prices[mentors]
        if not better.any():
            break
        changed = mentors[better]
        np.maximum.at(prices, changed, offers[better])
        places, _ = entries_of(asking.mentor_starts, distinct(changed, len(prices)))
        mentees = distinct(problem.mentees[asking.by_mentor[places]], len(everyone))
        now = asking.values(mentees, prices)
        moved = (now != values[:, mentees]).any(axis=0)
        values[:, mentees] = now
        pairs, _ = entries_of(problem.starts, mentees[moved])
        pairs = pairs[priced[pairs]]
    return prices


def _priced(problem: Problem, objective: Objective) -> Mask:
    """Pairs that may be chosen, and those that one more seat of a full mentor would let be."""
    full = (problem.seats_left == 0)[problem.mentors] & (problem.wants_left > 0)[problem.mentees]
    width = len(problem.mentor_ids)
    held = problem.fixed[:, 0] * width + problem.fixed[:, 1]
    full &= ~np.isin(problem.mentees * width + problem.mentors, held)
    priced: Mask = objective.usable | (full & objective.counts)
    return priced


def worth_more_than(problem: Problem, cover: int, prices: Index) -> Index:
    """Return, per mentee, what a further pair must gain at these prices to be worth adding.

    A pair outside the problem whose fit less its mentor's price is more than this would let the
    mentee gain; where there is no such pair, the prices prove the result best with all of them.
    """
    gains = problem.fits - prices[problem.mentors]
    gains = np.where(problem.open_pairs, gains, -UNREACHABLE - cover)
    lengths = np.diff(problem.starts)
    best_gain = largest_in_rows(gains, lengths, -UNREACHABLE - cover)
    last = best_gain.copy()  # the gain of the last of as many pairs as are wanted
    several = np.flatnonzero(problem.wants_left > 1)
    if len(several):
        pairs, sizes = entries_of(problem.starts, several)
        order = np.lexsort((-gains[pairs], problem.mentees[pairs]))
        is_last = places_in_rows(sizes) == np.repeat(problem.wants_left[several] - 1, sizes)
        in_order = np.where(is_last, gains[pairs[order]], -UNREACHABLE - cover)
        last[several] = largest_in_rows(in_order, sizes, 0)
    needed = np.maximum(last, 0)
    first = np.minimum(needed, np.maximum(best_gain, -cover))
    return np.where(problem.waiting, first, needed)


def _floors(problem: Problem, objective: Objective, chosen: Index) -> Index:
    """The least price each mentor's fill allows: 0, or below it what pushes mentees in."""
    held = np.bincount(problem.mentors[chosen], minlength=len(problem.mentor_ids))
    floors = np.zeros(len(held), dtype=np.int64)
    if objective.used:
        fresh = problem.seats_left == problem.seats
        floors[fresh & (held <= 1)] = -objective.used
    pushed = (problem.at_least_left > 0) & (held == problem.at_least_left)
    # as low as any chain could ask for, so that the least price settles above it
    floors[pushed] = -(objective.cover + objective.used + int(objective.weights.max(initial=0))) * 2
    return floors


@dataclass(frozen=True, eq=False)
class _Asking:
    """The chosen pairs from both sides, and what each mentee holds."""

    problem: Problem
    objective: Objective
    is_chosen: Mask
    chosen: Index  # by mentee
    mentee_starts: Index
    by_mentor: Index  # the same pairs, by mentor
    mentor_starts: Index
    is_full: Mask  # mentee: has all they want
    bonus_least: Index  # mentee: the least and most their first pair may count for
    bonus_most: Index

    @classmethod
    def build(cls, problem: Problem, objective: Objective, chosen: Index) -> "_Asking":
        mentees, mentors = problem.mentees[chosen], problem.mentors[chosen]
        by_mentor = np.argsort(mentors, kind="stable")
        is_chosen = np.zeros(len(problem.fits), dtype=bool)
        is_chosen[chosen] = True
        held = np.bincount(mentees, minlength=len(problem.mentee_ids))
        counted = np.bincount(mentees[objective.counts[chosen]], minlength=len(problem.mentee_ids))
        return cls(
            problem=problem,
            objective=objective,
            is_chosen=is_chosen,
            chosen=chosen,
            mentee_starts=starts_of(mentees, len(problem.mentee_ids)),
            by_mentor=chosen[by_mentor],
            mentor_starts=starts_of(mentors[by_mentor], len(problem.mentor_ids)),
            is_full=held >= problem.wants_left,
            bonus_least=np.where(problem.waiting & (counted == 0), objective.cover, 0),
            bonus_most=np.where(problem.waiting & (counted <= 1), objective.cover, 0),
        )

    def values(self, mentees: Index, prices: Index) -> Index:
        """Return what a seat must be worth more than to tempt each mentee.

        Row 0 for a pair that counts, row 1 for one that does not. The largest surplus `u` and the
        least bonus `t` that still keep every chosen pair worth its price.
        """
        places, lengths = entries_of(self.mentee_starts, mentees)
        pairs = self.chosen[places]
        gains = self.objective.weights[pairs] - prices[self.problem.mentors[pairs]]
        counts = self.objective.counts[pairs]
        worst_counted = -largest_in_rows(np.where(counts, -gains, -FAR), lengths, -FAR)
        worst_other = -largest_in_rows(np.where(counts, -FAR, -gains), lengths, -FAR)
        surplus = np.minimum(worst_other, self.bonus_most[mentees] + worst_counted)
        surplus = np.where(self.is_full[mentees], surplus, np.minimum(surplus, 0))
        return np.stack([np.minimum(surplus - self.bonus_least[mentees], worst_counted), surplus])
