"""Ranked lists laid over a problem: who is acceptable to whom, and in which order."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mentorwell.core.pairing.preferences import lists
from mentorwell.core.pairing.problem import Problem
from mentorwell.core.pairing.ragged import Index


Ranking = Sequence[tuple[int, int, int]]
"""Rows of (person, rank from 1, other), by places; the same rank twice is a tie."""


def ranked(
    problem: Problem,
    *,
    mentees: Ranking | None = None,
    mentors: Ranking | None = None,
    only_listed: bool = True,
) -> Problem:
    """Return the problem with the lists of either side or both.

    Who gave a list accepts only those on it, or with `only_listed` off everybody else behind
    them, in the order of the fits; who gave none accepts everybody eligible in that order. A name on a list that is not eligible is passed over. Without any list of
    one side, that side has no ranks at all and goes by the fits.
    """
    keep = np.ones(len(problem.fits), dtype=bool)
    sides = (
        (mentees, problem.mentees, problem.mentors),
        (mentors, problem.mentors, problem.mentees),
    )
    ranks: list[Index | None] = []
    for ranking, people, others in sides:
        if ranking is None:
            ranks.append(None)
            continue
        given = {(person, other): rank for person, rank, other in ranking}
        listed = np.array(
            [given.get(pair, 0) for pair in zip(people.tolist(), others.tolist(), strict=True)],
            dtype=np.int64,
        )
        has_list = np.isin(people, [person for person, _, _ in ranking])
        if only_listed:
            keep &= ~has_list | (listed > 0)
        last = np.zeros(int(people.max(initial=-1)) + 1, dtype=np.int64)
        np.maximum.at(last, people, listed)
        behind = last[people] + _by_fit(problem, people)
        ranks.append(np.where(listed > 0, listed, behind))
    cut = problem.only(keep)
    return replace(
        cut,
        mentee_ranks=None if ranks[0] is None else ranks[0][keep],
        mentor_ranks=None if ranks[1] is None else ranks[1][keep],
    )


def _by_fit(problem: Problem, people: Index) -> Index:
    """Rank everybody's pairs by fit from 1, equal fits alike."""
    most = int(problem.fits.max(initial=0))
    order, ties = lists(people, most - problem.fits, np.zeros(len(people), dtype=np.uint64))
    before = np.full(int(people.max(initial=-1)) + 1, len(people))  # ties of people before them
    np.minimum.at(before, people[order], ties)
    result = np.zeros(len(people), dtype=np.int64)
    result[order] = ties - before[people[order]] + 1
    return result
