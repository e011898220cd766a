"""Why this result: who stays without, what would help, where places are short, what a change costs.

Everything that is said of a change is confirmed by solving again with the change made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.disclosure import Share, told_median, told_share
from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.problem import Infeasible, Problem
from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.result import Mode, Result
from mentorwell.core.pairing.scoring import Scored
from mentorwell.core.pairing.solving import solve
from mentorwell.core.pairing.verify import claimed


Mask = NDArray[np.bool_]


class Without(StrEnum):
    """Why a mentee has no mentor."""

    NOBODY_ELIGIBLE = "nobody_eligible"
    NO_SEATS = "no_seats"  # those eligible have no seats at all
    ALL_TAKEN = "all_taken"  # every seat of those eligible, and of whom they could move on, is held


@dataclass(frozen=True, slots=True)
class Remedy:
    """One more seat at a mentor, and what it was seen to do when solved again.

    `covered` is how many more mentees have a mentor then, `helps` whether the one in question is
    among them, `total` how the total fit changes.
    """

    mentor: int
    covered: int
    helps: bool
    total: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A mentee without a mentor (by place), why, and the cheapest confirmed remedy, if sought."""

    mentee: int
    reason: Without
    eligible: int
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True)
class Lift:
    """One hard rule lifted for one mentee, and what it was seen to do when solved again.

    `rule` numbers the rule, `eligible` the mentors whom the mentee could have without it;
    `covered`, `helps` and `total` are as in `Remedy`.
    """

    rule: int
    eligible: int
    covered: int
    helps: bool
    total: int


@dataclass(frozen=True, eq=False)
class Change(FrozenArrays):
    """What it costs to have one pair: against the result as it is.

    `covered` and `total` are differences (negative is a loss). `gone` and `come` are the pairs
    that differ, as rows of (mentee, mentor).
    """

    covered: int
    total: int
    gone: Index
    come: Index
    result: Result
    problem: Problem


@dataclass(frozen=True, slots=True)
class Short:
    """One line of the shortage map: what more seats in one group would be worth.

    `would_cover` counts the mentors of the group of whom one more seat alone would give one more
    mentee a mentor; `seats` and `held` say how full the group is.
    """

    group: str
    mentors: int
    seats: int
    held: int
    would_cover: int


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """How a group fared, under disclosure control: None where too few to tell."""

    group: str
    covered: Share | None
    median_fit: float | None
    median_rank: float | None


def unmatched(problem: Problem, result: Result, *, most_remedies: int = 0) -> tuple[Unmatched, ...]:
    """Return every mentee without a mentor, in order, with the reason.

    For the first `most_remedies` of those for whom all seats are taken the cheapest remedy is
    sought: one more seat at the eligible mentor who suits best, confirmed by solving again; if
    that covers somebody else, the next best mentor is tried, up to three.
    """
    covered = np.zeros(len(problem.mentee_ids), dtype=bool)
    covered[result.pairs(problem)[:, 0]] = True
    found = []
    for mentee in np.flatnonzero(~covered).tolist():
        pairs = np.arange(problem.starts[mentee], problem.starts[mentee + 1])
        mentors = problem.mentors[pairs]
        if not len(pairs):
            reason = Without.NOBODY_ELIGIBLE
        elif not problem.seats[mentors].any():
            reason = Without.NO_SEATS
        else:
            reason = Without.ALL_TAKEN
        remedy = None
        if len(pairs) and most_remedies > 0:
            most_remedies -= 1
            best = mentors[np.argsort(-problem.fits[pairs], kind="stable")]
            remedy = _remedy(problem, result, mentee, best[:3].tolist())
        found.append(Unmatched(mentee, reason, len(pairs), remedy))
    return tuple(found)


def lift(
    problem: Problem, result: Result, mentee: int, without: Mapping[int, Scored]
) -> Lift | None:
    """Return which rule, lifted alone for one mentee, helps; None where none lets anybody in.

    `without` holds, for each rule, the pairs that the mentee could have if it were lifted. Rules
    are tried by how many mentors they let in; the first that helps, when solved again, is
    returned, and if none does the first that was tried. For problems without ranked lists.
    """
    first: Lift | None = None
    for rule, pairs in sorted(without.items(), key=lambda item: -len(item[1].scores)):
        if not len(pairs.scores):
            continue
        larger = with_pairs(problem, pairs)
        after = _again(larger, result)
        found = Lift(
            rule=rule,
            eligible=len(pairs.scores),
            covered=after.covered(larger) - result.covered(problem),
            helps=bool((after.pairs(larger)[:, 0] == mentee).any()),
            total=after.total(larger) - result.total(problem),
        )
        if found.helps:
            return found
        first = first or found
    return first


def with_pairs(problem: Problem, pairs: Scored) -> Problem:
    """Return the problem with some more eligible pairs, none of which it holds; without ranks."""
    return Problem.build(
        mentee_ids=problem.mentee_ids,
        mentor_ids=problem.mentor_ids,
        mentees=np.concatenate([problem.mentees, pairs.mentees]),
        mentors=np.concatenate([problem.mentors, pairs.mentors]),
        fits=np.concatenate([problem.fits, pairs.scores]),
        wants=problem.wants,
        seats=problem.seats,
        at_least=problem.at_least,
        fixed=problem.fixed,
        seed=problem.seed,
    )


def one_more_seat(problem: Problem, mentor: int) -> Problem:
    """Return the problem with one more seat at a mentor."""
    seats = problem.seats.copy()
    seats[mentor] += 1
    return replace(problem, seats=seats)


def change(problem: Problem, result: Result, *, have: tuple[int, int]) -> Change:
    """Return what it costs to have one pair (places of mentee and mentor), by solving again.

    Answers "why not that one": the loss against the optimum, and who would be displaced. Raises
    ValueError if the pair is not eligible, and Infeasible if a fixed pair or a lower bound
    stands against it.
    """
    mentee, mentor = have
    if problem.pair_of(mentee, mentor) is None:
        raise ValueError(
            f"{problem.mentee_ids[mentee]!r} with {problem.mentor_ids[mentor]!r} is not eligible."
        )
    if not (problem.wants_left[mentee] > 0 and problem.seats_left[mentor] > 0):
        raise Infeasible(
            f"{problem.mentee_ids[mentee]!r} with {problem.mentor_ids[mentor]!r}: "
            "a fixed pair holds the place."
        )
    fixed = replace(problem, fixed=np.concatenate([problem.fixed, [[mentee, mentor]]]))
    return _changed(problem, result, fixed)


def without_pair(problem: Problem, result: Result, *, pair: tuple[int, int]) -> Change:
    """Return what it costs to rule one pair out, by solving again; raises as `change`."""
    place = problem.pair_of(*pair)
    if place is None:
        raise ValueError(
            f"{problem.mentee_ids[pair[0]]!r} with {problem.mentor_ids[pair[1]]!r} is not eligible."
        )
    keep = np.ones(len(problem.fits), dtype=bool)
    keep[place] = False
    return _changed(problem, result, problem.only(keep))


def shortage(
    problem: Problem, result: Result, groups: Mapping[str, Iterable[int]]
) -> tuple[Short, ...]:
    """Return where one more seat would cover one more mentee, by group of mentors (places).

    Read off the least prices: a seat is worth the coverage bonus exactly where one more of it
    would give one more mentee a mentor. Groups may overlap; those where most would help come
    first. Empty for `stable`, which has no prices.
    """
    if result.proof is None:
        return ()
    worth = _covering(problem, result)
    held = np.bincount(result.pairs(problem)[:, 1], minlength=len(problem.seats))
    lines = []
    for group, members in groups.items():
        places = np.array(sorted(set(members)), dtype=np.int64)
        lines.append(
            Short(
                group=group,
                mentors=len(places),
                seats=int(problem.seats[places].sum()),
                held=int(held[places].sum()),
                would_cover=int(worth[places].sum()),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.would_cover, line.group)))


def fairness(
    problem: Problem, result: Result, groups: Mapping[str, Sequence[int]], *, threshold: int
) -> tuple[GroupFigures, ...]:
    """Return coverage, median fit and median rank of groups of mentees, as may be told.

    Groups are what people chose to state of themselves. A figure that rests on fewer than
    `threshold` people, or would tell of so few by subtraction, stays None.
    """
    pairs = result.pairs(problem)
    covered = set(pairs[:, 0].tolist())
    by_mentee: dict[int, list[int]] = {}
    for pair in result.chosen.tolist():
        by_mentee.setdefault(int(problem.mentees[pair]), []).append(pair)
    figures = []
    for group, members in groups.items():
        has = [one for one in members if one in covered]
        new = [by_mentee[one] for one in members if one in by_mentee]
        fits = [max(int(problem.fits[pair]) for pair in of) / 1_000_000 for of in new]
        ranks = [
            min(int(problem.mentee_ranks[pair]) for pair in of)
            for of in new
            if problem.mentee_ranks is not None
        ]
        figures.append(
            GroupFigures(
                group,
                covered=told_share(len(has), len(members), threshold=threshold),
                median_fit=told_median(fits, threshold=threshold),
                median_rank=told_median(ranks, threshold=threshold),
            )
        )
    return tuple(figures)


def _covering(problem: Problem, result: Result) -> Mask:
    """Which mentors' one more seat would cover one more mentee."""
    assert result.proof is not None  # noqa: S101 -- asked of optimal modes only
    objective = claimed(problem, result.mode, result.proof)
    covering: Mask = result.proof.prices * 2 > objective.cover
    return covering


def _remedy(problem: Problem, result: Result, mentee: int, mentors: Sequence[int]) -> Remedy | None:
    best: Remedy | None = None
    for mentor in mentors:
        larger = one_more_seat(problem, mentor)
        after = _again(larger, result)
        remedy = Remedy(
            mentor=mentor,
            covered=after.covered(larger) - result.covered(problem),
            helps=bool((after.pairs(larger)[:, 0] == mentee).any()),
            total=after.total(larger) - result.total(problem),
        )
        if remedy.helps:
            return remedy
        best = best or (remedy if remedy.covered > 0 else None)
    return best


def _changed(problem: Problem, result: Result, changed: Problem) -> Change:
    after = _again(changed, result)
    old = {tuple(pair) for pair in result.pairs(problem).tolist()}
    new = {tuple(pair) for pair in after.pairs(changed).tolist()}
    return Change(
        covered=after.covered(changed) - result.covered(problem),
        total=_all_fits(changed, problem, after) - _all_fits(problem, problem, result),
        gone=np.array(sorted(old - new), dtype=np.int64).reshape(-1, 2),
        come=np.array(sorted(new - old), dtype=np.int64).reshape(-1, 2),
        result=after,
        problem=changed,
    )


def _all_fits(problem: Problem, scored: Problem, result: Result) -> int:
    """The total fit, counting a pair that is fixed in the changed problem by its fit there."""
    places = (scored.pair_of(*pair) for pair in result.pairs(problem).tolist())
    return sum(int(scored.fits[place]) for place in places if place is not None)


def _again(problem: Problem, result: Result) -> Result:
    most = result.proof is not None and result.proof.most_mentors
    return solve(problem, result.mode, most_mentors=most and result.mode is Mode.BEST)
