"""A problem or result that was changed by hand, or comes from elsewhere, gets a verdict, no error."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorwell.core.pairing import Infeasible, Mode, Problem, Proof, Result, solve, verify
from mentorwell.core.pairing.optimal import best
from tests.core.pairing.solving.brute import small_problem


SEEDS = st.integers(0, 2**32 - 1)
LARGE = [0, 1, -1, 2**31, 2**62, 2**63 - 1, -(2**63)]


def solved(seed, mode):
    """A small problem and its result; at_least and ranks as the mode takes them."""
    problem = small_problem(np.random.default_rng(seed), seed=seed % 7, ranks=True)
    if mode in (Mode.FAIR, Mode.STABLE):
        problem = replace(problem, at_least=np.zeros_like(problem.at_least))
    try:
        return problem, solve(problem, mode, most_mentors=seed % 2 == 0)
    except Infeasible:
        problem = replace(problem, at_least=np.zeros_like(problem.at_least))
        return problem, solve(problem, mode)


def arrays(length):
    """Rows of about a length, of any type; some of them right."""
    sizes = st.sampled_from([length, length, length, max(length - 1, 0), length + 1])
    numbers = sizes.flatmap(
        lambda size: st.lists(
            st.one_of(st.integers(-3, 3), st.sampled_from(LARGE)), min_size=size, max_size=size
        )
    )
    of_type = st.sampled_from([np.int64, np.int64, np.uint64, np.int32, np.float64, bool, object])
    return st.tuples(numbers, of_type).map(
        lambda drawn: np.array(drawn[0], dtype=np.int64).astype(drawn[1])
    )


def junk(length):
    return st.one_of(
        arrays(length),
        arrays(length),
        arrays(length).map(lambda row: row[:, None]),
        arrays(2 * length)
        .filter(lambda row: len(row) % 2 == 0)
        .map(lambda row: row.reshape(-1, 2)),
        st.just(np.full(length, np.nan)),
        st.just(np.full(length, "x")),
        st.just(np.int64(1)),
        st.sampled_from([None, "x", 1, -1, 0.5, True, float("nan"), 10**30, (), [0], [0, 1], {}]),
    )


def changed(data, what, names):
    """The dataclass with one or two of its fields replaced by anything."""
    for name in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)):
        value = getattr(what, name)
        length = len(value) if isinstance(value, np.ndarray) else 2
        what = replace(what, **{name: data.draw(junk(length))})
    return what


def names_of(kind):
    return [field.name for field in fields(kind)]


@pytest.mark.parametrize("mode", Mode)
@given(seed=SEEDS, data=st.data())
@settings(max_examples=100)
def test_a_changed_result_gets_a_verdict(mode, seed, data):
    problem, result = solved(seed, mode)
    if data.draw(st.booleans()) and result.proof is not None:
        proof = changed(data, result.proof, names_of(Proof))
        shown = replace(result, proof=proof)
    else:
        shown = changed(data, result, names_of(Result))
    verdict = verify(problem, shown)
    assert verdict.holds is (verdict.faults == ())
    if verdict.holds:  # then it is one of the kind: its pairs are a row of places
        assert shown.chosen.dtype.kind in "iu"
        assert shown.mode in Mode


@pytest.mark.parametrize("mode", Mode)
@given(seed=SEEDS, data=st.data())
@settings(max_examples=100)
def test_a_changed_problem_gets_a_verdict(mode, seed, data):
    problem, result = solved(seed, mode)
    shown = changed(data, problem, [name for name in names_of(Problem) if name != "seed"])
    verdict = verify(shown, result)
    if verdict.holds:  # then it could have been built, but for numbers larger than `build` takes
        again = rebuilt(shown)
        assert np.array_equal(again.starts, shown.starts)
        assert np.array_equal(again.mentors, shown.mentors)


def rebuilt(problem):
    most = 10**6
    ranks = (problem.mentee_ranks, problem.mentor_ranks)
    return Problem.build(
        mentee_ids=problem.mentee_ids,
        mentor_ids=problem.mentor_ids,
        mentees=problem.mentees,
        mentors=problem.mentors,
        fits=problem.fits,
        wants=np.clip(problem.wants, 1, most),  # who wants none any more wanted some when asked
        seats=np.minimum(problem.seats, most),
        at_least=np.minimum(problem.at_least, most),
        fixed=problem.fixed,
        mentee_ranks=None if ranks[0] is None else np.minimum(ranks[0], most),
        mentor_ranks=None if ranks[1] is None else np.minimum(ranks[1], most),
    )


@pytest.mark.parametrize("mode", Mode)
@given(one=SEEDS, other=SEEDS)
@settings(max_examples=100)
def test_a_result_of_another_problem_gets_a_verdict(mode, one, other):
    problem, _ = solved(one, mode)
    _, result = solved(other, mode)
    verdict = verify(problem, result)
    if verdict.holds and mode is not Mode.STABLE:
        mine = solve(problem, mode, most_mentors=result.proof.most_mentors)
        assert result.covered(problem) == mine.covered(problem)


def one_pair(**more):
    return Problem.build(
        mentee_ids=["ann"], mentor_ids=["mia"], mentees=[0], mentors=[0], fits=[0.5], **more
    )


def test_a_problem_too_large_for_its_mode_is_a_fault():
    right = best(one_pair())
    large = replace(one_pair(), fits=np.array([10**12]), wants=np.array([10**9]))
    large = replace(large, seats=np.array([10**9]))
    assert "to stay exact in 64 bits" in verify(large, right).faults[0]


def test_pairs_out_of_order_are_a_fault_before_they_are_misread():
    problem = Problem.build(
        mentee_ids=["ann", "ben"],
        mentor_ids=["mia"],
        mentees=[0, 1],
        mentors=[0, 0],
        fits=[0.5, 0.9],
    )
    turned = replace(problem, mentees=problem.mentees[::-1], fits=problem.fits[::-1])
    faults = verify(turned, best(problem)).faults
    assert faults == ("The pairs of the problem are not sorted by mentee and mentor, each once.",)


def test_a_fixed_pair_twice_is_a_fault():
    problem = one_pair(fixed=[(0, 0)], wants=3, seats=3)
    twice = replace(problem, fixed=np.array([[0, 0], [0, 0]]))
    faults = verify(twice, best(problem)).faults
    assert faults == (
        "The fixed pairs of the problem are not rows of a mentee and a mentor, each once.",
    )


@pytest.mark.parametrize("ids", [None, ["ann"], "ann"])
def test_ids_that_are_no_tuple_are_a_fault(ids):
    faults = verify(replace(one_pair(), mentee_ids=ids), best(one_pair())).faults
    assert faults == ("The ids of the problem are not tuples.",)


@pytest.mark.parametrize("mode", ["best", "choice", None, 0])
def test_a_mode_in_other_words_is_a_fault(mode):
    shown = replace(best(one_pair()), mode=mode)
    assert verify(one_pair(), shown).faults == ("The mode of the result is none.",)


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("fits", [0.5], "fits of the problem are not 0 whole numbers from 0"),
        ("fits", None, "fits of the problem are not 0 whole numbers from 0"),
        ("wants", np.array([-1]), "wants of the problem are not 1 whole numbers from 0"),
        ("seats", np.array([1, 1]), "seats of the problem are not 1 whole numbers from 0"),
        ("mentors", np.array([1]), "mentors of the problem are not 1 whole numbers from 0 to 0"),
        ("mentee_ranks", np.array([0]), "mentee_ranks of the problem are not 1 whole numbers"),
        ("starts", np.array([0, 0]), "pairs of the problem are not sorted"),
        ("fixed", None, "fixed pairs of the problem are not rows of a mentee and a mentor"),
        ("fixed", np.array([0, 0]), "fixed pairs of the problem are not rows"),
        ("fixed", np.array([[0, 0, 0]]), "fixed pairs of the problem are not rows"),
        ("fixed", np.array([[0, 1]]), "fixed pairs of the problem are not rows"),
    ],
)
def test_what_a_problem_cannot_hold_is_named(field, value, fault):
    shown = replace(one_pair(), **{field: value})
    assert fault in verify(shown, best(one_pair())).faults[0]


@pytest.mark.parametrize(
    "proof",
    [
        None,
        (np.zeros(1, dtype=np.int64),),
        Proof(None),
        Proof(np.array([np.nan])),
        Proof(np.array([2**62])),
        Proof(np.array([0]), most_mentors=1),
        Proof(np.array([0]), least_fit=0.5),
        Proof(np.array([0]), coverage_prices=np.zeros(2)),
    ],
)
def test_a_proof_that_is_none_is_a_fault(proof):
    faults = verify(one_pair(), replace(best(one_pair()), proof=proof)).faults
    assert faults == ("The result carries no proof, or not one price for each mentor.",)
