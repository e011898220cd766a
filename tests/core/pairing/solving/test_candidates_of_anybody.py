"""Candidates of any people whatever, in blocks so small that every block has a border."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorwell.core.pairing import FitScorer, MentorPool, fits
from mentorwell.core.pairing.candidates import Tied, best_mentors, candidates
from mentorwell.core.pairing.order import mixed
from mentorwell.core.pairing.problem import hashes
from mentorwell.core.pairing.scoring import Avoiding
from tests.core.pairing.people import TREE, all_weights, some_mentees, some_mentors


SMALL = {
    "mentorwell.core.pairing.fitscores.BLOCK": 3,
    "mentorwell.core.pairing.fitscores.ROWS": 2,
    "mentorwell.core.pairing.candidates.GROUP": 4,
    "mentorwell.core.pairing.candidates.FIRST": 2,
    "mentorwell.core.pairing.candidates.TASK": 3,
}


@pytest.fixture(scope="module", params=[False, True], ids=["large blocks", "small blocks"])
def blocks(request):
    with pytest.MonkeyPatch.context() as patch:
        for name, size in SMALL.items() if request.param else ():
            patch.setattr(name, size)
        yield


def tied_of(mentees, mentors):
    return Tied(
        hashes(3, "mentee", [one.id for one in mentees]),
        hashes(3, "mentor", [one.id for one in mentors]),
    )


def table_of(mentees, mentors, weights, avoid):
    """The scores of all pairs by `fits`, -1 for pairs to avoid and for people with themselves."""
    scores = fits(mentees, MentorPool.build(mentors, TREE), weights).scores.astype(np.int64)
    for i, one in enumerate(mentees):
        for j, other in enumerate(mentors):
            if one.id == other.id or (i, j) in avoid:
                scores[i, j] = -1
    return scores


def best_of(scores, lots, count):
    order = np.lexsort((lots, -scores))[:count]
    return {int(one) for one in order if scores[one] >= 0}


@given(
    mentees=some_mentees(7),
    mentors=some_mentors(9),
    weights=all_weights(),
    count=st.integers(1, 5),
    both=st.integers(0, 3),
    avoid=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 8)), max_size=6),
)
@settings(max_examples=60)
def test_candidates_are_the_best_by_fits_of_both_sides(
    blocks, *, mentees, mentors, weights, count, both, avoid
):
    shared = min(both, len(mentees), len(mentors))
    people = [
        *(replace(one, id=mentors[at].id) for at, one in enumerate(mentees[:shared])),
        *mentees[shared:],
    ]
    avoid = {(i, j) for i, j in avoid if i < len(people) and j < len(mentors)}
    scores = table_of(people, mentors, weights, avoid)
    tied = tied_of(people, mentors)
    lots = mixed(tied.mentees[:, None] ^ mixed(tied.mentors))
    own = {(i, j) for i in range(len(people)) for j in best_of(scores[i], lots[i], count)}
    theirs = {(i, j) for j in range(len(mentors)) for i in best_of(scores[:, j], lots[:, j], count)}
    scorer = FitScorer.build(people, MentorPool.build(mentors, TREE), weights)
    scorer = Avoiding.of(scorer, sorted(avoid), len(mentors))

    found = candidates(scorer, tied, count)
    pairs = list(zip(found.pairs.mentees.tolist(), found.pairs.mentors.tolist(), strict=True))
    assert pairs == sorted(own | theirs)
    assert found.pairs.scores.tolist() == [scores[pair] for pair in pairs]
    for i, last in enumerate(found.last_scores.tolist()):
        outside = [scores[i, j] for j in range(len(mentors)) if (i, j) not in pairs]
        assert max(outside, default=-1) <= last

    everyone = np.arange(len(people))
    listed = best_mentors(scorer, tied, everyone, count)
    assert set(zip(listed.mentees.tolist(), listed.mentors.tolist(), strict=True)) == own
