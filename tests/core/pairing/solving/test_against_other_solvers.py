"""Medium markets against SciPy's assignment and HiGHS, which share no code with ours."""

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import coo_array

from mentorwell.core.pairing import Mode, Problem, solve
from mentorwell.core.pairing.optimal import best


def medium(seed, *, mentees=120, mentors=50, share=0.2, spare=1.0, wants=1):
    chance = np.random.default_rng(seed)
    eligible = chance.random((mentees, mentors)) < share
    rows, columns = np.nonzero(eligible)
    seats = chance.multinomial(int(mentees * spare), np.ones(mentors) / mentors)
    return Problem.build(
        mentee_ids=[f"i{one}" for one in range(mentees)],
        mentor_ids=[f"j{one}" for one in range(mentors)],
        mentees=rows,
        mentors=columns,
        fits=chance.integers(0, 1_000_001, len(rows)),
        seats=seats,
        wants=chance.integers(1, wants + 1, mentees),
        seed=seed,
    )


def worth(problem, result):
    return result.covered(problem), result.total(problem)


def by_assignment(problem):
    bonus = 10**9
    table = np.zeros((len(problem.wants), len(problem.seats)))
    table[problem.mentees, problem.mentors] = problem.fits + bonus
    rows, columns = linear_sum_assignment(np.repeat(table, problem.seats, axis=1), maximize=True)
    got = np.repeat(table, problem.seats, axis=1)[rows, columns]
    got = got[got > 0] - bonus
    return len(got), int(got.sum())


def by_highs(problem, pairs=None):
    """The most covered, then the highest total, as two integer programs."""
    pairs = np.arange(len(problem.fits)) if pairs is None else pairs
    count, mentees, mentors = len(pairs), len(problem.wants), len(problem.seats)
    ones, places = np.ones(count), np.arange(count)
    own = coo_array((ones, (problem.mentees[pairs], places)), shape=(mentees, count + mentees))
    theirs = coo_array((ones, (problem.mentors[pairs], places)), shape=(mentors, count + mentees))
    covers = coo_array(
        (
            np.concatenate([ones, -np.ones(mentees)]),
            (
                np.concatenate([problem.mentees[pairs], np.arange(mentees)]),
                np.arange(count + mentees),
            ),
        ),
        shape=(mentees, count + mentees),
    )
    rules = [
        LinearConstraint(own, -np.inf, problem.wants),
        LinearConstraint(theirs, -np.inf, problem.seats),
        LinearConstraint(covers, 0, np.inf),
    ]
    counting = np.concatenate([np.zeros(count), -np.ones(mentees)])
    options = {"bounds": (0, 1), "integrality": np.ones(count + mentees)}
    most = round(-milp(counting, constraints=rules, **options).fun)
    held = LinearConstraint(-counting[None, :], most, np.inf)
    fits = np.concatenate([-problem.fits[pairs] / 1e6, np.zeros(mentees)])
    found = milp(fits, constraints=[*rules, held], **options)
    chosen = pairs[found.x[:count] > 0.5]
    return most, int(problem.fits[chosen].sum())


@pytest.mark.parametrize("spare", [0.7, 1.0, 1.3])
@pytest.mark.parametrize("seed", range(4))
def test_best_is_as_good_as_an_assignment_with_a_column_per_seat(seed, spare):
    problem = medium(seed, mentees=300, mentors=120, share=0.1, spare=spare)
    assert worth(problem, best(problem)) == by_assignment(problem)


@pytest.mark.parametrize("seed", range(3))
def test_best_of_a_dense_market_given_in_portions_is_as_good(seed):
    problem = medium(seed, mentees=250, mentors=150, share=1.0, spare=0.9)
    assert worth(problem, best(problem)) == by_assignment(problem)


@pytest.mark.parametrize("wants", [1, 3])
@pytest.mark.parametrize("seed", range(3))
def test_best_is_as_good_as_an_integer_program(seed, wants):
    problem = medium(seed, mentees=60, mentors=30, wants=wants, spare=1.1)
    assert worth(problem, best(problem)) == by_highs(problem)


@pytest.mark.parametrize("seed", range(3))
def test_fair_reaches_the_highest_level_at_which_an_integer_program_covers_as_many(seed):
    problem = medium(seed, mentees=40, mentors=20, spare=1.0)
    most, _ = by_highs(problem)
    levels = np.unique(problem.fits)
    low, high = 0, len(levels)
    while high - low > 1:
        middle = (low + high) // 2
        enough = np.flatnonzero(problem.fits >= levels[middle])
        low, high = (middle, high) if by_highs(problem, enough)[0] == most else (low, middle)
    result = solve(problem, Mode.FAIR)
    assert problem.fits[result.chosen].min() == levels[low]
    expected = by_highs(problem, np.flatnonzero(problem.fits >= levels[low]))
    assert worth(problem, result) == expected
