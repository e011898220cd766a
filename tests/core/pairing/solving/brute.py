"""Every result there is, for markets small enough to list them all."""

from functools import cache

import numpy as np

from mentorwell.core.pairing import Problem
from mentorwell.core.pairing.preferences import Preferences


@cache
def subsets(count):
    """All subsets of so many pairs, as rows of 0 and 1."""
    return (np.arange(2**count)[:, None] >> np.arange(count)) & 1


class AllResults:
    """The feasible results of a problem and what each is worth."""

    def __init__(self, problem: Problem, *, lower_bounds: bool = True) -> None:
        self.problem = problem
        self.open = np.flatnonzero(problem.open_pairs)
        chosen = subsets(len(self.open))
        self.mentees = np.zeros((len(self.open), len(problem.mentee_ids)), dtype=int)
        self.mentors = np.zeros((len(self.open), len(problem.mentor_ids)), dtype=int)
        self.mentees[np.arange(len(self.open)), problem.mentees[self.open]] = 1
        self.mentors[np.arange(len(self.open)), problem.mentors[self.open]] = 1
        fits = (chosen @ self.mentees <= problem.wants_left).all(axis=1)
        fits &= (chosen @ self.mentors <= problem.seats_left).all(axis=1)
        if lower_bounds:
            fits &= (chosen @ self.mentors >= problem.at_least_left).all(axis=1)
        self.chosen = chosen[fits]

    def __len__(self):
        return len(self.chosen)

    @property
    def covered(self):
        return ((self.chosen @ self.mentees > 0) & self.problem.waiting).sum(axis=1)

    @property
    def used(self):
        fresh = self.problem.seats_left == self.problem.seats
        return ((self.chosen @ self.mentors > 0) & fresh).sum(axis=1)

    def total(self, numbers):
        return self.chosen @ numbers[self.open]

    @property
    def worst(self):
        """The worst-off covered mentee's best new pair, of each result; 0 where nobody is covered."""
        fits = self.problem.fits[self.open] + 1
        best = (self.chosen[:, :, None] * (fits[:, None] * self.mentees)).max(axis=1, initial=0)
        best = np.where(self.problem.waiting & (best > 0), best, 2**40)
        least = best.min(axis=1, initial=2**40)
        return np.where(least == 2**40, 1, least) - 1

    def stable(self):
        """The rows of those that no open pair would rather leave."""
        taste = Preferences.of(self.problem)
        keep = np.ones(len(self.chosen), dtype=bool)
        sides = (
            (self.mentees, taste.mentee_ranks[self.open], self.problem.wants_left),
            (self.mentors, taste.mentor_ranks[self.open], self.problem.seats_left),
        )
        for place in range(len(self.open)):
            wanted = self.chosen[:, place] == 0
            for people, ranks, left in sides:
                person = people[place].argmax()
                held = self.chosen * people[:, person]
                room = held.sum(axis=1) < left[person]
                worst = (held * ranks).max(axis=1, initial=0)
                wanted &= room | (ranks[place] < worst)
            keep &= ~wanted
        return np.flatnonzero(keep)

    def pairs(self, row):
        return frozenset(
            (
                self.problem.mentee_ids[self.problem.mentees[one]],
                self.problem.mentor_ids[self.problem.mentors[one]],
            )
            for one in self.open[self.chosen[row] == 1]
        )


def named(problem, result):
    """The pairs of a result, by ids."""
    return frozenset(
        (problem.mentee_ids[i], problem.mentor_ids[j]) for i, j in result.pairs(problem).tolist()
    )


def small_problem(chance, *, most=4, pairs=9, ranks=False, strict=False, plain=False, seed=0):
    """A random problem of up to `most` by `most` people with at most so many pairs."""
    mentees, mentors = chance.integers(1, most + 1), chance.integers(1, most + 1)
    every = [(i, j) for i in range(mentees) for j in range(mentors) if chance.random() < 0.7]
    every = [every[place] for place in chance.permutation(len(every))[:pairs]]
    wants = (
        np.ones(mentees, dtype=int)
        if plain or chance.random() < 0.4
        else chance.integers(1, 3, mentees)
    )
    seats = chance.integers(0, 3, mentors)
    fixed = []
    for i, j in [] if plain else every:
        room = sum(a == i for a, _ in fixed) < wants[i] and sum(b == j for _, b in fixed) < seats[j]
        if room and chance.random() < 0.15:
            fixed.append((i, j))
    some = chance.choice([2, 10, 1_000_001])
    lists = {}
    if ranks:
        top = 10_000 if strict else 4
        lists = {
            kind: chance.permutation(top)[: len(every)] + 1
            if strict
            else chance.integers(1, top, len(every))
            for kind in ("mentee_ranks", "mentor_ranks")
        }
    return Problem.build(
        mentee_ids=[f"i{one}" for one in range(mentees)],
        mentor_ids=[f"j{one}" for one in range(mentors)],
        mentees=[i for i, _ in every],
        mentors=[j for _, j in every],
        fits=chance.integers(0, some, len(every)),
        wants=wants,
        seats=seats,
        at_least=0
        if plain or chance.random() < 0.7
        else np.minimum(seats, chance.integers(0, 2, mentors)),
        fixed=fixed,
        seed=seed,
        **lists,
    )
