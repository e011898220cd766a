"""What a problem refuses, naming it."""

from dataclasses import replace

import numpy as np
import pytest

from mentorwell.core.pairing import Infeasible, Mode, Problem, solve
from mentorwell.core.pairing.objective import exact_sum
from mentorwell.core.pairing.optimal import best


GOOD = {
    "mentee_ids": ["ann", "ben"],
    "mentor_ids": ["mia", "ned"],
    "mentees": [1, 0, 0],
    "mentors": [0, 1, 0],
    "fits": [0.5, 0.25, 1.0],
}

REFUSED = {
    "an id twice": ({"mentee_ids": ["ann", "ann"]}, "The mentee 'ann' is there twice."),
    "an empty id": ({"mentor_ids": ["mia", ""]}, "The mentor 1 has an empty id."),
    "lengths": ({"fits": [0.5, 0.25]}, "3 mentees, 3 mentors and 2 fits"),
    "no such place": ({"mentees": [2, 0, 0]}, "Pair 0 names mentee 2, but there are 2."),
    "places that are not whole": (
        {"mentors": [0.5, 1, 0]},
        "The mentor of pair 0 is 0.5, not a whole number.",
    ),
    "a pair twice": (
        {"mentees": [0, 0, 0], "mentors": [1, 1, 0]},
        "'ann' with 'ned' is there twice",
    ),
    "themselves": ({"mentor_ids": ["ben", "ned"]}, "'ben' is paired with themselves"),
    "a fit that is none": ({"fits": [0.5, float("nan"), 1]}, "The fit of pair 1 is nan"),
    "an endless fit": ({"fits": [0.5, 1, float("inf")]}, "The fit of pair 2 is inf"),
    "a negative fit": ({"fits": [-0.5, 1, 1]}, "The fit of pair 0 is -0.5"),
    "a huge fit": ({"fits": [1, 1, 1e7]}, "not from 0 to 1,000,000"),
    "negative seats": ({"seats": [1, -1]}, "The number of seats of 'ned' is -1, not"),
    "half a seat": ({"seats": [1, 0.5]}, "The number of seats of 'ned' is 0.5, not a whole"),
    "no want": ({"wants": 0}, "The number of mentors wanted by all is 0, not a whole"),
    "too many wants": ({"wants": 10**7}, "from 1 to 1,000,000"),
    "too few ranks": ({"mentee_ranks": [1, 2]}, "There are 2 mentees' ranks for 3 pairs."),
    "rank zero": (
        {"mentor_ranks": [0, 1, 2]},
        "The mentor's rank of pair 0 is 0, not a whole number from 1",
    ),
    "ranks that are not whole": (
        {"mentor_ranks": [1.5, 1, 2]},
        "The mentor's rank of pair 0 is 1.5, not a whole number from 1 to 1,000,000.",
    ),
    "a fixed pair of nobody": ({"fixed": [(0, 5)]}, "Fixed pair 0 names a mentee or mentor"),
    "a fixed pair twice": (
        {"fixed": [(0, 1), (0, 1)], "wants": 2, "seats": 2},
        "A fixed pair is there twice",
    ),
    "an empty id of a mentee": ({"mentee_ids": ["", "ben"]}, "The mentee 0 has an empty id."),
    "a mentor twice": ({"mentor_ids": ["ned", "ned"]}, "The mentor 'ned' is there twice."),
    "no such mentor": ({"mentors": [0, 1, 2]}, "Pair 2 names mentor 2, but there are 2."),
    "a place below": ({"mentors": [0, -1, 0]}, "Pair 1 names mentor -1, but there are 2."),
    "places in a table": (
        {"mentees": [[1, 0, 0]]},
        "The places of each mentee are not one row with a number for each pair.",
    ),
    "an endless number of seats": (
        {"seats": [1, float("inf")]},
        "The number of seats of 'ned' is inf, not a whole",
    ),
    "no number of wants": ({"wants": float("nan")}, "The number of mentors wanted by all is nan"),
    "too many seats": (
        {"seats": 10**6 + 1},
        "The number of seats of all is 1000001, not a whole number from 0",
    ),
    "a negative lower bound": (
        {"at_least": [0, -1]},
        "The number of mentees at least for 'ned' is -1",
    ),
    "half a lower bound": ({"at_least": 0.5}, "The number of mentees at least for all is 0.5"),
    "a negative fit in millionths": ({"fits": [1, -1, 1]}, "The fit of pair 1 is -1"),
    "huge millionths": ({"fits": [10**12 + 1, 1, 1]}, "is 1000000000001, not from 0 to 1,000,000"),
    "too many ranks": ({"mentor_ranks": [1, 2, 3, 4]}, "There are 4 mentors' ranks for 3 pairs."),
    "ranks in a table": (
        {"mentee_ranks": [[1], [2], [3]]},
        "The mentees' ranks are not one row with a number for each pair.",
    ),
    "a rank too large": (
        {"mentee_ranks": [1, 2, 10**6 + 1]},
        "The mentee's rank of pair 2 is 1000001, not a",
    ),
    "a fixed pair below": ({"fixed": [(-1, 0)]}, "Fixed pair 0 names a mentee or mentor"),
    "a fixed pair between places": (
        {"fixed": [(0.7, 1)]},
        "The mentee of fixed pair 0 is 0.7, not a whole number.",
    ),
    "a fixed pair of three": ({"fixed": [(0, 1, 1)]}, "The fixed pairs are not rows of two places"),
    "a fixed pair of one person": (
        {"mentor_ids": ["ben", "ned"], "mentors": [1, 1, 0], "fixed": [(1, 0)]},
        "'ben' is paired with themselves",
    ),
    "sums beyond 64 bits": (
        {
            "mentee_ids": ["ann", "ben", "cy"],
            "mentor_ids": ["mia", "ned", "zoe"],
            "fits": [1e6] * 3,
            "wants": 10**6,
            "seats": 10**6,
        },
        "would not add up exactly",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_named(name):
    change, message = REFUSED[name]
    with pytest.raises(ValueError) as told:
        Problem.build(**(GOOD | change))
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("fixed", "message"),
    [
        ([(0, 0), (1, 0)], "The mentor 'mia' has 2 fixed pairs but only 1 seats."),
        ([(0, 0), (0, 1)], "The mentee 'ann' has 2 fixed pairs but only 1 mentors wanted."),
    ],
)
def test_fixed_pairs_beyond_the_places_are_infeasible(fixed, message):
    with pytest.raises(Infeasible) as told:
        Problem.build(**GOOD, fixed=fixed)
    assert str(told.value) == message


def test_fixed_pairs_count_towards_a_lower_bound():
    problem = Problem.build(**GOOD, at_least=[1, 0], fixed=[(0, 0)])
    assert problem.at_least_left.tolist() == [0, 0]
    result = best(problem)
    assert result.pairs(problem).tolist() == [[0, 0]]
    assert (result.covered(problem), result.total(problem)) == (1, 0)


def test_a_lower_bound_above_the_seats_says_how_many_there_could_be():
    problem = Problem.build(**GOOD, at_least=[2, 0])
    with pytest.raises(Infeasible, match="'mia' must have 2 and could have 1"):
        best(problem)


def test_a_lower_bound_that_cannot_be_kept_names_the_mentor():
    problem = Problem.build(**GOOD, seats=2, at_least=[2, 1])
    with pytest.raises(Infeasible, match=r"'(mia|ned)' must have") as told:
        best(problem)
    assert "could have" in str(told.value)
    nobody = Problem.build(
        mentee_ids=[], mentor_ids=["mia"], mentees=[], mentors=[], fits=[], at_least=1
    )
    with pytest.raises(Infeasible, match="'mia' must have 1 and could have 0"):
        best(nobody)


def test_fair_takes_no_lower_bounds():
    problem = Problem.build(**GOOD, at_least=1)
    with pytest.raises(ValueError, match="no lower bounds"):
        solve(problem, Mode.FAIR)


def test_choice_needs_ranks():
    with pytest.raises(ValueError, match="ranked lists"):
        solve(Problem.build(**GOOD), Mode.CHOICE)


def test_choice_refuses_what_would_leave_64_bits():
    problem = Problem.build(
        **(GOOD | {"fits": [1e6] * 3}), mentee_ranks=[10**6] * 3, wants=1000, seats=1000
    )
    with pytest.raises(ValueError, match="too many for the"):
        solve(problem, Mode.CHOICE)


def test_best_refuses_what_would_leave_64_bits():
    problem = Problem.build(
        mentee_ids=["ann"],
        mentor_ids=["mia"],
        mentees=[0],
        mentors=[0],
        fits=[1e6],
        wants=10**6,
        seats=10**6,
    )
    with pytest.raises(ValueError, match="too many for the mode 'best' to stay exact"):
        solve(problem)


def test_costs_beyond_the_solver_are_refused():
    """A rank of a million and fits of 280,000 points for twenty people at one seat."""
    problem = Problem.build(
        mentee_ids=[f"i{one}" for one in range(20)],
        mentor_ids=["mia"],
        mentees=range(20),
        mentors=[0] * 20,
        fits=[280_000.0] * 20,
        mentee_ranks=[10**6] + [1] * 19,
    )
    with pytest.raises(ValueError, match="the solver would leave 64 bits"):
        solve(problem, Mode.CHOICE)


def test_pairs_are_sorted_and_found():
    problem = Problem.build(**GOOD)
    assert problem.mentees.tolist() == [0, 0, 1]
    assert problem.mentors.tolist() == [0, 1, 0]
    assert problem.fits.tolist() == [1_000_000, 250_000, 500_000]
    assert problem.pair_of(0, 1) == 1
    assert problem.pair_of(1, 1) is None


def test_nothing_of_a_problem_can_be_changed():
    problem = Problem.build(**GOOD)
    with pytest.raises(ValueError, match="read-only"):
        problem.seats[0] = 5


def test_what_was_changed_to_less_than_no_seats_is_not_solved():
    changed = replace(Problem.build(**GOOD), seats=np.array([-1, 1]))
    with pytest.raises(ValueError, match="seats"):
        solve(changed)


def test_sums_beyond_64_bits_are_exact():
    numbers = np.array([2**62, 2**62, 2**62, -(2**62) + 1], dtype=np.int64)
    assert exact_sum(numbers) == 2 * 2**62 + 1
