"""Whole markets: from a scorer of all pairs to a verified result, by way of candidates.

A result over candidates is best over candidates only. Here it is closed: pairs outside that the
prices would let in are looked for among *all* pairs, added, and the problem is solved again,
until there is none. Then nothing better exists in the whole market.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.candidates import (
    CANDIDATES,
    Tied,
    best_mentors,
    candidates,
)
from mentorwell.core.pairing.objective import best_objective
from mentorwell.core.pairing.optimal import best, fair
from mentorwell.core.pairing.prices import UNREACHABLE, worth_more_than
from mentorwell.core.pairing.problem import Problem, hashes
from mentorwell.core.pairing.ragged import Index, places_in_rows
from mentorwell.core.pairing.result import Mode, Result
from mentorwell.core.pairing.scoring import Avoiding, Scored, Scorer, joined
from mentorwell.core.pairing.solving import solve, verified
from mentorwell.core.pairing.stable import stable
from mentorwell.core.pairing.verify import Verdict


ADDED = 30  # pairs outside the candidates that one mentee may bring in at a time
LONGER = 4  # how many times longer a list becomes when all of it has refused

Progress = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class People(FrozenArrays):
    """Who takes part, beside their scores: as in `Problem`."""

    mentee_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    wants: Index
    seats: Index
    at_least: Index
    fixed: Index
    seed: int = 0

    def problem(self, pairs: Scored) -> Problem:
        """Return the problem of some pairs; raises as `Problem.build`."""
        return Problem.build(
            mentee_ids=self.mentee_ids,
            mentor_ids=self.mentor_ids,
            mentees=pairs.mentees,
            mentors=pairs.mentors,
            fits=pairs.scores,
            wants=self.wants,
            seats=self.seats,
            at_least=self.at_least,
            fixed=self.fixed,
            seed=self.seed,
        )

    @property
    def tied(self) -> Tied:
        """How equal scores are told apart."""
        return Tied(
            hashes(self.seed, "mentee", self.mentee_ids),
            hashes(self.seed, "mentor", self.mentor_ids),
        )


@dataclass(frozen=True, eq=False)
class Solved:
    """A verified result of a whole market.

    `gap` is how much better, in the units of the objective, a result over all pairs might be: 0
    is proved best. None where nothing is said beyond the candidates (`fair`). A gap of at least
    `cover` may mean more mentees covered.
    """

    problem: Problem
    result: Result
    verdict: Verdict
    gap: int | None
    cover: int
    rounds: int


def solve_whole(problem: Problem, mode: Mode = Mode.BEST, *, most_mentors: bool = False) -> Solved:
    """Return the verified result of a problem that holds all eligible pairs; raises as `solve`."""
    result = solve(problem, mode, most_mentors=most_mentors)
    return _checked(problem, result, 0, 1)


def solve_market(
    scorer: Scorer,
    people: People,
    mode: Mode = Mode.BEST,
    *,
    count: int = CANDIDATES,
    most_mentors: bool = False,
    avoid: Sequence[tuple[int, int]] = (),
    executor: Executor | None = None,
    is_enough: Callable[[], bool] = lambda: False,
    progress: Progress = lambda *_: None,
) -> Solved:
    """Find candidates, solve, close the gap, verify.

    Pairs to `avoid`, by the places of mentee and mentor, never come out. `is_enough` is asked
    before each further round of closing: say yes when the time is up, and the gap that is left
    is returned. The result is the same whatever the executor, which serves the search for
    candidates; lists of `stable` are made here. Raises ValueError for the mode `choice` (ranked lists name their pairs: build the `Problem` of them),
    and as `best`, `fair` and `stable`; AssertionError if a result does not verify, which would be
    a fault of this engine.
    """
    if mode is Mode.CHOICE:
        raise ValueError("The mode 'choice' needs ranked lists, which name their pairs.")
    if avoid:
        scorer = Avoiding.of(scorer, avoid, len(people.mentor_ids))
    if mode is Mode.STABLE:
        return _stable(scorer, people, count, progress)
    if people.at_least.any():
        # who must have mentees may need some who are nobody's best: all pairs, or no promise
        count = max(count, len(people.mentee_ids), len(people.mentor_ids))
    progress("candidates", 0.0)
    found = candidates(scorer, people.tied, count, executor=executor, progress=progress)
    pairs, kept = found.pairs, found.last_scores
    if mode is Mode.FAIR:
        problem = people.problem(pairs)
        result = fair(problem)
        return _checked(problem, result, None, 1)
    rounds = 0
    while True:
        rounds += 1
        problem = people.problem(pairs)
        progress("solving", rounds)
        result = best(problem, most_mentors=most_mentors)
        outside, room = _outside(scorer, problem, result, kept, most_mentors=most_mentors)
        if not len(outside.scores) or is_enough():
            return _checked(problem, result, room, rounds)
        pairs = joined([pairs, outside])


def _checked(problem: Problem, result: Result, room: int | None, rounds: int) -> Solved:
    verdict = verified(problem, result)
    gap = None if room is None else verdict.bound + room - verdict.value
    return Solved(problem, result, verdict, gap, best_objective(problem).cover, rounds)


def _outside(
    scorer: Scorer, problem: Problem, result: Result, kept: Index, *, most_mentors: bool
) -> tuple[Scored, int]:
    """Find pairs outside the candidates that the prices let in, and what they could add at most.

    A mentee's pairs outside score at most the last of their candidates (`kept`, -1 if there are
    none outside), so only those are searched whose worth at these prices is below that.
    """
    assert result.proof is not None  # noqa: S101 -- `best` carries one
    prices = result.proof.prices
    objective = best_objective(problem, most_mentors=most_mentors)
    needed = worth_more_than(problem, objective.cover, prices)
    open_mentor = problem.seats_left > 0
    cheapest = int(prices[open_mentor].min(initial=UNREACHABLE))
    asking = np.flatnonzero((problem.wants_left > 0) & (kept > needed + cheapest))
    found: list[Scored] = []
    for block, mentors in enumerate(scorer.blocks):
        taking = mentors[open_mentor[mentors]]
        if not len(taking) or not len(asking):
            continue
        floors = needed[asking] + int(prices[taking].min()) + 1
        some = kept[asking] >= floors
        nobody = np.full(len(mentors), UNREACHABLE)
        if not some.any():
            continue
        hits = scorer.view(asking[some]).at_least(block, np.maximum(floors[some], 0), nobody)
        gains = hits.scores - prices[hits.mentors]
        found.append(hits.where((gains > needed[hits.mentees]) & open_mentor[hits.mentors]))
    outside = joined(found)
    outside = outside.where(~_known(problem, outside))
    gains = outside.scores - prices[outside.mentors]
    order = np.lexsort((outside.mentors, -gains, outside.mentees))
    outside, gains = outside.where(order), gains[order]
    sizes = np.bincount(outside.mentees, minlength=len(needed))
    place = places_in_rows(sizes)
    counted = place < problem.wants_left[outside.mentees]
    # each of the best `wants` could add no more than it lies above what is needed
    room = int((gains - needed[outside.mentees])[counted].astype(object).sum()) if len(gains) else 0
    return outside.where(place < ADDED), room


def _known(problem: Problem, pairs: Scored) -> NDArray[np.bool_]:
    """Which pairs the problem holds already, as eligible or as fixed."""
    width = len(problem.mentor_ids)
    keys = pairs.mentees * width + pairs.mentors
    have = problem.mentees * width + problem.mentors  # sorted, as the problem's pairs are
    place = np.minimum(np.searchsorted(have, keys), max(len(have) - 1, 0))
    known = have[place] == keys if len(have) else np.zeros(len(keys), dtype=bool)
    return known | np.isin(keys, problem.fixed[:, 0] * width + problem.fixed[:, 1])


def _stable(scorer: Scorer, people: People, count: int, progress: Progress) -> Solved:
    """Lists as long as needed: a mentee refused by a whole list is given a longer one.

    Whoever is matched prefers their mentor to all beyond their list, and whoever is not has seen
    everybody: so the result is weakly stable in the whole market.
    """
    everyone = np.arange(scorer.mentee_count)
    lists = best_mentors(scorer, people.tied, everyone, count)
    lengths = np.full(len(everyone), count)
    rounds = 0
    while True:
        rounds += 1
        progress("solving", rounds)
        problem = people.problem(lists)
        result = stable(problem)
        held = np.bincount(problem.mentees[result.chosen], minlength=len(everyone))
        listed = np.bincount(lists.mentees, minlength=len(everyone))
        short = np.flatnonzero((held < problem.wants_left) & (listed >= lengths))
        if not len(short):
            return _checked(problem, result, None, rounds)
        lengths[short] *= LONGER
        kept = lists.where(~np.isin(lists.mentees, short))
        longer = [
            best_mentors(scorer, people.tied, short[lengths[short] == length], int(length))
            for length in np.unique(lengths[short])
        ]
        lists = joined([kept, *longer])
