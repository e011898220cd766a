"""`best` against every exact solver at hand, on one market: 10,000 mentees, 4,000 mentors, 30 each.

Ours is timed from arrays to the result, and again with the certificate made and verified. Each runs
in a process of its own; peaks hold Python, the libraries and the input. All must agree on coverage
and total fit.
"""

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench._apart import measured
from bench._markets import edges, problem
from mentorwell.core.pairing.flows import chosen_pairs
from mentorwell.core.pairing.objective import best_objective
from mentorwell.core.pairing.optimal import best
from mentorwell.core.pairing.verify import verify


SIZE = (10_000, 4_000, 30)
BONUS = 2_000_000  # above every fit, for those who solve one sum
PEER = "mentor-match==7.0.1"
Solver = Callable[[], tuple[int, int]]


def ours(*, spare: float) -> Solver:
    market = edges(*SIZE, spare=spare)

    def work() -> tuple[int, int]:
        whole = problem(market, SIZE[0])
        chosen = chosen_pairs(whole, best_objective(whole))
        return len(chosen), int(whole.fits[chosen].sum())

    return work


def ours_proved(*, spare: float) -> Solver:
    market = edges(*SIZE, spare=spare)

    def work() -> tuple[int, int]:
        whole = problem(market, SIZE[0])
        result = best(whole)
        assert verify(whole, result).holds
        return result.covered(whole), result.total(whole)

    return work


def bare_flow(*, spare: float) -> Solver:
    """OR-tools at its fastest: a largest flow of least cost, nothing else around it."""
    from ortools.graph.python import min_cost_flow

    market = edges(*SIZE, spare=spare)
    mentees, mentors = SIZE[:2]

    def work() -> tuple[int, int]:
        flow = min_cost_flow.SimpleMinCostFlow()
        ones = np.ones(len(market.fits), dtype=np.int64)
        arcs = flow.add_arcs_with_capacity_and_unit_cost(
            market.mentees, mentees + market.mentors, ones, -market.fits
        )
        drain = np.full(mentors, mentees + mentors)
        flow.add_arcs_with_capacity_and_unit_cost(
            mentees + np.arange(mentors), drain, market.seats, np.zeros(mentors, dtype=np.int64)
        )
        flow.set_nodes_supplies(np.arange(mentees), np.ones(mentees, dtype=np.int64))
        flow.set_node_supply(mentees + mentors, -mentees)
        assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
        used = flow.flows(arcs).astype(bool)
        return int(used.sum()), int(market.fits[used].sum())

    return work


def dense(*, spare: float) -> Solver:
    """`scipy.optimize.linear_sum_assignment` on a column per seat."""
    from scipy.optimize import linear_sum_assignment

    market = edges(*SIZE, spare=spare)

    def work() -> tuple[int, int]:
        worth = np.zeros((SIZE[0], SIZE[1]))
        worth[market.mentees, market.mentors] = market.fits + BONUS * SIZE[0]
        rows, columns = linear_sum_assignment(np.repeat(worth, market.seats, axis=1), maximize=True)
        got = worth[rows, np.repeat(np.arange(SIZE[1]), market.seats)[columns]]
        got = got[got > 0] - BONUS * SIZE[0]
        return len(got), int(got.sum())

    return work


def sparse(*, spare: float) -> Solver:
    """`scipy.sparse.csgraph.min_weight_full_bipartite_matching`, an empty seat for each mentee."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    market = edges(*SIZE, spare=spare)
    first = np.concatenate([[0], np.cumsum(market.seats)])

    def work() -> tuple[int, int]:
        copies = market.seats[market.mentors]
        rows = np.repeat(market.mentees, copies)
        place = np.arange(len(rows)) - np.repeat(np.cumsum(copies) - copies, copies)
        columns = np.repeat(first[market.mentors], copies) + place
        cost = np.repeat(1_000_001.0 - market.fits, copies)  # none may be 0: it would be no edge
        alone = np.arange(SIZE[0])
        graph = coo_array(
            (
                np.concatenate([cost, np.full(SIZE[0], 1e10)]),
                (np.concatenate([rows, alone]), np.concatenate([columns, first[-1] + alone])),
            ),
            shape=(SIZE[0], int(first[-1]) + SIZE[0]),
        ).tocsr()
        mentees, seats = min_weight_full_bipartite_matching(graph)
        paired = seats < first[-1]
        costs = np.asarray(graph[mentees[paired], seats[paired]]).ravel()
        return int(paired.sum()), round(float((1_000_001.0 - costs).sum()))

    return work


def run() -> Iterator[str]:
    """Measure and yield the rows to print."""
    for name, spare in (("5 % seats to spare", 1.05), ("seats for nine in ten", 0.9)):
        yield f"10,000 x 4,000 x 30 edges, {name}"
        flow = measured(_with, bare_flow, spare, times=5)
        yield _row("bare OR-tools flow", flow, flow)
        for words, solver, times in (
            ("ours, arrays to result", ours, 5),
            ("ours, certificate verified", ours_proved, 5),
            ("SciPy sparse LAPJVsp", sparse, 1),
            ("SciPy dense, column per seat", dense, 1),
        ):
            found = measured(_with, solver, spare, times=times)
            assert found.answer == flow.answer, (words, found.answer, flow.answer)
            yield _row(words, found, flow)
        yield f"all agree: {flow.answer[0]:,} mentees, total {flow.answer[1] / 1e6:,.6f}"
    yield from _peer()


def _with(solver: Callable[..., Solver], spare: float) -> Solver:
    return solver(spare=spare)


def _row(words: str, found: Any, flow: Any) -> str:
    ratio = found.seconds / flow.seconds
    return f"  {words:32} {found.seconds:8.3f} s  {ratio:6.2f} x flow  {found.peak:5.2f} GB"


def _peer() -> Iterator[str]:
    """One round, one to one, by the civil service's own program, on the same scores."""
    from scipy.optimize import linear_sum_assignment

    size = 60
    chance = np.random.default_rng(5)
    scores = chance.integers(1, 40, (size, size))
    home = Path("var/bench/peer")
    if not (home / "matching").exists():
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--target", home, PEER], check=True
        )
    table = home / "scores.csv"
    with table.open("w", newline="") as out:
        csv.writer(out).writerows(scores.tolist())
    script = Path(__file__).with_name("_peer.py")
    told = subprocess.run(
        [sys.executable, script, home, table], check=True, capture_output=True, text=True
    )
    seconds, total = told.stdout.split()
    found = measured(_small, scores, times=5)
    exact = linear_sum_assignment(scores, maximize=True)
    assert found.answer == int(scores[exact].sum()) >= int(total)
    yield (
        f"60 x 60, one to one: mentor-match {float(seconds):.3f} s, total {total} (its floats lose "
        f"the rest); ours with certificate {found.seconds:.4f} s "
        f"({float(seconds) / found.seconds:.0f} times as fast), total {found.answer} as SciPy"
    )


def _small(scores: Any) -> Callable[[], int]:
    from mentorwell.core.pairing import Problem

    size = len(scores)
    rows, columns = np.divmod(np.arange(size * size), size)

    def work() -> int:
        whole = Problem.build(
            mentee_ids=[f"mentee-{one}" for one in range(size)],
            mentor_ids=[f"mentor-{one}" for one in range(size)],
            mentees=rows,
            mentors=columns,
            fits=scores.ravel().astype(float),
        )
        result = best(whole)
        assert verify(whole, result).holds
        return result.total(whole) // 1_000_000

    return work
