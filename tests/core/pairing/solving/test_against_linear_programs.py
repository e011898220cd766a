"""Larger markets, and every option of `best`, against HiGHS: stages of linear programs.

All are flows through a network, so their linear programs have whole solutions.
"""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import coo_array, vstack

from mentorwell.core.pairing import Mode, solve
from mentorwell.core.pairing.optimal import best
from tests.core.pairing.solving.test_against_other_solvers import medium


class Program:
    """Variables: the pairs, then whether each mentee is covered, then whether each mentor is used."""

    def __init__(self, problem):
        pairs, mentees, mentors = (
            len(problem.fits),
            len(problem.mentee_ids),
            len(problem.mentor_ids),
        )
        self.problem = problem
        self.widths = (pairs, mentees, mentors)
        own = self.matrix(problem.mentees, np.arange(pairs), mentees)
        theirs = self.matrix(problem.mentors, np.arange(pairs), mentors)
        covered = self.matrix(np.arange(mentees), pairs + np.arange(mentees), mentees)
        used = self.matrix(np.arange(mentors), pairs + mentees + np.arange(mentors), mentors)
        self.rows = [own, theirs, -theirs, covered - own, used - theirs]
        self.most = [problem.wants, problem.seats, -problem.at_least]
        self.most += [np.zeros(mentees), np.zeros(mentors)]

    def matrix(self, rows, columns, height):
        return coo_array((np.ones(len(rows)), (rows, columns)), shape=(height, sum(self.widths)))

    def goal(self, *parts):
        """A row over all variables; None stands for no weight."""
        return np.concatenate(
            [np.zeros(n) if one is None else one for n, one in zip(self.widths, parts, strict=True)]
        )

    def largest(self, goal):
        """The largest value of a goal, which from then on is held."""
        found = linprog(
            -goal / np.abs(goal).max(),
            A_ub=vstack(self.rows),
            b_ub=np.concatenate(self.most),
            bounds=(0, 1),
            method="highs",
        )
        assert np.allclose(found.x, np.rint(found.x))
        value = int(np.rint(found.x) @ goal)
        self.rows.append(coo_array(-goal[None, :]))
        self.most.append(np.array([-value]))
        return value

    def covered(self):
        return self.largest(self.goal(None, np.ones(self.widths[1]), None))

    def used(self):
        return self.largest(self.goal(None, None, np.ones(self.widths[2])))

    def total(self):
        return self.largest(self.goal(self.problem.fits.astype(float), None, None))


def counted(problem, result):
    mentors = len(np.unique(problem.mentors[result.chosen]))
    return result.covered(problem), mentors, result.total(problem)


@pytest.mark.parametrize("wants", [1, 3])
@pytest.mark.parametrize("spare", [0.8, 1.2])
def test_best_of_three_hundred_with_a_hundred_and_twenty(wants, spare):
    problem = medium(5, mentees=300, mentors=120, share=0.1, spare=spare, wants=wants)
    program = Program(problem)
    covered, _, total = counted(problem, best(problem))
    assert (covered, total) == (program.covered(), program.total())


@pytest.mark.parametrize("wants", [1, 2])
@pytest.mark.parametrize("seed", range(2))
def test_most_mentors_come_after_coverage_and_before_the_fit(seed, wants):
    problem = medium(seed, mentees=120, mentors=90, share=0.08, spare=1.6, wants=wants)
    program = Program(problem)
    expected = program.covered(), program.used(), program.total()
    assert counted(problem, best(problem, most_mentors=True)) == expected


@pytest.mark.parametrize("most_mentors", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_lower_bounds_come_before_everything(seed, most_mentors):
    given = medium(seed, mentees=120, mentors=50, spare=1.5, wants=2)
    problem = replace(given, at_least=np.minimum(given.seats, 1 + np.arange(50) % 2))
    program = Program(problem)
    covered = program.covered()
    used = program.used() if most_mentors else None
    expected = covered, used, program.total()
    found = counted(problem, best(problem, most_mentors=most_mentors))
    assert (found[0], found[1] if most_mentors else None, found[2]) == expected


@pytest.mark.parametrize("seed", range(2))
def test_fair_of_three_hundred_with_a_hundred_and_twenty(seed):
    problem = medium(seed, mentees=300, mentors=120, share=0.06, spare=1.1)
    most = Program(problem).covered()
    levels = np.unique(problem.fits)
    low, high = 0, len(levels)
    while high - low > 1:
        middle = (low + high) // 2
        enough = Program(problem.only(problem.fits >= levels[middle])).covered() == most
        low, high = (middle, high) if enough else (low, middle)
    result = solve(problem, Mode.FAIR)
    program = Program(problem.only(problem.fits >= levels[low]))
    assert problem.fits[result.chosen].min() == result.proof.least_fit == levels[low]
    covered, _, total = counted(problem, result)
    assert (covered, total) == (program.covered(), program.total())


@pytest.mark.parametrize("seed", range(3))
def test_choice_adds_up_to_the_least_ranks_of_an_assignment(seed):
    given = medium(seed, mentees=150, mentors=60, share=0.15, spare=0.9)
    chance = np.random.default_rng(seed)
    problem = replace(given, mentee_ranks=chance.integers(1, 9, len(given.fits)))
    bonus = 10**9
    table = np.zeros((150, 60))
    table[problem.mentees, problem.mentors] = bonus - problem.mentee_ranks
    table = np.repeat(table, problem.seats, axis=1)
    got = table[linear_sum_assignment(table, maximize=True)]
    ranks = bonus - got[got > 0]
    result = solve(problem, Mode.CHOICE)
    found = len(result.chosen), int(problem.mentee_ranks[result.chosen].sum())
    assert found == (len(ranks), int(ranks.sum()))


@pytest.mark.parametrize("most_mentors", [False, True])
@pytest.mark.parametrize("wants", [1, 3])
def test_a_dense_market_given_in_portions_with_every_option(wants, most_mentors):
    problem = medium(7, mentees=40, mentors=75, share=1.0, spare=1.4, wants=wants)
    program = Program(problem)
    covered = program.covered()
    used = program.used() if most_mentors else None
    expected = covered, used, program.total()
    found = counted(problem, best(problem, most_mentors=most_mentors))
    assert (found[0], found[1] if most_mentors else None, found[2]) == expected
