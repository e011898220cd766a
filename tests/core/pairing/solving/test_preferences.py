"""Who likes whom better: by lists, or by the fits where there are none."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.pairing import Problem
from mentorwell.core.pairing.preferences import Preferences, are_strict, lists
from mentorwell.core.pairing.ranked import ranked


def market(fits=(0.9, 0.5, 0.5), **more):
    """Ann could have mia or ned, ben could have mia."""
    return Problem.build(
        mentee_ids=["ann", "ben"],
        mentor_ids=["mia", "ned"],
        mentees=[0, 0, 1],
        mentors=[0, 1, 0],
        fits=fits,
        **more,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (True, True)),
        ({"fits": (0.5, 0.5, 0.9)}, (False, True)),
        ({"fits": (0.5, 0.9, 0.5)}, (True, False)),
        ({"fits": (0.5, 0.5, 0.5)}, (False, False)),
        ({"mentee_ranks": [1, 1, 1]}, (False, True)),
        ({"mentor_ranks": [1, 1, 1]}, (True, False)),
        ({"fits": (0.5, 0.5, 0.5), "mentee_ranks": [1, 2, 1]}, (True, False)),
        ({"mentee_ranks": [1, 1, 1], "seats": [1, 0]}, (True, True)),  # nobody can have ned
    ],
)
def test_lists_are_strict_where_nobody_open_is_ranked_equal(given, expected):
    assert are_strict(market(**given)) == expected


def test_a_market_of_nobody_is_strict():
    nobody = Problem.build(mentee_ids=[], mentor_ids=[], mentees=[], mentors=[], fits=[])
    assert are_strict(nobody) == (True, True)


def test_without_lists_the_better_fit_is_liked_better():
    taste = Preferences.of(market((0.9, 0.5, 0.7), mentor_ranks=[2, 1, 1]))
    assert taste.mentee_ranks.tolist() == [0, 400_000, 200_000]
    assert taste.mentor_ranks.tolist() == [2, 1, 1]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 9)), max_size=12))
@pytest.mark.parametrize("scale", [1, 2**61])  # one key of person and rank, and more than 64 bits
def test_entries_come_by_person_then_rank_then_lot_and_ties_are_numbered(scale, entries):
    rows = np.array(entries, dtype=np.int64).reshape(-1, 3)
    order, ties = lists(rows[:, 0], rows[:, 1] * scale, rows[:, 2].astype(np.uint64))
    listed = rows[order].tolist()
    assert listed == sorted(listed)
    heads = [(person, rank) for person, rank, _ in listed]
    steps = [int(one != other) for one, other in pairwise(heads)]
    assert ties.tolist() == np.cumsum([0, *steps])[: len(heads)].tolist()


def test_those_not_on_a_list_come_behind_it_by_their_fits_or_are_not_accepted():
    problem = Problem.build(
        mentee_ids=["ann"],
        mentor_ids=["mia", "ned", "zoe"],
        mentees=[0] * 3,
        mentors=[0, 1, 2],
        fits=[0.9, 0.2, 0.5],
    )
    only = ranked(problem, mentees=[(0, 1, 1)])
    assert (only.mentors.tolist(), only.mentee_ranks.tolist()) == ([1], [1])
    every = ranked(problem, mentees=[(0, 1, 1)], only_listed=False)
    assert np.argsort(every.mentee_ranks).tolist() == [1, 0, 2]
    assert every.mentor_ranks is None
