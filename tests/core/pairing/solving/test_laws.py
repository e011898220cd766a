"""What holds of every market and every mode."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorwell.core.pairing import Infeasible, Mode, Problem, Proof, Result, solve, verify
from mentorwell.core.pairing.explain import one_more_seat
from mentorwell.core.pairing.objective import best_objective
from mentorwell.core.pairing.optimal import best
from mentorwell.core.pairing.verify import upper_bound
from tests.core.pairing.solving.brute import AllResults, named, small_problem


SEEDS = st.integers(0, 2**32 - 1)


def any_problem(seed, **kind):
    return small_problem(np.random.default_rng(seed), seed=seed % 7, **kind)


def feasible(problem):
    return replace(problem, at_least=np.zeros_like(problem.at_least))


@pytest.mark.parametrize("mode", Mode)
@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_every_result_verifies_keeps_what_is_fixed_and_stays_within_the_eligible(mode, seed):
    problem = feasible(any_problem(seed, ranks=True))
    result = solve(problem, mode)
    assert verify(problem, result).holds
    pairs = result.pairs(problem).tolist()
    assert pairs[: len(problem.fixed)] == problem.fixed.tolist()
    eligible = set(zip(problem.mentees.tolist(), problem.mentors.tolist(), strict=True))
    assert {tuple(pair) for pair in pairs[len(problem.fixed) :]} <= eligible


@pytest.mark.parametrize("mode", Mode)
@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_the_order_of_people_and_pairs_changes_nothing(mode, seed):
    problem = feasible(any_problem(seed, ranks=True))
    chance = np.random.default_rng(seed)
    people = [chance.permutation(len(ids)) for ids in (problem.mentee_ids, problem.mentor_ids)]
    place = [np.argsort(order) for order in people]
    pairs = chance.permutation(len(problem.fits))
    other = Problem.build(
        mentee_ids=[problem.mentee_ids[one] for one in people[0]],
        mentor_ids=[problem.mentor_ids[one] for one in people[1]],
        mentees=place[0][problem.mentees[pairs]],
        mentors=place[1][problem.mentors[pairs]],
        fits=problem.fits[pairs],
        wants=problem.wants[people[0]],
        seats=problem.seats[people[1]],
        fixed=np.stack([place[0][problem.fixed[:, 0]], place[1][problem.fixed[:, 1]]], axis=1),
        mentee_ranks=problem.mentee_ranks[pairs],
        mentor_ranks=problem.mentor_ranks[pairs],
        seed=problem.seed,
    )
    assert named(problem, solve(problem, mode)) == named(other, solve(other, mode))


@given(seed=SEEDS, place=st.integers(0, 3))
@settings(max_examples=100, deadline=None)
def test_one_more_seat_never_lowers_coverage(seed, place):
    problem = feasible(any_problem(seed))
    larger = one_more_seat(problem, place % len(problem.seats))
    assert best(larger).covered(larger) >= best(problem).covered(problem)
    strict = any_problem(seed, ranks=True, strict=True, plain=True)
    wider = one_more_seat(strict, place % len(strict.seats))
    covered = [solve(one, Mode.STABLE).covered(one) for one in (strict, wider)]
    assert covered[1] >= covered[0]


@given(seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_no_mentee_gains_by_any_other_list_under_strict_stable(seed):
    problem = any_problem(seed, ranks=True, strict=True, plain=True)
    honest = solve(problem, Mode.STABLE)
    for mentee in range(len(problem.mentee_ids)):
        own = np.arange(problem.starts[mentee], problem.starts[mentee + 1])
        held = problem.mentee_ranks[honest.chosen[problem.mentees[honest.chosen] == mentee]]
        truth = int(held[0]) if len(held) else 10**6
        for size in range(len(own) + 1):
            for listed in permutations(own.tolist(), size):
                keep = np.ones(len(problem.fits), dtype=bool)
                keep[own] = False
                keep[list(listed)] = True
                ranks = problem.mentee_ranks.copy()
                ranks[list(listed)] = np.arange(1, size + 1)
                told = replace(problem, mentee_ranks=ranks).only(keep)
                result = solve(told, Mode.STABLE)
                got = np.flatnonzero(keep)[result.chosen]
                got = got[problem.mentees[got] == mentee]
                assert not len(got) or problem.mentee_ranks[got[0]] >= truth


@given(seed=SEEDS, data=st.data())
@settings(max_examples=150, deadline=None)
def test_no_prices_whatever_bound_below_the_best(seed, data):
    problem = any_problem(seed)
    objective = best_objective(problem, most_mentors=seed % 2 == 0)
    count = len(problem.mentor_ids)
    most = objective.cover * 2
    prices = data.draw(st.lists(st.integers(-most, most), min_size=count, max_size=count))
    every = AllResults(problem)
    bound = upper_bound(problem, objective, np.array(prices, dtype=np.int64))
    values = [objective.value(problem, every.open[row == 1]) for row in every.chosen]
    assert all(value <= bound for value in values)


@given(seed=SEEDS, data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_changed_result_or_certificate_is_rejected_unless_it_proves_as_much(seed, data):
    problem = any_problem(seed)
    try:
        result = best(problem)
    except Infeasible:
        return
    objective = best_objective(problem)
    value = objective.value(problem, result.chosen)
    place = data.draw(st.integers(0, len(problem.mentor_ids) - 1))
    step = data.draw(st.sampled_from([-(10**6), -1, 1, 10**6]))
    prices = result.proof.prices.copy()
    prices[place] += step
    verdict = verify(problem, replace(result, proof=Proof(prices)))
    assert verdict.holds == (upper_bound(problem, objective, prices) == value)
    every = AllResults(problem)
    other = every.open[every.chosen[data.draw(st.integers(0, len(every) - 1))] == 1]
    changed = Result(Mode.BEST, other, result.proof)
    assert verify(problem, changed).holds == (objective.value(problem, other) == value)


def a_market():
    return Problem.build(
        mentee_ids=["a", "b", "c"],
        mentor_ids=["x", "y"],
        mentees=[0, 0, 1, 1, 2],
        mentors=[0, 1, 0, 1, 0],
        fits=[0.9, 0.8, 0.7, 0.2, 0.6],
        seats=[1, 1],
    )


WRONG = {
    "too few seats": (np.array([0, 2]), "more mentees than seats"),
    "too many mentors": (np.array([0, 1]), "more mentors than wanted"),
    "twice": (np.array([0, 0]), "twice"),
    "no such pair": (np.array([7]), "not among the eligible"),
    "negative": (np.array([-1]), "not among the eligible"),
    "not whole": (np.array([0.5]), "not a row of places"),
    "worse": (np.array([0, 3]), "room for"),
    "fewer": (np.array([0]), "room for"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_result_is_told_what_is_wrong(name):
    chosen, fault = WRONG[name]
    problem = a_market()
    right = best(problem)
    assert named(problem, right) == {("a", "y"), ("b", "x")}
    verdict = verify(problem, replace(right, chosen=chosen))
    assert not verdict.holds
    assert fault in " ".join(verdict.faults)


@pytest.mark.parametrize(
    "proof",
    [None, Proof(np.zeros(3, dtype=np.int64)), Proof(np.zeros(2)), Proof(np.full(2, 2**62))],
)
def test_a_proof_that_is_none_is_refused(proof):
    problem = a_market()
    assert "carries no proof" in verify(problem, replace(best(problem), proof=proof)).faults[0]


def test_every_claim_of_fair_is_checked():
    problem = a_market()
    right = solve(problem, Mode.FAIR)
    assert verify(problem, right).holds
    proof, nothing = right.proof, np.zeros(2, dtype=np.int64)
    for wrong in (
        replace(proof, least_fit=proof.least_fit + 1),
        replace(proof, least_fit=proof.least_fit - 1),
        replace(proof, coverage_prices=nothing),
        replace(proof, ceiling_prices=nothing - 5),
        replace(proof, ceiling_prices=None),
        replace(proof, coverage_prices=None),
    ):
        assert not verify(problem, replace(right, proof=wrong)).holds


def test_a_blocking_pair_is_named():
    problem = a_market()
    verdict = verify(problem, Result(Mode.STABLE, np.array([1, 2])))
    assert verdict.faults == ("'a' and 'x' would rather have each other.",)
