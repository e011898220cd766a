"""Runs of a round: the office asks, a job solves, verifies and stores."""

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import RUN_MOVES, RunState, sources
from mentorwell.core.pairing import Mode, Problem, Result, Weights, solve
from mentorwell.foundation import jobs
from mentorwell.foundation.errors import NotPossibleNow, Refusal
from mentorwell.matching import queries, rules
from mentorwell.matching.models import Round, RoundRun, RunGround, RunPair


SOLVE = "mentorwell.matching.tasks.solve_run"
OUR_FAULT = "Something went wrong on our side. Nothing was stored. Run it again."
READ, SOLVED = 60, 90  # in a hundred: what a run has done by then
NOTED_EVERY = 5  # in a hundred


@dataclass(frozen=True)
class Repeated:
    """What repeating a run has shown: whether its ground is as it was, and whether the same came out."""

    same_ground: bool
    same_result: bool


@transaction.atomic
def start_run(
    *,
    round_: Round,
    mode: Mode,
    weights: Weights,
    places_most: int | None = None,
    seed: int = 0,
    by: User,
    now: datetime,
) -> RoundRun:
    """Ask for one try at the pairs of a round; a job solves it, beside any others.

    It changes nobody's state. Refuses whoever may not run rounds (NotAllowed); a round whose
    pairs are out, more than twelve tries, weights far from the programme's own, and a run by
    lists that so few have given that it would tell whose they are (NotPossibleNow).
    """
    rules.check_can_start_run(by, round_)
    rules.check_lists_hide_people(round_, mode)
    rules.check_weights_stay_near(round_, weights)
    rules.check_room_for_run(round_)
    run = RoundRun.objects.create(
        round=round_,
        mode=mode,
        weight_interest=weights.interest,
        weight_proximity=weights.proximity,
        weight_values=weights.values,
        weight_style=weights.style,
        places_most=places_most,
        seed=seed,
        by=by,
        asked_at=now,
    )
    audit.record(verb="matching.run.start", target=run, by=by, now=now)
    jobs.enqueue(SOLVE, run_id=run.pk)
    return run


@transaction.atomic
def cancel_run(*, run: RoundRun, by: User, now: datetime) -> None:
    """Stop a run that is not done; its job ends without a trace.

    Refuses as `start_run`, and a run that has ended already (NotPossibleNow).
    """
    rules.check_can_run_rounds(by, run.round.programme)
    _must_move(run, RunState.CANCELLED, finished_at=now)
    audit.record(verb="matching.run.cancel", target=run, by=by, now=now)


@transaction.atomic
def run_again(*, run: RoundRun, by: User, now: datetime) -> None:
    """Ask for a run again that failed or was cancelled. Refuses as `start_run`."""
    rules.check_can_start_run(by, run.round)
    _must_move(run, RunState.QUEUED, finished_at=None, failure="", progress=0)
    audit.record(verb="matching.run.again", target=run, by=by, now=now)
    jobs.enqueue(SOLVE, run_id=run.pk)


def solve_run(*, run_id: int, now: datetime) -> None:
    """Solve, verify and store one run; for the worker, and nothing where it is no longer asked.

    Not audited: it changes nothing but the run's own figures. A run that was cancelled meanwhile
    stores nothing. Where it fails, the run says so and nothing else is written.
    """
    run = (
        RoundRun.objects.select_related(
            "round__programme__policy", "round__programme__organisation"
        )
        .filter(pk=run_id)
        .first()
    )
    if run is None or not _move(run, RunState.RUNNING):
        return
    try:
        ground = queries.ground_of(run, now=now, tell=_Progress(run))
        if not _told(run, READ):
            return
        result = solve(ground.problem, Mode(run.mode))
        if _told(run, SOLVED):
            store_run(run=run, ground=ground, problem=ground.problem, result=result, now=now)
    except _Stopped:
        return
    except Exception as error:
        sentence = str(error) if isinstance(error, Refusal) else OUR_FAULT
        _move(run, RunState.FAILED, failure=sentence, finished_at=now)
        raise


def repeat_run(*, run: RoundRun, by: User, now: datetime, afresh: bool = False) -> Repeated:
    """Solve a run again on the ground that was kept with it and say whether the same comes out.

    Stores nothing. With `afresh`, or where the ground was forgotten as the round closed, the
    ground is read as it is today. Refuses whoever may not run rounds (NotAllowed) and a run that
    is not done (NotPossibleNow).
    """
    rules.check_can_run_rounds(by, run.round.programme)
    if run.state != RunState.DONE:
        raise NotPossibleNow("This run is not done, so there is nothing to repeat.")
    kept = None if afresh else queries.kept_ground(run)
    ground = kept or queries.ground_of(run, now=now)
    problem = ground.changed(list(run.changes.all()))
    result = solve(problem, Mode(run.mode))
    return Repeated(
        same_ground=ground.hash == run.input_hash,
        same_result=queries.hash_of(problem, result) == run.result_hash,
    )


@transaction.atomic
def store_run(
    *, run: RoundRun, ground: queries.Ground, problem: Problem, result: Result, now: datetime
) -> None:
    """Store what came out of a run, all of it or, once it was cancelled or its round closed, nothing.

    Not audited: it changes nothing but the run. `problem` is the ground's own, or as changed by
    hand; `result` has been verified, as `solve` never hands out another.
    """
    # Closing a round cancels what is under way, and takes away the ground that changes start from.
    there = RoundRun.objects.filter(pk=run.pk, state__in=[RunState.RUNNING, RunState.DONE])
    stored = there.update(
        state=RunState.DONE,
        finished_at=now,
        progress=100,
        engine=version("mentorwell"),
        input_hash=ground.hash,
        result_hash=queries.hash_of(problem, result),
        figures=queries.figures_of(run, ground, problem, result),
    )
    if not stored:
        return
    RunGround.objects.update_or_create(run=run, defaults={"packed": ground.packed()})
    RunPair.objects.filter(run=run).delete()
    RunPair.objects.bulk_create(
        RunPair(
            run=run, mentee_id=ground.mentees[mentee], mentor_id=ground.mentors[mentor], fit=fit
        )
        for mentee, mentor, fit in queries.fits_of_pairs(ground, problem, result)
    )


class _Stopped(Exception):  # noqa: N818 -- nothing went wrong
    """The run was cancelled while it was read."""


class _Progress:
    """Notes how far the reading is, and stops it once the run is cancelled."""

    def __init__(self, run: RoundRun) -> None:
        self.run = run
        self.noted = 0

    def __call__(self, share: float) -> None:
        progress = int(READ * share)
        if progress < self.noted + NOTED_EVERY:
            return
        self.noted = progress
        if not _told(self.run, progress):
            raise _Stopped


def _told(run: RoundRun, progress: int) -> bool:
    """Note how far a run is; False where it has been cancelled."""
    running = RoundRun.objects.filter(pk=run.pk, state=RunState.RUNNING)
    return bool(running.update(progress=progress))


def _move(run: RoundRun, state: RunState, **fields: object) -> bool:
    movable = RoundRun.objects.filter(pk=run.pk, state__in=sources(RUN_MOVES, state))
    return bool(movable.update(state=state, **fields))


def _must_move(run: RoundRun, state: RunState, **fields: object) -> None:
    if not _move(run, state, **fields):
        raise NotPossibleNow("This run has moved on meanwhile. Look at it again.")
