"""Runs of a round as the office reads them: figures, pairs in steps, why, and what differs.

Nothing here tells what somebody wished or said: fits come in steps, reasons are places and order.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import numpy as np

from mentorwell.accounts.models import User
from mentorwell.core.pairing import Infeasible, Mode, Problem, Result, Step, solve, step_of
from mentorwell.core.pairing.explain import change, fairness, unmatched, without_pair
from mentorwell.core.pairing.solving import verified
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import RoundRun, RoundWish, RunChange, RunGround
from mentorwell.matching.queries.ground import Ground, unpacked
from mentorwell.people import queries as people
from mentorwell.people.content import stages
from mentorwell.people.models import Participation, Profile
from mentorwell.programmes.queries import today


REMEDIES = 20  # unmatched mentees for whom one more place is tried, by solving again
TENTHS = 10


# --- A run and its figures -----------------------------------------------------------------


def hash_of(problem: Problem, result: Result) -> str:
    """Tell the pairs of one result from any others."""
    pairs = sorted(
        f"{problem.mentee_ids[mentee]} {problem.mentor_ids[mentor]}"
        for mentee, mentor in result.pairs(problem).tolist()
    )
    return sha256("\n".join(pairs).encode()).hexdigest()


def fits_of_pairs(problem: Problem, result: Result) -> list[tuple[int, int, int]]:
    """Return all pairs of a result with their fit, by places in the problem."""
    return [
        (mentee, mentor, int(problem.fits[place]))
        for mentee, mentor in result.pairs(problem).tolist()
        if (place := problem.pair_of(mentee, mentor)) is not None
    ]


def figures_of(run: RoundRun, ground: Ground, problem: Problem, result: Result) -> dict[str, Any]:
    """Return counts and sums of a whole run, none of them about one person.

    Fits are millionths. How many got their first choice is told in tenths, only of enough
    mentees, and never of a run changed by hand: one change more or less would tell whose it was.
    """
    pairs = fits_of_pairs(problem, result)
    fits = np.array([fit for _, _, fit in pairs], dtype=np.int64)
    loads = np.bincount([mentor for _, mentor, _ in pairs], minlength=len(problem.mentor_ids))
    threshold = run.round.programme.policy.activity_threshold
    verdict = verified(problem, result)
    return {
        # What the check found: nothing can pass the bound, so at the same value nothing is better.
        "value": verdict.value,
        "bound": verdict.bound,
        "mentees": len(problem.mentee_ids),
        "covered": result.covered(problem),
        "mentors": len(problem.mentor_ids),
        "mentors_used": int(np.count_nonzero(loads)),
        "places": int(problem.seats.sum()),
        "total": int(fits.sum()),
        "worst": int(fits.min()) if len(fits) else 0,
        "quarter": int(np.percentile(fits, 25)) if len(fits) else 0,
        "median": int(np.median(fits)) if len(fits) else 0,
        "most_load": int(loads.max(initial=0)),
        "first_choices": None if run.adjusts_id else _first_choices(run, ground, pairs, threshold),
        "groups": _groups(ground, problem, result, threshold),
    }


def _first_choices(
    run: RoundRun, ground: Ground, pairs: Iterable[tuple[int, int, int]], threshold: int
) -> int | None:
    first = dict(
        RoundWish.objects.filter(round=run.round_id, rank=1, mentee__in=ground.mentees).values_list(
            "mentee_id", "mentor_id"
        )
    )
    if len(first) < max(threshold, TENTHS):
        return None
    had = sum(first.get(ground.mentees[row]) == ground.mentors[column] for row, column, _ in pairs)
    return round(TENTHS * had / len(first))


def _groups(
    ground: Ground, problem: Problem, result: Result, threshold: int
) -> list[dict[str, Any]]:
    """Return how the groups of stages fared, None where too few to tell."""
    group_of = {stage.slug: group.name for group in stages() for stage in group.stages}
    stage_of = dict(
        Profile.objects.filter(person__participations__in=ground.mentees).values_list(
            "person__participations", "stage"
        )
    )
    members: dict[str, list[int]] = {}
    for row, mentee in enumerate(ground.mentees):
        name = group_of.get(stage_of.get(mentee, ""), "")
        if name:
            members.setdefault(name, []).append(row)
    return [
        {
            "group": one.group,
            "covered": [one.covered.part, one.covered.whole] if one.covered else None,
            "median_fit": one.median_fit,
        }
        for one in fairness(problem, result, dict(sorted(members.items())), threshold=threshold)
    ]


# --- What a run says of pairs --------------------------------------------------------------


def kept_ground(run: RoundRun) -> Ground | None:
    """Return the ground that was kept with a run; None once the round has closed."""
    row = RunGround.objects.filter(run=run).first()
    return unpacked(row.packed) if row else None


@dataclass(frozen=True)
class PairLine:
    """One mentee of a run with their mentor in it, and why this one.

    `order` is the mentor's place among all whom the mentee could have, 1 the best fit, equal fits
    alike; `better`
    the best of those before, whose places are held by others; `hand` what was changed by hand.
    """

    mentee: Participation
    mentor: Participation
    step: Step
    order: int
    choice: int
    better: Participation | None
    hand: Hand | None


@dataclass(frozen=True)
class AloneLine:
    """One mentee whom a run leaves without a mentor, why, and what was seen to help."""

    mentee: Participation
    eligible: int
    helps: Participation | None  # one more place here would give them a mentor
    helps_others: Participation | None  # one more place here would cover somebody else


@dataclass(frozen=True)
class RunStory:
    """A run line by line, as one member of the office may read it."""

    pairs: list[PairLine]
    alone: list[AloneLine]
    unlisted: int  # lines about people whom the reader evaluates
    choices: Mapping[int, list[tuple[Participation, Step]]]  # mentee: whom they could have


class _Reading:
    """A run's ground with its people, and what was changed by hand."""

    def __init__(self, run: RoundRun) -> None:
        ground = kept_ground(run)
        if ground is None:
            raise NotPossibleNow("The round has closed, and what its runs stood on is forgotten.")
        self.run = run
        self.ground = ground
        self.changes = list(run.changes.all())
        self.problem = ground.changed(self.changes)
        self.result = solve(self.problem, Mode(run.mode))
        there = Participation.objects.select_related("person", "programme")
        self.people = there.in_bulk([*ground.mentees, *ground.mentors])

    def mentee(self, row: int) -> Participation:
        return self.people[self.ground.mentees[row]]

    def mentor(self, column: int) -> Participation:
        return self.people[self.ground.mentors[column]]

    def in_order(self, row: int) -> list[tuple[int, int]]:
        """Return the columns whom a mentee could have with the fits, the best first."""
        problem = self.ground.problem
        places = range(problem.starts[row], problem.starts[row + 1])
        found = [(int(problem.mentors[place]), int(problem.fits[place])) for place in places]
        return sorted(found, key=lambda one: (-one[1], one[0]))


def run_story(run: RoundRun, *, user: User, now: datetime) -> RunStory:
    """Return a finished run line by line, by the mentees' names.

    Lines about people whom `user` evaluates are only counted. Raises NotPossibleNow once the
    round has closed.
    """
    reading = _Reading(run)
    evaluated = _evaluated(run, user, now)
    hands = {(one.mentee_id, one.mentor_id): Hand(one.hand) for one in reading.changes}
    pairs, choices = [], {}
    for row, column, fit in fits_of_pairs(reading.problem, reading.result):
        ordered = reading.in_order(row)
        before = sum(other > fit for _, other in ordered)  # equal fits share a place
        mentee, mentor = reading.mentee(row), reading.mentor(column)
        pairs.append(
            PairLine(
                mentee,
                mentor,
                step=step_of(fit),
                order=before + 1,
                choice=len(ordered),
                better=reading.mentor(ordered[0][0]) if before else None,
                hand=hands.get((mentee.pk, mentor.pk)),
            )
        )
    alone = [
        _alone(reading, one)
        for one in unmatched(reading.problem, reading.result, most_remedies=REMEDIES)
    ]
    for row, pk in enumerate(reading.ground.mentees):
        choices[pk] = [(reading.mentor(one), step_of(fit)) for one, fit in reading.in_order(row)]
    listed = [
        one
        for one in pairs
        if one.mentee.person_id not in evaluated and one.mentor.person_id not in evaluated
    ]
    without = [one for one in alone if one.mentee.person_id not in evaluated]
    return RunStory(
        sorted(listed, key=lambda line: line.mentee.person.name),
        sorted(without, key=lambda line: line.mentee.person.name),
        len(pairs) + len(alone) - len(listed) - len(without),
        choices,
    )


def _alone(reading: _Reading, one: Any) -> AloneLine:
    remedy = one.remedy
    mentor = reading.mentor(remedy.mentor) if remedy and remedy.covered > 0 else None
    helps = bool(remedy and remedy.helps)
    return AloneLine(
        reading.mentee(one.mentee),
        one.eligible,
        helps=mentor if helps else None,
        helps_others=None if helps else mentor,
    )


def _evaluated(run: RoundRun, user: User, now: datetime) -> Collection[int]:
    return people.people_evaluated_by(user.pk, on_date=today(run.round.programme, now))


# --- What a change costs, and what differs -------------------------------------------------


@dataclass(frozen=True)
class Foreseen:
    """What one change by hand would do, seen by solving again with it.

    `covered` and `total` (millionths of fit) are differences, a loss is negative. `moves` names
    each mentee touched, with whom they are with before and after; `unlisted` counts those about
    people whom the reader evaluates.
    """

    covered: int
    total: int
    moves: list["Move"]
    unlisted: int


@dataclass(frozen=True)
class Move:
    """One mentee whose mentor differs between two results."""

    mentee: Participation
    before: list[Participation]
    after: list[Participation]


def foresee(
    run: RoundRun,
    *,
    mentee: Participation,
    mentor: Participation,
    hand: Hand,
    user: User,
    now: datetime,
) -> Foreseen:
    """Return what it would cost to put two together, or keep them apart, in a run.

    Raises NotPossibleNow where the two cannot be paired in this run at all, where one of them is
    kept with somebody else by hand already, and once the round has closed.
    """
    reading = _Reading(run)
    ground = reading.ground
    if mentee.pk not in ground.mentees or mentor.pk not in ground.mentors:
        raise NotPossibleNow("One of the two is not in this run.")
    pair = (ground.mentees.index(mentee.pk), ground.mentors.index(mentor.pk))
    try:
        if hand == Hand.TOGETHER:
            found = change(reading.problem, reading.result, have=pair)
        else:
            found = without_pair(reading.problem, reading.result, pair=pair)
    except Infeasible:
        raise NotPossibleNow(
            "A place they would need is held by another change of yours. Take that one back first."
        ) from None
    except ValueError:
        raise NotPossibleNow("The two cannot be paired in this run.") from None
    moves = _moves(
        {(ground.mentees[row], ground.mentors[column]) for row, column in found.gone.tolist()},
        {(ground.mentees[row], ground.mentors[column]) for row, column in found.come.tolist()},
        reading.people,
    )
    listed = _listed(moves, _evaluated(run, user, now))
    return Foreseen(found.covered, found.total, listed, len(moves) - len(listed))


@dataclass(frozen=True)
class Differences:
    """Where two runs pair people differently."""

    moves: list[Move]
    alike: int  # mentees with the same mentor in both, or with none in both
    unlisted: int


def differences(one: RoundRun, other: RoundRun, *, user: User, now: datetime) -> Differences:
    """Return every mentee whose mentor differs between two runs of one round, by name."""
    before, after = (set(run.pairs.values_list("mentee_id", "mentor_id")) for run in (one, other))
    there = Participation.objects.select_related("person")
    named = there.in_bulk({pk for pair in before ^ after for pk in pair})
    moves = _moves(before - after, after - before, named)
    listed = _listed(moves, _evaluated(one, user, now))
    mentees = {mentee for mentee, _ in before | after}
    return Differences(listed, len(mentees) - len(moves), len(moves) - len(listed))


def _moves(
    gone: Collection[tuple[int, int]],
    come: Collection[tuple[int, int]],
    named: Mapping[int, Participation],
) -> list[Move]:
    def mentors(pairs: Iterable[tuple[int, int]], mentee: int) -> list[Participation]:
        return [named[mentor] for one, mentor in sorted(pairs) if one == mentee]

    touched = {mentee for mentee, _ in (*gone, *come)}
    moves = [Move(named[pk], mentors(gone, pk), mentors(come, pk)) for pk in touched]
    return sorted(moves, key=lambda move: (move.mentee.person.name, move.mentee.pk))


def _listed(moves: Sequence[Move], evaluated: Collection[int]) -> list[Move]:
    return [
        move
        for move in moves
        if not any(one.person_id in evaluated for one in (move.mentee, *move.before, *move.after))
    ]


def changes_of(run: RoundRun) -> list[RunChange]:
    """Return what was changed by hand in a run, in its order, with the names."""
    return list(run.changes.select_related("mentee__person", "mentor__person"))
