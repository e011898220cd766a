"""Each mode against the list of all results, on ten thousand small markets."""

from dataclasses import replace

import numpy as np
import pytest

from mentorwell.core.pairing import Infeasible, Mode, solve, verify
from mentorwell.core.pairing.optimal import best
from tests.core.pairing.solving.brute import AllResults, named, small_problem


EACH = 2_500
COUNTED = range(10)


def markets(number, **kind):
    chance = np.random.default_rng(number)
    for one in range(EACH // len(COUNTED)):
        yield small_problem(chance, seed=one, **kind)


@pytest.mark.parametrize("number", COUNTED)
@pytest.mark.parametrize("most_mentors", [False, True])
def test_best_covers_the_most_then_fits_the_most(number, most_mentors):
    for problem in markets(number):
        every = AllResults(problem)
        if not len(every):
            with pytest.raises(Infeasible):
                best(problem, most_mentors=most_mentors)
            continue
        result = best(problem, most_mentors=most_mentors)
        assert verify(problem, result).holds
        used = every.used if most_mentors else np.zeros(len(every))
        ideal = max(zip(every.covered, used, every.total(problem.fits), strict=True))
        covered = int(problem.waiting[np.unique(problem.mentees[result.chosen])].sum())
        fresh = problem.seats_left == problem.seats
        employed = int(fresh[np.unique(problem.mentors[result.chosen])].sum())
        assert (covered, employed if most_mentors else 0, result.total(problem)) == ideal


@pytest.mark.parametrize("number", COUNTED)
def test_fair_lifts_the_worst_off_as_high_as_can_be(number):
    for given in markets(number + 100):
        problem = replace(given, at_least=np.zeros_like(given.at_least))
        result = solve(problem, Mode.FAIR)
        every = AllResults(problem)
        ideal = max(zip(every.covered, every.worst, every.total(problem.fits), strict=True))
        own = (
            every.chosen[:, np.isin(every.open, result.chosen)].sum(axis=1) == len(result.chosen)
        ) & (every.chosen.sum(axis=1) == len(result.chosen))
        place = int(np.flatnonzero(own)[0])
        assert (every.covered[place], every.worst[place], every.total(problem.fits)[place]) == ideal


@pytest.mark.parametrize("number", COUNTED)
def test_choice_adds_up_to_the_least_rank_then_the_most_fit(number):
    for problem in markets(number + 200, ranks=True):
        every = AllResults(problem)
        if not len(every) or problem.mentee_ranks is None:
            continue
        result = solve(problem, Mode.CHOICE)
        gain = problem.mentee_ranks.max(initial=0) + 1 - problem.mentee_ranks
        ideal = max(zip(every.covered, every.total(gain), every.total(problem.fits), strict=True))
        covered = int(problem.waiting[np.unique(problem.mentees[result.chosen])].sum())
        assert (covered, int(gain[result.chosen].sum()), result.total(problem)) == ideal


@pytest.mark.parametrize("number", COUNTED)
def test_strict_lists_give_every_mentee_the_best_of_all_stable_results(number):
    for problem in markets(number + 300, ranks=True, strict=True, plain=True):
        every = AllResults(problem, lower_bounds=False)
        stable = every.stable()
        result = solve(problem, Mode.STABLE)
        held = np.full(len(problem.mentee_ids), 10**6)
        if problem.mentee_ranks is not None:
            held[problem.mentees[result.chosen]] = problem.mentee_ranks[result.chosen]
        assert named(problem, result) in {every.pairs(row) for row in stable}
        for row in stable:
            chosen = every.open[every.chosen[row] == 1]
            assert (held[problem.mentees[chosen]] <= problem.mentee_ranks[chosen]).all()
            assert len(chosen) == len(result.chosen)  # the same people in all, rural hospitals


@pytest.mark.parametrize("number", COUNTED)
def test_ties_leave_no_blocking_pair_and_two_thirds_of_the_largest_at_least(number):
    for problem in markets(number + 400, ranks=True, plain=True, most=5, pairs=11):
        every = AllResults(problem, lower_bounds=False)
        stable = every.stable()
        result = solve(problem, Mode.STABLE)
        assert named(problem, result) in {every.pairs(row) for row in stable}
        largest = int(every.chosen[stable].sum(axis=1).max())
        assert 3 * len(result.chosen) >= 2 * largest


@pytest.mark.parametrize("number", COUNTED)
def test_stable_results_with_several_wants_and_fixed_pairs_have_no_blocking_pair(number):
    for problem in markets(number + 500, ranks=True):
        result = solve(problem, Mode.STABLE)
        every = AllResults(problem, lower_bounds=False)
        new = frozenset(named(problem, result)) - {
            (problem.mentee_ids[i], problem.mentor_ids[j]) for i, j in problem.fixed.tolist()
        }
        assert new in {every.pairs(row) for row in every.stable()}


@pytest.mark.parametrize("number", range(5))
def test_strict_lists_give_who_wants_several_the_best_of_all_stable_results(number):
    for given in markets(number + 600, ranks=True, strict=True):
        problem = replace(given, at_least=np.zeros_like(given.at_least))
        if problem.mentee_ranks is None:
            continue
        every = AllResults(problem)
        chosen = solve(problem, Mode.STABLE).chosen
        for row in every.stable():
            for mentee in range(len(problem.mentee_ids)):
                own, other = (
                    sorted(problem.mentee_ranks[some[problem.mentees[some] == mentee]])
                    for some in (chosen, every.open[every.chosen[row] == 1])
                )
                assert len(own) == len(other)
                assert all(one <= two for one, two in zip(own, other, strict=True))
