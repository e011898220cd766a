"""From profiles to a verified result as markets grow, and a million mentees with ready pairs.

Mentors are a third of the mentees, 5 % seats to spare, 30 candidates each. The gap to all pairs is
closed to 0 before the clock stops. The exponent is the slope of log time over log mentees.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from math import log
from typing import Any

import numpy as np

from bench._apart import measured
from bench._markets import edges, problem
from bench.fit import WEIGHTS, realistic_people, realistic_tree
from mentorwell.core.pairing import FitScorer, MentorPool, People, solve_market, verify
from mentorwell.core.pairing.optimal import best
from mentorwell.core.pairing.stable import stable


WORKERS = 2  # processes that look for candidates; started within the time that is told
SIZES = (1_000, 10_000, 100_000)
MILLION = (1_000_000, 250_000, 20)


def market(mentees: int) -> Callable[[], tuple[int, int, int]]:
    tree = realistic_tree()
    seekers, givers = realistic_people(mentees, mentees // 3, tree)
    seats = np.full(len(givers), 3)
    seats[: int(mentees * 1.05) - 3 * len(givers)] += 1

    def work() -> tuple[int, int, int]:
        scorer = FitScorer.build(seekers, MentorPool.build(givers, tree), WEIGHTS)
        people = People(
            mentee_ids=tuple(one.id for one in seekers),
            mentor_ids=tuple(one.id for one in givers),
            wants=np.ones(mentees, dtype=np.int64),
            seats=seats,
            at_least=np.zeros(len(givers), dtype=np.int64),
            fixed=np.zeros((0, 2), dtype=np.int64),
        )
        with ProcessPoolExecutor(WORKERS) as executor:
            solved = solve_market(scorer, people, executor=executor)
        assert solved.verdict.holds
        assert solved.gap is not None
        return solved.result.covered(solved.problem), solved.gap, solved.rounds

    return work


def million(solver: Callable[..., Any]) -> Callable[[], int]:
    ready = edges(*MILLION)

    def work() -> int:
        whole = problem(ready, MILLION[0])
        result = solver(whole)
        assert verify(whole, result).holds
        return int(result.covered(whole))

    return work


def run() -> Iterator[str]:
    """Measure and yield the rows to print."""
    taken = []
    for mentees in SIZES:
        found = measured(market, mentees, times=3 if mentees < SIZES[-1] else 1)
        covered, gap, rounds = found.answer
        taken.append(found.seconds)
        yield (
            f"{mentees:9,} x {mentees // 3:7,}: {found.seconds:8.2f} s, {found.peak:5.2f} GB, "
            f"{covered:,} covered, gap {gap}, {rounds} rounds"
        )
    sizes = [log(size) for size in SIZES]
    slope = np.polyfit(sizes, [log(one) for one in taken], 1)[0]
    yield f"time grows as mentees ** {slope:.2f}"
    for words, solver in (("stable", stable), ("best", best)):
        found = measured(million, solver, times=1)
        yield (
            f"{MILLION[0]:,} x {MILLION[1]:,} x {MILLION[2]} ready pairs, {words}, verified: "
            f"{found.seconds:.1f} s, {found.peak:.2f} GB, {found.answer:,} covered"
        )
