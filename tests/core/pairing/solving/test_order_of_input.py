"""Who comes first in the input decides nothing, also where all are alike."""

import numpy as np
import pytest

from mentorwell.core.pairing import (
    FitScorer,
    MenteeProfile,
    MentorPool,
    MentorProfile,
    Mode,
    People,
    Problem,
    Weights,
    solve,
    solve_market,
)
from tests.core.pairing.people import TREE
from tests.core.pairing.solving.brute import named
from tests.core.pairing.solving.table import TableScorer


MODES = [Mode.BEST, Mode.FAIR, Mode.STABLE]


def people_in_order(rows, columns, seats):
    return People(
        mentee_ids=tuple(f"i{one}" for one in rows),
        mentor_ids=tuple(f"j{one}" for one in columns),
        wants=np.ones(len(rows), dtype=np.int64),
        seats=seats[columns],
        at_least=np.zeros(len(columns), dtype=np.int64),
        fixed=np.zeros((0, 2), dtype=np.int64),
    )


def orders(chance, mentees, mentors):
    yield np.arange(mentees), np.arange(mentors)
    for _ in range(3):
        yield chance.permutation(mentees), chance.permutation(mentors)


def test_one_mentee_with_sixty_equals_gets_the_same_in_any_order():
    """From sixty pairs a mentee on, the solver is given a portion of them first."""
    ids = [f"j{one}" for one in range(60)]
    found = {
        named(problem, solve(problem))
        for listed in (ids, ids[::-1])
        for problem in [
            Problem.build(
                mentee_ids=["ann"],
                mentor_ids=listed,
                mentees=[0] * 60,
                mentors=range(60),
                fits=[0.5] * 60,
            )
        ]
    }
    assert len(found) == 1


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_people_changes_nothing_in_a_dense_market_of_equals(mode, seed):
    chance = np.random.default_rng(seed)
    mentees, mentors = chance.integers(1, 5), chance.integers(60, 90)
    fits = chance.integers(0, chance.integers(1, 4), (mentees, mentors))
    seats = (chance.random(mentors) < chance.choice([0.05, 0.3, 1])).astype(np.int64)
    found = set()
    for rows, columns in orders(chance, mentees, mentors):
        people = people_in_order(rows, columns, seats)
        places = np.divmod(chance.permutation(fits.size), mentors)
        problem = Problem.build(
            mentee_ids=people.mentee_ids,
            mentor_ids=people.mentor_ids,
            mentees=places[0],
            mentors=places[1],
            fits=fits[np.ix_(rows, columns)][places],
            seats=people.seats,
        )
        found.add(named(problem, solve(problem, mode)))
    assert len(found) == 1


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_people_changes_nothing_in_a_market_from_candidates(mode, seed):
    chance = np.random.default_rng(seed)
    scores = chance.integers(0, 3, (12, 9))
    seats = chance.integers(0, 3, 9)
    found = set()
    for rows, columns in orders(chance, 12, 9):
        scorer = TableScorer.cut(scores[np.ix_(rows, columns)], chance)
        solved = solve_market(scorer, people_in_order(rows, columns, seats), mode, count=2)
        found.add(named(solved.problem, solved.result))
    assert len(found) == 1


@pytest.mark.parametrize("mode", MODES)
def test_the_order_of_people_of_whom_nothing_is_known_changes_nothing(mode):
    chance = np.random.default_rng(1)
    found = set()
    for rows, columns in orders(chance, 40, 30):
        people = people_in_order(rows, columns, np.ones(30, dtype=np.int64))
        pool = MentorPool.build([MentorProfile(id=one) for one in people.mentor_ids], TREE)
        mentees = [MenteeProfile(id=one) for one in people.mentee_ids]
        scorer = FitScorer.build(mentees, pool, Weights())
        solved = solve_market(scorer, people, mode, count=3)
        found.add(named(solved.problem, solved.result))
    assert len(found) == 1
