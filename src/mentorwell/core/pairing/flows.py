"""The most mentees, the most mentors, the highest weight: as flows through one network.

Mentees send units to mentors over eligible pairs, mentors to a drain by their seats. A first unit
for each mentee without a mentor comes from the source COVER, all further units from EXTRA; a
mentor's first unit may go to a drain of its own. What comes first is solved first and then held
as a supply that must flow, so that no large bonus has to share 64 bits with the fits.

Solver: cost scaling push-relabel (Goldberg 1997) as in OR-Tools' `SimpleMinCostFlow`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from mentorwell.core.pairing.objective import Objective
from mentorwell.core.pairing.problem import Infeasible, Problem, hashes
from mentorwell.core.pairing.ragged import Index


def chosen_pairs(problem: Problem, objective: Objective) -> Index:
    """Return the places of the pairs of a best result, ascending.

    Maximises mentees covered, then mentors used (if `objective.used`), then the weights. Equal
    results are told apart by the order of hashed ids in which the network is laid out, so the
    order of the input changes nothing. Raises Infeasible, naming mentors, where `at_least` cannot
    be kept, and ValueError where costs leave the solver's range.
    """
    network = _Network.build(problem, objective)
    if len(network.pairs) == 0:
        _check_at_least(network)
        return np.zeros(0, dtype=np.int64)
    if network.is_plain and not objective.used:
        chosen = network.plain()
    else:
        _check_at_least(network)
        chosen = network.staged(most_mentors=objective.used > 0)
    return np.sort(network.pairs[chosen])


def most_covered(problem: Problem, objective: Objective) -> int:
    """Return how many mentees can be covered at most; the weights do not matter."""
    return _Network.build(problem, objective).most_covered()


@dataclass(frozen=True, eq=False)
class _Network:
    """The people and usable pairs in the order of their hashed ids."""

    problem: Problem
    objective: Objective
    pairs: Index  # place in the problem of each pair here
    mentees: Index  # per pair here: the mentee's place in the order of hashes
    mentors: Index
    by_hash: tuple[Index, Index]  # places in the problem of mentees and mentors, in this order
    first: Index  # mentee: 1 if coverage counts them
    wants: Index
    seats: Index
    at_least: Index

    @classmethod
    def build(cls, problem: Problem, objective: Objective) -> "_Network":
        people = (
            np.argsort(hashes(problem.seed, "mentee", problem.mentee_ids), kind="stable"),
            np.argsort(hashes(problem.seed, "mentor", problem.mentor_ids), kind="stable"),
        )
        rank = tuple(_inverse(order) for order in people)
        pairs = np.flatnonzero(objective.usable)
        rows, columns = rank[0][problem.mentees[pairs]], rank[1][problem.mentors[pairs]]
        order = np.argsort(rows * len(people[1]) + columns)
        return cls(
            problem=problem,
            objective=objective,
            pairs=pairs[order],
            mentees=rows[order],
            mentors=columns[order],
            by_hash=people,
            first=problem.waiting[people[0]].astype(np.int64),
            wants=problem.wants_left[people[0]],
            seats=problem.seats_left[people[1]],
            at_least=problem.at_least_left[people[1]],
        )

    @property
    def is_plain(self) -> bool:
        """Whether every mentee has one want that counts, and no mentor a lower bound."""
        single = bool((self.wants <= self.first).all())
        return single and not self.at_least.any() and bool(self._counts().all())

    def plain(self) -> Index:
        """A largest flow of least cost: with one want each, the flow's size is the coverage."""
        flow, arcs = self._flow(self.objective.weights)
        drain = len(self.wants) + len(self.seats)
        self._add_drain(flow, drain, self.seats)
        flow.set_nodes_supplies(np.arange(len(self.wants)), self.wants)
        flow.set_node_supply(drain, -int(self.wants.sum()))
        return _solved(flow, arcs, flow.solve_max_flow_with_min_cost)

    def most_covered(self) -> int:
        """The largest flow of first units over pairs that count."""
        from ortools.graph.python import max_flow  # noqa: PLC0415 -- 60 ms that a page must not pay

        count = self._counts()
        flow = max_flow.SimpleMaxFlow()
        drain = len(self.wants) + len(self.seats)
        rows, columns = self.mentees[count], self.mentors[count] + len(self.wants)
        flow.add_arcs_with_capacity(rows, columns, np.ones(len(rows), dtype=np.int64))
        mentees, mentors = np.arange(len(self.wants)), np.arange(len(self.seats))
        flow.add_arcs_with_capacity(
            np.full(len(mentees), drain + 1), mentees, np.minimum(self.first, self.wants)
        )
        flow.add_arcs_with_capacity(
            mentors + len(self.wants), np.full(len(mentors), drain), self.seats
        )
        flow.solve(drain + 1, drain)
        return int(flow.optimal_flow())

    def staged(self, *, most_mentors: bool) -> Index:
        """Hold the coverage, then the number of mentors used, then spend the rest on weight."""
        covered = self.most_covered()
        used = 0
        if most_mentors:
            employed = np.unique(self.mentors[self._held(covered, None)])
            used = int(self._unheld()[employed].sum())
        return self._held(covered, used)

    def _unheld(self) -> Any:
        """Which mentors hold no fixed pair: those whose first mentee earns the bonus."""
        return (self.problem.seats_left == self.problem.seats)[self.by_hash[1]]

    def _held(self, covered: int, used: int | None) -> Index:
        """Solve with the coverage held; `used` None asks for the most mentors, a number holds it."""
        weights = self.objective.weights if used is not None else 0 * self.objective.weights
        flow, arcs = self._flow(weights, split=True)
        mentees, mentors = len(self.wants), len(self.seats)
        poor = mentees + mentors
        cover, extra, drain, once = (poor + mentees + number for number in range(4))
        people = np.arange(mentees)
        more = self.wants - np.minimum(self.first, self.wants)
        _add(flow, np.full(mentees, cover), people, self.wants - more, 0)
        _add(flow, np.full(mentees, extra), poor + people, more, 0)
        _add(flow, poor + people, people, more, 0)
        free = self.seats - self.at_least
        fresh = np.zeros(mentors, dtype=np.int64)
        if self.objective.used:
            fresh = (self._unheld() & (free > 0) & (self.at_least == 0)).astype(np.int64)
        bonus = -1 if used is None else 0
        _add(flow, mentees + np.arange(mentors), np.full(mentors, once), fresh, bonus)
        _add(flow, mentees + np.arange(mentors), np.full(mentors, drain), free - fresh, 0)
        extras = int(more.sum())
        _add(flow, np.array([extra]), np.array([drain]), np.array([extras]), 0)
        must = int(self.at_least.sum())
        flow.set_nodes_supplies(mentees + np.arange(mentors), -self.at_least)
        flow.set_node_supply(cover, covered)
        flow.set_node_supply(extra, extras)
        held = 0
        if used is None:
            _add(flow, np.array([once]), np.array([drain]), np.array([int(fresh.sum())]), 0)
        elif used:
            held = used - int((self._unheld() & (self.at_least > 0)).sum())
        flow.set_node_supply(once, -held)
        flow.set_node_supply(drain, -(covered + extras - must - held))
        return _solved(flow, arcs, flow.solve)

    def _flow(self, weights: Index, *, split: bool = False) -> tuple[Any, Index]:
        """Lay out the pairs; with `split`, those that do not count start at a node of their own."""
        from ortools.graph.python import min_cost_flow  # noqa: PLC0415 -- as in most_covered

        flow = min_cost_flow.SimpleMinCostFlow()
        mentees, mentors = len(self.wants), len(self.seats)
        tails = self.mentees
        if split:
            tails = np.where(self._counts(), tails, tails + mentees + mentors)
        ones = np.ones(len(self.pairs), dtype=np.int64)
        return flow, _add(flow, tails, mentees + self.mentors, ones, -weights[self.pairs])

    def _add_drain(self, flow: Any, drain: int, seats: Index) -> None:
        mentors = len(self.wants) + np.arange(len(seats))
        _add(flow, mentors, np.full(len(seats), drain), seats, 0)

    def _counts(self) -> Any:
        return self.objective.counts[self.pairs]


def _check_at_least(network: _Network) -> None:
    """Raise Infeasible unless every lower bound can be kept at once."""
    from ortools.graph.python import max_flow  # noqa: PLC0415 -- as in most_covered

    wanted = network.at_least
    if not wanted.any():
        return
    flow = max_flow.SimpleMaxFlow()
    mentees, drain = len(network.wants), len(network.wants) + len(wanted)
    ones = np.ones(len(network.pairs), dtype=np.int64)
    flow.add_arcs_with_capacity(network.mentees, mentees + network.mentors, ones)
    flow.add_arcs_with_capacity(np.full(mentees, drain + 1), np.arange(mentees), network.wants)
    arcs = flow.add_arcs_with_capacity(
        mentees + np.arange(len(wanted)),
        np.full(len(wanted), drain),
        np.minimum(wanted, network.seats),
    )
    flow.solve(drain + 1, drain)
    given = flow.flows(arcs)
    lacking = np.flatnonzero(given < wanted)
    if len(lacking):
        ids = network.problem.mentor_ids
        names = ", ".join(
            f"{ids[network.by_hash[1][one]]!r} must have {wanted[one]} and could have {given[one]}"
            for one in lacking[:5]
        )
        raise Infeasible(f"Not every mentor can have the mentees asked for at least: {names}.")


def _add(flow: Any, tails: Index, heads: Index, capacities: Index, cost: int | Index) -> Index:
    costs = np.broadcast_to(np.asarray(cost, dtype=np.int64), len(tails))
    arcs: Index = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    return arcs


def _solved(flow: Any, arcs: Index, solve: Any) -> Index:
    status = solve()
    if status == flow.BAD_COST_RANGE:
        raise ValueError(
            "The scores are too large for so many people: the solver would leave 64 bits. "
            "Use smaller scores, shorter ranked lists or solve in parts."
        )
    if status != flow.OPTIMAL:  # the supplies were made to fit, so this cannot be the input
        raise AssertionError(f"The flow solver ended with {status}.")
    return np.flatnonzero(flow.flows(arcs))


def _inverse(order: Index) -> Index:
    result = np.empty_like(order)
    result[order] = np.arange(len(order))
    return result
