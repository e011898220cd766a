"""A run pair by pair as the office reads it: in steps, with places and order as the only reasons.

Nothing here tells what somebody wished or said. Fits are those without it, and where what was
said has decided anything in the round, no reason is given for any pair.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorwell.accounts.models import User
from mentorwell.core.pairing import Infeasible, Mode, Step, solve, step_of
from mentorwell.core.pairing.explain import Unmatched, change, unmatched, without_pair
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import RoundRun
from mentorwell.matching.queries.ground import Pair
from mentorwell.matching.queries.runs import fits_of_pairs, kept_ground
from mentorwell.people import queries as people
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import today


REMEDIES = 20  # unmatched mentees for whom one more place is tried, by solving again
CHOICES = 10  # mentors offered for a change by hand, the best fits


@dataclass(frozen=True)
class PairLine:
    """One mentee of a run with their mentor in it, and why this one.

    `order` is the mentor's place among all whom the mentee could have, 1 the best fit, equal fits
    alike, and None where more than the fits has decided; `better` the best of those before, if all
    places of theirs are held; `hand` what was changed by hand.
    """

    mentee: Participation
    mentor: Participation
    step: Step
    order: int | None
    choice: int
    better: Participation | None
    hand: Hand | None


@dataclass(frozen=True)
class AloneLine:
    """One mentee whom a run leaves without a mentor, why, and what was seen to help."""

    mentee: Participation
    eligible: int
    apart: int  # mentors from whom the office keeps them by hand
    helps: Participation | None  # one more place here would give them a mentor
    helps_others: Participation | None  # one more place here would cover somebody else


@dataclass(frozen=True)
class RunStory:
    """A run line by line, as one member of the office may read it."""

    pairs: list[PairLine]
    alone: list[AloneLine]
    unlisted: int  # lines about people whom the reader evaluates
    choices: Mapping[int, list[tuple[Participation, Step]]]  # mentee: whom they could have


@dataclass(frozen=True)
class Move:
    """One mentee whose mentor differs between two results."""

    mentee: Participation
    before: list[Participation]
    after: list[Participation]


@dataclass(frozen=True)
class Foreseen:
    """What one change by hand would do, seen by solving again with it.

    `covered` and `total` (millionths of fit, without what was said) are differences, a loss is
    negative. `moves` names each mentee touched, with whom they are with before and after;
    `unlisted` counts those about people whom the reader evaluates.
    """

    covered: int
    total: int
    moves: list[Move]
    unlisted: int


@dataclass(frozen=True)
class Differences:
    """Where two runs pair people differently."""

    moves: list[Move]
    alike: int  # mentees with the same mentor in both
    unlisted: int


class _Reading:
    """A run's ground with its people, its changes by hand, and whom the reader evaluates."""

    def __init__(self, run: RoundRun, user: User, now: datetime) -> None:
        ground = kept_ground(run)
        if ground is None:
            raise NotPossibleNow("The round has closed, and what its runs stood on is forgotten.")
        self.run = run
        self.ground = ground
        self.changes = list(run.changes.all())
        self.problem = ground.changed(self.changes)
        self.result = solve(self.problem, Mode(run.mode))
        self.evaluated = _evaluated(run, user, now)
        there = Participation.objects.select_related("person", "programme")
        self.people = there.in_bulk([*ground.mentees, *ground.mentors])
        held = Counter(self.result.pairs(self.problem)[:, 1].tolist())
        self.full = {
            column for column, count in held.items() if count >= self.problem.seats[column]
        }

    def mentee(self, row: int) -> Participation | None:
        """Return a mentee; None where their part has been erased since."""
        return self.people.get(self.ground.mentees[row])

    def mentor(self, column: int) -> Participation | None:
        """Return a mentor, as `mentee`."""
        return self.people.get(self.ground.mentors[column])

    def may_read(self, one: Participation | None) -> bool:
        """Answer whether the reader may be told of somebody."""
        return one is not None and one.person_id not in self.evaluated

    def told(self, one: Participation | None) -> Participation | None:
        """Return somebody of whom the reader may be told, or None."""
        return one if self.may_read(one) else None

    def in_order(self, row: int) -> list[tuple[int, int]]:
        """Return the columns whom a mentee could have, with the fits, the best first."""
        problem = self.problem
        there = problem.mentors[problem.starts[row] : problem.starts[row + 1]].tolist()
        found = [(column, self.ground.base(row, column)) for column in there]
        return sorted(found, key=lambda one: (-one[1], one[0]))


def run_story(run: RoundRun, *, user: User, now: datetime) -> RunStory:
    """Return a finished run line by line, by the mentees' names.

    Lines about people whom `user` evaluates are only counted. Raises NotPossibleNow once the
    round has closed.
    """
    reading = _Reading(run, user, now)
    found = fits_of_pairs(reading.ground, reading.problem, reading.result)
    pairs = [line for row, column, fit in found if (line := _pair(reading, row, column, fit))]
    left = unmatched(reading.problem, reading.result, most_remedies=REMEDIES)
    alone = [other for one in left if (other := _alone(reading, one))]
    choices = {
        pk: [
            (mentor, step_of(fit))
            for column, fit in reading.in_order(row)
            if (mentor := reading.told(reading.mentor(column)))
        ][:CHOICES]
        for row, pk in enumerate(reading.ground.mentees)
    }
    return RunStory(
        sorted(pairs, key=lambda line: (line.mentee.person.name, line.mentee.pk)),
        sorted(alone, key=lambda line: (line.mentee.person.name, line.mentee.pk)),
        len(found) + len(left) - len(pairs) - len(alone),
        choices,
    )


def _pair(reading: _Reading, row: int, column: int, fit: int) -> PairLine | None:
    """Return the line of one pair, or None where the reader may not be told of it."""
    mentee, mentor = reading.told(reading.mentee(row)), reading.told(reading.mentor(column))
    if mentee is None or mentor is None:
        return None
    ordered = reading.in_order(row)
    before = sum(other > fit for _, other in ordered)  # equal fits share a place
    explained = reading.ground.by_fit_alone and reading.run.mode in (Mode.BEST, Mode.FAIR)
    first = ordered[0][0]
    hands = [
        Hand(one.hand)
        for one in reading.changes
        if (one.mentee_id, one.mentor_id) == (mentee.pk, mentor.pk)
    ]
    return PairLine(
        mentee,
        mentor,
        step=step_of(fit),
        order=before + 1 if explained else None,
        choice=len(ordered),
        better=reading.told(reading.mentor(first))
        if explained and before and first in reading.full
        else None,
        hand=hands[0] if hands else None,
    )


def _alone(reading: _Reading, one: Unmatched) -> AloneLine | None:
    mentee = reading.told(reading.mentee(one.mentee))
    if mentee is None:
        return None
    remedy = one.remedy if one.remedy and one.remedy.covered > 0 else None
    mentor = reading.told(reading.mentor(remedy.mentor)) if remedy else None
    helps = bool(remedy and remedy.helps)
    return AloneLine(
        mentee,
        one.eligible,
        apart=sum(
            change.mentee_id == mentee.pk and change.hand == Hand.APART
            for change in reading.changes
        ),
        helps=mentor if helps else None,
        helps_others=None if helps else mentor,
    )


def _evaluated(run: RoundRun, user: User, now: datetime) -> Collection[int]:
    return people.people_evaluated_by(user.pk, on_date=today(run.round.programme, now))


# --- What a change costs, and what differs -------------------------------------------------


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

    Raises NotPossibleNow where the two cannot be paired in this run at all, with one sentence
    for every reason; where one of them is kept with somebody else by hand already; where `user`
    evaluates one of them; and once the round has closed.
    """
    reading = _Reading(run, user, now)
    ground = reading.ground
    if not (reading.may_read(mentee) and reading.may_read(mentor)):
        raise NotPossibleNow("You evaluate one of the two. Somebody else of the office may do it.")
    if mentee.pk not in ground.mentees or mentor.pk not in ground.mentors:
        raise NotPossibleNow("The two cannot be paired in this run.")
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
    gone, come = found.gone.tolist(), found.come.tolist()

    def keys(pairs: list[list[int]]) -> set[Pair]:
        return {(ground.mentees[row], ground.mentors[column]) for row, column in pairs}

    moves = _moves(keys(gone), keys(come), reading.people)
    listed = _listed(moves, reading.evaluated)
    total = sum(ground.base(*one) for one in come) - sum(ground.base(*one) for one in gone)
    return Foreseen(found.covered, total, listed, len(moves) - len(listed))


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
    gone: Collection[Pair], come: Collection[Pair], named: Mapping[int, Participation]
) -> list[Move]:
    def mentors(pairs: Iterable[Pair], mentee: int) -> list[Participation]:
        return [named[mentor] for one, mentor in sorted(pairs) if one == mentee and mentor in named]

    touched = {mentee for mentee, _ in (*gone, *come) if mentee in named}
    moves = [Move(named[pk], mentors(gone, pk), mentors(come, pk)) for pk in touched]
    return sorted(moves, key=lambda move: (move.mentee.person.name, move.mentee.pk))


def _listed(moves: Sequence[Move], evaluated: Collection[int]) -> list[Move]:
    return [
        move
        for move in moves
        if not any(one.person_id in evaluated for one in (move.mentee, *move.before, *move.after))
    ]
