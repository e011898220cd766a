"""Runs of a round: the office asks, a job solves, verifies and stores."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version

import numpy as np
from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import RUN_MOVES, RunState, sources
from mentorwell.core.pairing import Mode, Problem, Result, Weights, solve
from mentorwell.foundation import jobs
from mentorwell.foundation.errors import NotPossibleNow, Refusal
from mentorwell.matching import queries, rules
from mentorwell.matching.models import Round, RoundRun, RunPair


RUNS_MOST = 12  # of one round: more would not be compared
SOLVE = "mentorwell.matching.tasks.solve_run"
OUR_FAULT = "Something went wrong on our side. Nothing was stored. Run it again."
READ, SOLVED = 60, 90  # in a hundred: what a run has done by then


@dataclass(frozen=True)
class Repeated:
    """What repeating a run has shown: whether its ground is the same, and what came out."""

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

    It changes nobody's state. Refuses whoever may not run rounds (NotAllowed), a round whose
    pairs are out, and more than twelve tries (NotPossibleNow).
    """
    rules.check_can_start_run(by, round_)
    if round_.runs.count() >= RUNS_MOST:
        raise NotPossibleNow(f"There are {RUNS_MOST} runs already. Compare them, then choose one.")
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
        ground = queries.ground_of(run, now=now)
        if not _told(run, READ):
            return
        result = solve(ground.problem, Mode(run.mode))
        if _told(run, SOLVED):
            _store(run, ground, result, now)
    except Exception as error:
        sentence = str(error) if isinstance(error, Refusal) else OUR_FAULT
        _move(run, RunState.FAILED, failure=sentence, finished_at=now)
        raise


def repeat_run(*, run: RoundRun, by: User, now: datetime) -> Repeated:
    """Solve a run again on today's ground and say whether the same comes out; stores nothing.

    Refuses whoever may not run rounds (NotAllowed) and a run that is not done (NotPossibleNow).
    """
    rules.check_can_run_rounds(by, run.round.programme)
    if run.state != RunState.DONE:
        raise NotPossibleNow("This run is not done, so there is nothing to repeat.")
    ground = queries.ground_of(run, now=now)
    result = solve(ground.problem, Mode(run.mode))
    return Repeated(
        same_ground=ground.hash == run.input_hash,
        same_result=_hash(ground.problem, result) == run.result_hash,
    )


@transaction.atomic
def _store(run: RoundRun, ground: queries.Ground, result: Result, now: datetime) -> None:
    problem = ground.problem
    stored = _move(
        run,
        RunState.DONE,
        finished_at=now,
        progress=100,
        engine=version("mentorwell"),
        input_hash=ground.hash,
        result_hash=_hash(problem, result),
        figures=_figures(problem, result),
    )
    if not stored:
        return  # cancelled meanwhile
    RunPair.objects.filter(run=run).delete()
    RunPair.objects.bulk_create(
        RunPair(
            run=run,
            mentee_id=ground.mentees[problem.mentees[pair]],
            mentor_id=ground.mentors[problem.mentors[pair]],
            fit=int(problem.fits[pair]),
        )
        for pair in result.chosen
    )


def _figures(problem: Problem, result: Result) -> dict[str, int]:
    fits = problem.fits[result.chosen]
    loads = np.bincount(problem.mentors[result.chosen], minlength=len(problem.mentor_ids))
    ranks = problem.mentee_ranks
    return {
        "mentees": len(problem.mentee_ids),
        "covered": result.covered(problem),
        "mentors": len(problem.mentor_ids),
        "mentors_used": int(np.count_nonzero(loads)),
        "places": int(problem.seats.sum()),
        "total": int(fits.sum()),
        "worst": int(fits.min(initial=0)) if not len(fits) else int(fits.min()),
        "most_load": int(loads.max(initial=0)),
        "first_choices": 0 if ranks is None else int((ranks[result.chosen] == 1).sum()),
    }


def _hash(problem: Problem, result: Result) -> str:
    pairs = sorted(
        f"{problem.mentee_ids[mentee]} {problem.mentor_ids[mentor]}"
        for mentee, mentor in result.pairs(problem).tolist()
    )
    return sha256("\n".join(pairs).encode()).hexdigest()


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
