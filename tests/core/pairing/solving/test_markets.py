"""Markets closed from one to three candidates each, against the same market with all pairs."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from mentorwell.core.pairing import (
    Infeasible,
    Mode,
    People,
    Result,
    Scored,
    solve,
    solve_market,
    verify,
)
from mentorwell.core.pairing.market import solve_whole
from mentorwell.core.pairing.objective import Objective, best_objective
from mentorwell.core.pairing.optimal import best
from tests.core.pairing.solving.brute import named
from tests.core.pairing.solving.table import TableScorer


EACH = 60
TOPS = [1, 3, 20, 1_000_001, 30_000_000]  # points by rules may go far beyond a perfect fit of one


@dataclass(frozen=True)
class Market:
    people: People
    scorer: TableScorer
    avoid: list[tuple[int, int]]
    count: int
    whole: Any  # the problem of all pairs but those to avoid

    def solve(self, mode=Mode.BEST, **more):
        return solve_market(
            self.scorer, self.people, mode, count=self.count, avoid=self.avoid, **more
        )

    def chosen(self, solved):
        """The places in the whole problem of the pairs that a market chose anew."""
        new = solved.result.pairs(solved.problem)[len(self.people.fixed) :].tolist()
        return np.array(sorted(self.whole.pair_of(*pair) for pair in new), dtype=np.int64)


def some_fixed(chance, wants, seats):
    fixed = []
    for i in range(len(wants)):
        for j in range(len(seats)):
            held = [sum(a == i for a, _ in fixed), sum(b == j for _, b in fixed)]
            if chance.random() < 0.05 and held[0] < wants[i] and held[1] < seats[j]:
                fixed.append((i, j))
    return np.array(fixed, dtype=np.int64).reshape(-1, 2)


def any_market(chance, *, seed=0, top=None, bounds=False):
    mentees, mentors = chance.integers(1, 8, 2)
    scores = chance.integers(0, top or chance.choice(TOPS[:-1]), (mentees, mentors))
    scores[chance.random(scores.shape) < chance.choice([0, 0.3, 0.7])] = -1
    seats = chance.integers(0, 4, mentors)
    wants = chance.integers(1, chance.integers(2, 5), mentees)
    people = People(
        mentee_ids=tuple(f"i{one}" for one in range(mentees)),
        mentor_ids=tuple(f"j{one}" for one in range(mentors)),
        wants=wants,
        seats=seats,
        at_least=np.minimum(seats, chance.integers(0, 3, mentors)) if bounds else seats * 0,
        fixed=some_fixed(chance, wants, seats),
        seed=seed,
    )
    avoid = [tuple(pair) for pair in np.argwhere(chance.random(scores.shape) < 0.05).tolist()]
    left = scores.copy()
    left[tuple(np.array(avoid, dtype=np.int64).reshape(-1, 2).T)] = -1
    rows, columns = np.nonzero(left >= 0)
    return Market(
        people,
        TableScorer.cut(scores, chance),
        avoid,
        int(chance.integers(1, 4)),
        people.problem(Scored(rows, columns, left[rows, columns])),
    )


def markets(number, **kind):
    chance = np.random.default_rng(number)
    for seed in range(EACH):
        yield any_market(chance, seed=seed, **kind)


@pytest.mark.parametrize("most_mentors", [False, True])
@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("top", TOPS)
def test_a_closed_market_is_as_good_as_one_with_all_pairs(number, most_mentors, top):
    for market in markets(number, top=top):
        solved = market.solve(most_mentors=most_mentors)
        right = best(market.whole, most_mentors=most_mentors)
        objective = best_objective(market.whole, most_mentors=most_mentors)
        assert solved.gap == 0
        found = objective.value(market.whole, market.chosen(solved))
        assert found == objective.value(market.whole, right.chosen)


def test_a_market_by_points_above_two_is_as_good_as_one_with_all_pairs():
    """Both want x most; for 9 and 5 against 8 and 5 the one gives x up, but y's one candidate is he."""
    scores = np.array([[9, 8], [5, 5]]) * 1_000_000
    people = People(
        ("ann", "ben"),
        ("x", "y"),
        np.ones(2, dtype=np.int64),
        np.ones(2, dtype=np.int64),
        np.zeros(2, dtype=np.int64),
        np.zeros((0, 2), dtype=np.int64),
    )
    solved = solve_market(TableScorer(scores, (np.arange(2),)), people, count=1)
    assert solved.gap == 0
    assert solved.result.total(solved.problem) == 14_000_000


@pytest.mark.parametrize("number", range(2))
def test_lower_bounds_that_can_be_kept_with_all_pairs_are_kept(number):
    for market in markets(number + 10, bounds=True):
        try:
            right = best(market.whole)
        except Infeasible:
            with pytest.raises(Infeasible):
                market.solve()
            continue
        solved = market.solve()
        objective = best_objective(market.whole)
        assert solved.gap == 0
        found = objective.value(market.whole, market.chosen(solved))
        assert found == objective.value(market.whole, right.chosen)


def test_a_lower_bound_beyond_the_candidates_of_a_mentor_is_kept():
    people = People(
        ("ann", "ben"),
        ("mia", "ned"),
        np.ones(2, dtype=np.int64),
        np.array([2, 0]),
        np.array([2, 0]),
        np.zeros((0, 2), dtype=np.int64),
    )
    scorer = TableScorer(np.array([[2, 1], [1, 2]]), (np.arange(2),))
    solved = solve_market(scorer, people, count=1)
    assert named(solved.problem, solved.result) == {("ann", "mia"), ("ben", "mia")}


@pytest.mark.parametrize("most_mentors", [False, True])
@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("top", TOPS)
def test_the_gap_of_a_market_left_early_is_never_too_small(number, most_mentors, top):
    for market in markets(number + 20, top=top):
        early = market.solve(most_mentors=most_mentors, is_enough=lambda: True)
        right = best(market.whole, most_mentors=most_mentors)
        told = best_objective(early.problem, most_mentors=most_mentors)
        every = np.ones(len(market.whole.fits), dtype=bool)
        objective = Objective(
            market.whole.fits, told.cover, told.used, market.whole.open_pairs, every
        )
        values = [
            objective.value(market.whole, chosen) for chosen in (right.chosen, market.chosen(early))
        ]
        assert early.rounds == 1
        assert early.gap >= values[0] - values[1]


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("top", TOPS)
def test_a_stable_market_has_no_blocking_pair_among_all(number, top):
    for market in markets(number + 30, top=top):
        solved = market.solve(Mode.STABLE)
        assert solved.gap is None
        assert verify(market.whole, Result(Mode.STABLE, market.chosen(solved))).holds


@pytest.mark.parametrize("number", range(2))
def test_a_fair_market_keeps_its_promise_over_its_candidates(number):
    for market in markets(number + 40):
        solved = market.solve(Mode.FAIR)
        assert solved.gap is None
        assert solved.verdict.holds
        right = solve(solved.problem, Mode.FAIR)
        assert named(solved.problem, solved.result) == named(solved.problem, right)


@pytest.mark.parametrize("mode", [Mode.BEST, Mode.FAIR, Mode.STABLE])
def test_a_problem_of_all_pairs_is_solved_without_a_gap(mode):
    for market in markets(50):
        solved = solve_whole(market.whole, mode)
        assert (solved.gap, solved.rounds) == (0, 1)
        assert solved.verdict.holds
        assert named(market.whole, solved.result) == named(market.whole, solve(market.whole, mode))


@pytest.mark.parametrize("mode", [Mode.BEST, Mode.FAIR, Mode.STABLE])
def test_a_market_without_mentors_has_no_pairs(mode):
    people = People(
        ("ann",),
        (),
        np.ones(1, dtype=np.int64),
        *(np.zeros(0, dtype=np.int64) for _ in range(2)),
        np.zeros((0, 2), dtype=np.int64),
    )
    solved = solve_market(TableScorer(np.zeros((1, 0), dtype=np.int64), ()), people, mode)
    assert not len(solved.result.chosen)
