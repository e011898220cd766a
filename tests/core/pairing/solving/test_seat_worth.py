"""The price of a mentor's seat is what one more seat of theirs is worth."""

from dataclasses import replace

import numpy as np
import pytest

from mentorwell.core.pairing import Infeasible, Mode, Problem, solve
from mentorwell.core.pairing.explain import one_more_seat, shortage
from mentorwell.core.pairing.optimal import best
from mentorwell.core.pairing.verify import claimed
from tests.core.pairing.solving.brute import AllResults, small_problem


def apart_from_fixed(problem):
    """The problem without its fixed pairs among the eligible ones."""
    width = len(problem.mentor_ids)
    held = problem.fixed[:, 0] * width + problem.fixed[:, 1]
    return problem.only(~np.isin(problem.mentees * width + problem.mentors, held))


def without_bounds(problem):
    return replace(problem, at_least=np.zeros_like(problem.at_least))


def worth(problem, result):
    """What one more seat of each mentor adds to what the result promises to be the most of."""
    objective = claimed(problem, result.mode, result.proof)
    value = objective.value(problem, result.chosen)
    more = []
    for mentor in range(len(problem.mentor_ids)):
        larger = one_more_seat(problem, mentor)
        every = AllResults(larger)
        worths = [objective.value(larger, every.open[row == 1]) for row in every.chosen]
        more.append(max(worths) - value)
    return more


@pytest.mark.parametrize("mode", [Mode.BEST, Mode.CHOICE])
@pytest.mark.parametrize("number", range(4))
def test_a_price_is_the_worth_of_one_more_seat(mode, number):
    chance = np.random.default_rng(number)
    for seed in range(100):
        problem = small_problem(chance, seed=seed, ranks=True, pairs=8)
        problem = apart_from_fixed(without_bounds(problem))
        result = solve(problem, mode)
        assert result.proof.prices.tolist() == worth(problem, result)


@pytest.mark.parametrize("most_mentors", [False, True])
@pytest.mark.parametrize("number", range(2))
def test_a_price_is_below_nothing_only_where_bounds_or_bonuses_push(number, most_mentors):
    chance = np.random.default_rng(number + 10)
    for seed in range(100):
        problem = apart_from_fixed(small_problem(chance, seed=seed, pairs=8))
        try:
            result = best(problem, most_mentors=most_mentors)
        except Infeasible:
            continue
        used = claimed(problem, Mode.BEST, result.proof).used
        first = np.where(problem.seats == 0, used, 0)  # their first seat earns the bonus too
        assert np.maximum(result.proof.prices + first, 0).tolist() == worth(problem, result)
        if not most_mentors:
            assert not (result.proof.prices[problem.at_least_left == 0] < 0).any()


def of_one_mentee(mentors, **more):
    return Problem.build(
        mentee_ids=["ann"],
        mentor_ids=[f"j{one}" for one in range(mentors)],
        mentees=[0] * mentors,
        mentors=range(mentors),
        fits=[0.5] * mentors,
        **more,
    )


def test_a_seat_for_whom_one_has_already_is_worth_nothing():
    problem = of_one_mentee(1, fixed=[(0, 0)], wants=2)
    assert best(problem).proof.prices.tolist() == [0]


@pytest.mark.parametrize("mentors", [59, 60, 80])
def test_the_shortage_map_counts_every_mentor_who_could_have_helped(mentors):
    problem = of_one_mentee(mentors, seats=0)
    [line] = shortage(problem, best(problem), {"all": range(mentors)})
    assert line.would_cover == mentors
