"""The candidates: the best mentors of every mentee and the best mentees of every mentor, exactly.

Work is cut into tasks over mentees for any `concurrent.futures.Executor`. Results are the same
whatever the executor: each task is exact over its mentees, tasks are joined in order, and equal
scores are told apart by hashed ids.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.pairing.order import mixed
from mentorwell.core.pairing.preferences import lists
from mentorwell.core.pairing.prices import UNREACHABLE
from mentorwell.core.pairing.ragged import Index, places_in_rows
from mentorwell.core.pairing.scoring import Scored, Scorer, joined


CANDIDATES = 30  # per person
FIRST = 2048  # mentees who set the mentors' floors before the others are looked at
TASK = 8192  # mentees at most; what a worker is sent with each is the whole scorer
TASKS = 8  # at least, so that every worker has some
GROUP = 1024  # mentees that look at a block together
SAMPLE = 512  # mentees by whom mentors set their first floors
AHEAD = 4  # tasks that may be under way: floors rise from each to the next
MERGED = 4  # per mentor: so many new mentees wait before they are merged with the best so far


@dataclass(frozen=True, slots=True)
class Tied:
    """How equal scores are told apart: hashes of mentees and mentors."""

    mentees: NDArray[np.uint64]
    mentors: NDArray[np.uint64]

    def lots(self, pairs: Scored) -> NDArray[np.uint64]:
        """Return a number per pair; the smaller comes first."""
        return mixed(self.mentees[pairs.mentees] ^ mixed(self.mentors[pairs.mentors]))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate pairs, sorted by mentee, then mentor, each once.

    `last_scores` tells for each mentee the lowest score of their own best `count`: no pair
    outside scores more. It is -1 for a mentee who has no pair outside.
    """

    pairs: Scored
    last_scores: Index


def candidates(
    scorer: Scorer,
    tied: Tied,
    count: int = CANDIDATES,
    *,
    executor: Executor | None = None,
    progress: Callable[[str, float], None] = lambda *_: None,
) -> Candidates:
    """Return each mentee's `count` best mentors and each mentor's `count` best mentees.

    Time is that of bounding all pairs, 15 to 20 ns each; memory that of the result and of one
    task per worker. `progress` hears "candidates" and the share done.
    """
    first, rest = _tasks(scorer)
    mentors = sum(len(block) for block in scorer.blocks)
    mine, theirs = _search(scorer, tied, count, first, _first_floors(scorer, first, count))
    floors = _floors(theirs.mentors, theirs.scores, mentors, count)
    found, waiting = [mine], list[Scored]()
    running: deque[Callable[[], tuple[Scored, Scored]]] = deque()
    ahead = AHEAD if executor else 1
    for done, task in enumerate([*rest, *[None] * ahead]):
        if task is not None:
            running.append(_started(executor, scorer, tied, count, task, floors))
        if running and (task is None or len(running) == ahead):
            own, others = running.popleft()()
            found.append(own)
            waiting.append(others.where(others.scores >= floors[others.mentors]))
            if sum(len(few.scores) for few in waiting) > MERGED * mentors:
                theirs = _kept(joined([theirs, *waiting]), tied, count, by_mentor=True)
                floors = _floors(theirs.mentors, theirs.scores, mentors, count)
                waiting = []
            progress("candidates", min(1.0, (done + 1) / len(rest)))
    theirs = _kept(joined([theirs, *waiting]), tied, count, by_mentor=True)
    own = joined(found)
    last = _floors(own.mentees, own.scores, scorer.mentee_count, count)
    last[np.bincount(own.mentees, minlength=len(last)) < count] = -1
    every = joined([own, theirs])
    key = np.unique(every.mentees * max(mentors, 1) + every.mentors, return_index=True)[1]
    return Candidates(every.where(key), last)


def best_mentors(scorer: Scorer, tied: Tied, mentees: Index, count: int) -> Scored:
    """Return the `count` best mentors of some mentees, sorted by mentee and score."""
    mentors = sum(len(block) for block in scorer.blocks)
    nobody = np.full(mentors, UNREACHABLE, dtype=np.int64)
    return _search(scorer, tied, count, mentees, nobody)[0]


def _tasks(scorer: Scorer) -> tuple[Index, list[Index]]:
    """A sample of mentees that sets the mentors' floors, and tasks of the others."""
    alike = scorer.similar()
    is_first = np.zeros(len(alike), dtype=bool)
    is_first[:: max(1, len(alike) // FIRST)] = True
    rest = alike[~is_first]
    size = min(TASK, -(-len(rest) // TASKS) or 1)
    return alike[is_first], [rest[at : at + size] for at in range(0, len(rest), size)]


def _first_floors(scorer: Scorer, mentees: Index, count: int) -> Index:
    """What `count` of a small sample of mentees reach with each mentor."""
    floors = np.zeros(sum(len(block) for block in scorer.blocks), dtype=np.int64)
    sample = mentees[:: max(1, len(mentees) // SAMPLE)]
    if len(sample) >= count:
        view = scorer.view(sample)
        for number, block in enumerate(scorer.blocks):
            scores = view.every(number)
            floors[block] = np.maximum(np.partition(scores, -count, axis=0)[-count], 0)
    return floors


def _started(
    executor: Executor | None, scorer: Scorer, *work: Any
) -> Callable[[], tuple[Scored, Scored]]:
    """Start a search, and return what waits for its result."""
    if executor is None:
        return partial(_search, scorer, *work)
    return executor.submit(_search, scorer, *work).result


def _search(
    scorer: Scorer, tied: Tied, count: int, mentees: Index, floors: Index
) -> tuple[Scored, Scored]:
    """Return the best mentors of these mentees, and of these mentees the best of each mentor."""
    mine: list[Scored] = []
    theirs: list[Scored] = []
    if not scorer.blocks:
        return joined([]), joined([])
    floors = floors.copy()
    pending = 0
    for start in range(0, len(mentees), GROUP):
        group = mentees[start : start + GROUP]
        own, others = _group(scorer, tied, count, group, floors)
        mine.append(own)
        theirs.append(others)
        pending += len(others.scores)
        if pending > count * len(floors):
            best = _kept(joined(theirs), tied, count, by_mentor=True)
            floors = np.maximum(floors, _floors(best.mentors, best.scores, len(floors), count))
            theirs, pending = [best], 0
    return joined(mine), _kept(joined(theirs), tied, count, by_mentor=True)


def _group(
    scorer: Scorer, tied: Tied, count: int, mentees: Index, floors: Index
) -> tuple[Scored, Scored]:
    """One group of mentees through all blocks, the likeliest first, with rising floors."""
    place = np.full(scorer.mentee_count, -1)
    place[mentees] = np.arange(len(mentees))
    view = scorer.view(mentees)
    first = view.first_block()
    scores = view.every(first)
    own = np.zeros(len(mentees), dtype=np.int64)
    if scores.shape[1] >= count:
        own = np.maximum(np.partition(scores, -count, axis=1)[:, -count], 0)
    blocks = scorer.blocks
    block = blocks[first]
    rows, columns = np.nonzero((scores >= own[:, None]) | (scores >= floors[block]))
    hits = Scored(mentees[rows], block[columns], scores[rows, columns])
    hits = hits.where(hits.scores >= 0)
    found: list[Scored] = []
    wanted: list[Scored] = []
    pending = 0
    for number in range(-1, len(blocks)):
        if number == first:
            continue
        if number >= 0:
            hits = view.at_least(number, own, floors[blocks[number]])
        wanted.append(hits.where(hits.scores >= floors[hits.mentors]))
        found.append(hits.where(hits.scores >= own[place[hits.mentees]]))
        pending += len(found[-1].scores)
        if pending > count * len(mentees) // 2:
            best = _kept(joined(found), tied, count, by_mentor=False)
            own = np.maximum(own, _floors(place[best.mentees], best.scores, len(mentees), count))
            found, pending = [best], 0
    others = joined(wanted)
    return (
        _kept(joined(found), tied, count, by_mentor=False),
        others.where(others.scores >= floors[others.mentors]),
    )


def _kept(pairs: Scored, tied: Tied, count: int, *, by_mentor: bool) -> Scored:
    """Return the `count` best pairs of each person, by score, then lot."""
    people = pairs.mentors if by_mentor else pairs.mentees
    worst = int(pairs.scores.max(initial=0))
    order, _ = lists(people, worst - pairs.scores, tied.lots(pairs))
    sizes = np.bincount(people[order]) if len(order) else np.zeros(0, dtype=np.int64)
    return pairs.where(order[places_in_rows(sizes[sizes > 0]) < count])


def _floors(people: Index, scores: Index, number: int, count: int) -> Index:
    """Return the score of the last of `count` best, 0 for who has fewer."""
    floors = np.zeros(number, dtype=np.int64)
    sizes = np.bincount(people, minlength=number)
    full = sizes >= count
    least = np.full(number, UNREACHABLE, dtype=np.int64)
    np.minimum.at(least, people, scores)
    floors[full] = least[full]
    return floors
