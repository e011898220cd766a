"""Whatever result and whatever proof the verifier is shown: it takes what is right, nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mentorwell.core.pairing import Infeasible, Mode, Problem, Proof, Result, solve, verify
from mentorwell.core.pairing.objective import (
    best_objective,
    coverage_objective,
    fair_objective,
)
from mentorwell.core.pairing.optimal import best
from mentorwell.core.pairing.prices import least_prices
from mentorwell.core.pairing.solving import verified
from mentorwell.core.pairing.verify import claimed, upper_bound
from tests.core.pairing.solving.brute import AllResults, small_problem
from tests.core.pairing.solving.dual import bound


SEEDS = st.integers(0, 2**32 - 1)
NOBODY = np.zeros(0, dtype=np.int64)


def whole(*numbers):
    return np.array(numbers, dtype=np.int64)


def any_problem(seed, mode=Mode.BEST):
    problem = small_problem(np.random.default_rng(seed), seed=seed % 7, ranks=True)
    if mode in (Mode.FAIR, Mode.STABLE):
        return replace(problem, at_least=np.zeros_like(problem.at_least))
    return problem


def solved(seed, mode):
    problem = any_problem(seed, mode)
    try:
        return problem, solve(problem, mode, most_mentors=seed % 2 == 0)
    except Infeasible:
        return problem, None


def right_rows(every, mode, result):
    """Which of all feasible results keep the promise of a mode."""
    if mode is Mode.STABLE:
        return set(every.stable().tolist())
    if mode is Mode.FAIR:
        worth = list(zip(every.covered, every.worst, every.total(every.problem.fits), strict=True))
    else:
        objective = claimed(every.problem, mode, result.proof)
        worth = [objective.value(every.problem, every.open[row == 1]) for row in every.chosen]
    return {row for row, one in enumerate(worth) if one == max(worth)}


def changes(chosen, pair):
    """The chosen pairs with one change each; `pair` is any number from 0."""
    return {
        "added": np.append(chosen, pair),
        "left out": np.delete(chosen, [pair % len(chosen)] if len(chosen) else []),
        "swapped": np.append(chosen[1:], pair),
        "twice": np.append(chosen, chosen[:1]),
        "beyond the end": np.append(chosen, pair + 9),
        "before the start": np.append(chosen, -1 - pair),
        "nobody": NOBODY,
    }


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("name", changes(NOBODY, 0))
@given(seed=SEEDS, pair=st.integers(0, 8))
@settings(max_examples=40)
def test_changed_pairs_pass_only_if_they_keep_the_promise_as_well(mode, name, seed, pair):
    problem, result = solved(seed, mode)
    if result is None:
        return
    changed = changes(result.chosen, pair)[name]
    every = AllResults(problem)
    places = {tuple(every.open[row == 1]): at for at, row in enumerate(every.chosen)}
    row = places.get(tuple(np.sort(changed)))
    expected = row is not None and row in right_rows(every, mode, result)
    assert verify(problem, replace(result, chosen=changed)).holds == expected


@pytest.mark.parametrize("mode", [Mode.BEST, Mode.FAIR, Mode.CHOICE])
@given(seed=SEEDS, data=st.data())
@settings(max_examples=200)
def test_changed_prices_pass_only_if_they_still_prove_it(mode, seed, data):
    problem, result = solved(seed, mode)
    if result is None:
        return
    row = data.draw(st.sampled_from(["prices", "coverage_prices", "ceiling_prices"]))
    if mode is not Mode.FAIR:
        row = "prices"
    count = len(problem.mentor_ids)
    steps = data.draw(
        st.lists(st.sampled_from([-(10**6), -1, 0, 1, 10**6]), min_size=count, max_size=count)
    )
    proof = replace(result.proof, **{row: getattr(result.proof, row) + whole(*steps)})
    assert verify(problem, replace(result, proof=proof)).holds == proves(problem, result, proof)


def proves(problem, result, proof):
    objective = claimed(problem, result.mode, proof)
    holds = bound(problem, objective, proof.prices) == objective.value(problem, result.chosen)
    if result.mode is not Mode.FAIR:
        return holds
    covered = int(problem.waiting[np.unique(problem.mentees[result.chosen])].sum())
    above = coverage_objective(problem, proof.least_fit + 1)
    return (
        holds
        and bound(problem, coverage_objective(problem), proof.coverage_prices) == covered
        and (not covered or bound(problem, above, proof.ceiling_prices) < covered)
    )


@given(seed=SEEDS, step=st.sampled_from([-(10**6), -2, -1, 1, 2, 10**6]))
@settings(max_examples=150)
def test_no_other_least_fit_is_believed(seed, step):
    problem, result = solved(seed, Mode.FAIR)
    proof = replace(result.proof, least_fit=result.proof.least_fit + step)
    if problem.waiting[problem.mentees[result.chosen]].any():
        assert not verify(problem, replace(result, proof=proof)).holds


def objectives(problem, chance):
    yield best_objective(problem)
    yield best_objective(problem, most_mentors=True)
    yield fair_objective(problem, int(chance.integers(0, problem.fits.max(initial=1) + 2)))
    yield coverage_objective(problem, int(chance.integers(0, problem.fits.max(initial=1) + 2)))


@pytest.mark.parametrize("size", [1, 3, 10**6, 10**9, 2**59])
@given(seed=SEEDS)
@settings(max_examples=60)
def test_the_bound_of_any_prices_is_what_trying_everything_gives(size, seed):
    chance = np.random.default_rng(seed)
    problem = any_problem(seed)
    for objective in objectives(problem, chance):
        prices = chance.integers(-size, size + 1, len(problem.mentor_ids))
        assert upper_bound(problem, objective, prices) == bound(problem, objective, prices)


@given(seed=SEEDS)
@example(seed=15968)
@settings(max_examples=150)
def test_no_prices_however_large_prove_what_is_not_best(seed):
    chance = np.random.default_rng(seed)
    problem = any_problem(seed)
    objective = best_objective(problem)
    largest = chance.choice([2**50, 2**61, 2**62 - 1, 2**63 - 1])
    signs = chance.choice([[-1, -1, -1], [-1, 0, 1]])
    prices = chance.choice(signs, len(problem.mentor_ids)) * largest
    every = AllResults(problem)
    values = [objective.value(problem, every.open[row == 1]) for row in every.chosen]
    for row, value in zip(every.chosen[:8], values, strict=False):
        shown = Result(Mode.BEST, every.open[row == 1], Proof(prices))
        assert value == max(values) or not verify(problem, shown).holds


def one_pair(**more):
    return Problem.build(
        mentee_ids=["ann"], mentor_ids=["mia"], mentees=[0], mentors=[0], fits=[0.5], **more
    )


def test_no_price_is_so_low_that_it_proves_nothing_to_be_best():
    """The least number of 64 bits is its own absolute value."""
    assert not verify(one_pair(), Result(Mode.BEST, NOBODY, Proof(whole(-(2**63))))).holds


def test_low_prices_of_several_mentors_do_not_add_up_to_a_proof():
    """Two gains of 2**62 leave 64 bits when they are added."""
    problem = Problem.build(
        mentee_ids=["ann"],
        mentor_ids=["mia", "ned"],
        mentees=[0, 0],
        mentors=[0, 1],
        fits=[0.5, 0.5],
        wants=2,
    )
    prices = np.full(2, -(2**62 - 1))
    assert not verify(problem, Result(Mode.BEST, NOBODY, Proof(prices))).holds


def test_choice_without_lists_is_a_fault_and_not_an_error():
    assert not verify(one_pair(), Result(Mode.CHOICE, NOBODY, Proof(whole(0)))).holds


@pytest.mark.parametrize("least", [-(10**30), -1, 2**63, 10**30])
def test_a_least_fit_out_of_all_reason_is_a_fault_and_not_an_error(least):
    problem = one_pair()
    right = solve(problem, Mode.FAIR)
    proof = replace(right.proof, least_fit=least)
    assert not verify(problem, replace(right, proof=proof)).holds


@pytest.mark.parametrize(
    "chosen",
    [
        np.array([[0]]),
        np.array([2**64 - 1], dtype=np.uint64),
        np.array([True]),
        np.array(["0"]),
        np.array([None]),
        np.array(0),
        np.zeros(0),
    ],
)
def test_pairs_that_are_no_row_of_places_are_a_fault_and_not_an_error(chosen):
    problem = one_pair()
    assert not verify(problem, replace(best(problem), chosen=chosen)).holds


def test_a_mentor_below_their_lower_bound_is_named():
    problem = one_pair(at_least=1)
    right = best(problem)
    assert verify(problem, right).holds
    fault = verify(problem, replace(right, chosen=NOBODY)).faults
    assert fault == ("'mia' has too few mentees.",)


def test_a_fixed_pair_that_is_chosen_again_is_a_fault():
    problem = one_pair(fixed=[(0, 0)], wants=2, seats=2)
    right = best(problem)
    assert not len(right.chosen)
    faults = verify(problem, replace(right, chosen=whole(0))).faults
    assert faults == ("A pair was chosen that is fixed already, or whose people have no room.",)


def test_prices_are_found_for_a_result_that_is_not_best_but_prove_nothing():
    problem = Problem.build(
        mentee_ids=["ann", "ben"],
        mentor_ids=["mia", "ned"],
        mentees=[0, 0, 1, 1],
        mentors=[0, 1, 0, 1],
        fits=[0.9, 0.8, 0.7, 0.2],
    )
    worse = whole(0, 3)
    prices = least_prices(problem, best_objective(problem), worse)
    assert not verify(problem, Result(Mode.BEST, worse, Proof(prices))).holds


def test_what_does_not_verify_is_never_handed_out():
    problem = one_pair()
    with pytest.raises(AssertionError, match=r"does not verify: .*leave room for 1,500,001"):
        verified(problem, Result(Mode.BEST, NOBODY, Proof(whole(0))))
