"""The best 30 of everyone on realistic profiles, against scoring all pairs.

Ours returns the exact top 30 of each mentee *and* of each mentor. The others score every pair and
take each mentee's top 30 by `argpartition`: dense NumPy as one would write it, our own dense `fits`,
and a plain Python loop. All from profiles, on one core each; the scores found are asserted equal.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bench._apart import measured
from bench._dense import dense_candidates
from bench._plain import plain_fits
from bench.fit import WEIGHTS, realistic_people, realistic_tree
from mentorwell.core.pairing import FitScorer, MentorPool, fits
from mentorwell.core.pairing.candidates import Tied, candidates
from mentorwell.core.pairing.problem import hashes


COUNT = 30
MENTEES, MENTORS = 24_000, 12_000
FEWER = 3_000  # mentees whom the dense ways score at a time, to keep them out of swap


def ours() -> Callable[[], Any]:
    tree = realistic_tree()
    mentees, mentors = realistic_people(MENTEES, MENTORS, tree)

    def work() -> Any:
        scorer = FitScorer.build(mentees, MentorPool.build(mentors, tree), WEIGHTS)
        tied = Tied(
            hashes(0, "mentee", [one.id for one in mentees]),
            hashes(0, "mentor", [one.id for one in mentors]),
        )
        found = candidates(scorer, tied, COUNT)
        return found.last_scores[:FEWER]

    return work


def dense_fits() -> Callable[[], Any]:
    tree = realistic_tree()
    mentees, mentors = realistic_people(MENTEES, MENTORS, tree)

    def work() -> Any:
        scores = fits(mentees[:FEWER], MentorPool.build(mentors, tree), WEIGHTS).scores
        best = np.argpartition(-scores, COUNT - 1, axis=1)[:, :COUNT]
        return np.take_along_axis(scores, best, axis=1).min(axis=1)

    return work


def dense_numpy() -> Callable[[], Any]:
    tree = realistic_tree()
    mentees, mentors = realistic_people(MENTEES, MENTORS, tree)

    def work() -> Any:
        scores, best = dense_candidates(mentees[:FEWER], mentors, tree, WEIGHTS, COUNT)
        return np.take_along_axis(scores, best, axis=1).min(axis=1)

    return work


def plain() -> Callable[[], Any]:
    tree = realistic_tree()
    mentees, mentors = realistic_people(MENTEES, MENTORS, tree)

    def work() -> Any:
        scored = plain_fits(mentees[:20], mentors[:1000], tree, WEIGHTS)
        return [sorted((pair.score for pair in row), reverse=True)[:COUNT] for row in scored]

    return work


def run() -> Iterator[str]:
    """Measure and yield the rows to print."""
    own = measured(ours, times=3)
    each = own.seconds / (MENTEES * MENTORS / 1e6)
    yield f"{MENTEES:,} x {MENTORS:,}: ours {own.seconds:.2f} s, {each:.4f} s per million pairs, {own.peak:.2f} GB"
    for words, way, pairs, times in (
        ("our dense fits + argpartition", dense_fits, FEWER * MENTORS, 3),
        ("dense NumPy + argpartition", dense_numpy, FEWER * MENTORS, 1),
        ("plain Python + sort", plain, 20 * 1000, 3),
    ):
        other = measured(way, times=times)
        if way is not plain:
            assert np.allclose(
                other.answer, own.answer * (1 if way is dense_fits else 1e-6), atol=2e-6
            )
        per = other.seconds / (pairs / 1e6)
        yield f"  {words:32} {per:8.4f} s per million pairs, {other.peak:5.2f} GB: {per / each:.1f} times ours"
