"""Bounds of tiles against exact scores: whatever the floors, a bound never loses a pair."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorwell.core.pairing import FitScorer, MentorPool, fits
from mentorwell.core.pairing.tiles import Rows, Tile
from tests.core.pairing.people import TREE, all_weights, some_mentees, some_mentors


SPARSE, DENSE = 1, 10**9  # never crowded, always crowded


def tile_of(mentees, mentors, weights):
    """Everybody in one tile, and the exact scores by `fits` in the order of the tile."""
    pool = MentorPool.build(mentors, TREE)
    scorer = FitScorer.build(mentees, pool, weights)
    everyone = np.arange(len(mentees))
    rows = Rows.build(scorer.asking, scorer.codes, scorer.instants, everyone)
    (block,) = scorer.columns
    scores = fits(mentees, pool, weights).scores.astype(np.int64)
    return rows, block, scores[:, block.mentors]


@pytest.mark.parametrize("crowded", [SPARSE, DENSE])
@given(
    mentees=some_mentees(4),
    mentors=some_mentors(5),
    weights=all_weights(),
    chance=st.integers(0, 2**32 - 1).map(np.random.default_rng),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_exactly_the_pairs_that_reach_a_floor_are_found(
    crowded, *, mentees, mentors, weights, chance
):
    rows, block, scores = tile_of(mentees, mentors, weights)
    # floors that are somebody's very score, or just above it: the border of every bound
    own = chance.choice(scores.ravel(), len(mentees)) + chance.integers(0, 2, len(mentees))
    theirs = chance.choice(scores.ravel(), len(mentors)) + chance.integers(0, 2, len(mentors))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mentorwell.core.pairing.tiles.CROWDED", crowded)
        found = Tile(rows, block).reaching(own, theirs)
    reached = np.nonzero(scores >= np.minimum(own[:, None], theirs))
    assert [row.tolist() for row in found[:2]] == [row.tolist() for row in reached]
    assert found[2].tolist() == scores[reached].tolist()
