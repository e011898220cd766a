"""The office changes a run by hand: in a copy, one pair at a time, and each can be taken back."""

from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import RunState
from mentorwell.core.pairing import Mode, solve
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching import queries, rules
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import RoundRun, RunChange, RunGround
from mentorwell.matching.services.running import store_run
from mentorwell.people.models import Participation


@transaction.atomic
def change_run(
    *,
    run: RoundRun,
    mentee: Participation,
    mentor: Participation,
    hand: Hand,
    by: User,
    now: datetime,
) -> RoundRun:
    """Put two together, or keep them apart, and pair everybody else as well as can be again.

    The run itself stays as it is: the first change makes a copy of it, later ones go on in that
    copy. Returns the copy, solved and verified. Nobody's private word is overruled: only pairs
    that the run could have chosen can be put together. Refuses as `start_run`, a run that is not
    done, and as `queries.foresee` (NotPossibleNow).
    """
    rules.check_can_start_run(by, run.round)
    _lock(run)
    if run.state != RunState.DONE:
        raise NotPossibleNow("This run is not done, so there is nothing to change yet.")
    foreseen = queries.foresee(run, mentee=mentee, mentor=mentor, hand=hand, user=by, now=now)
    copy = run
    if not run.adjusts_id:
        same = _same_copy(run, mentee, mentor, hand)
        if same:
            return same  # a second click
        copy = _copy(run, by, now)
    change, created = RunChange.objects.get_or_create(
        run=copy,
        mentee=mentee,
        mentor=mentor,
        defaults={"hand": hand, "covered": foreseen.covered, "total": foreseen.total},
    )
    if not created and change.hand != hand:
        raise NotPossibleNow("You have changed this pair already. Take that back first.")
    _solve_again(copy, now)
    audit.record(verb="matching.run.change", target=copy, by=by, now=now)
    return copy


@transaction.atomic
def take_change_back(
    *, run: RoundRun, mentee: Participation, mentor: Participation, by: User, now: datetime
) -> None:
    """Undo one change by hand; the others stay. Nothing happens where it is gone already.

    Refuses as `start_run`, and once the round has closed (NotPossibleNow).
    """
    rules.check_can_start_run(by, run.round)
    _lock(run)
    if RunChange.objects.filter(run=run, mentee=mentee, mentor=mentor).delete()[0]:
        _solve_again(run, now)
        audit.record(verb="matching.run.take_back", target=run, by=by, now=now)


def _same_copy(
    run: RoundRun, mentee: Participation, mentor: Participation, hand: Hand
) -> RoundRun | None:
    """Return the copy of a run in which this change is the only one, if there is one."""
    for copy in run.adjusted.prefetch_related("changes"):
        made = [(one.mentee_id, one.mentor_id, one.hand) for one in copy.changes.all()]
        if made == [(mentee.pk, mentor.pk, hand)]:
            return copy
    return None


def _copy(run: RoundRun, by: User, now: datetime) -> RoundRun:
    rules.check_room_for_run(run.round)
    copy = RoundRun.objects.create(
        round=run.round,
        state=RunState.RUNNING,
        mode=run.mode,
        weight_interest=run.weight_interest,
        weight_proximity=run.weight_proximity,
        weight_values=run.weight_values,
        weight_style=run.weight_style,
        places_most=run.places_most,
        seed=run.seed,
        adjusts=run,
        by=by,
        asked_at=now,
    )
    RunGround.objects.create(run=copy, packed=run.kept_ground.packed)
    return copy


def _solve_again(run: RoundRun, now: datetime) -> None:
    ground = queries.kept_ground(run)
    if ground is None:
        raise NotPossibleNow("The round has closed, and what its runs stood on is forgotten.")
    problem = ground.changed(list(run.changes.all()))
    result = solve(problem, Mode(run.mode))
    store_run(run=run, ground=ground, problem=problem, result=result, now=now)
    run.refresh_from_db()


def _lock(run: RoundRun) -> None:
    """Let one change at a time touch a run; on SQLite there is one writer anyway."""
    list(RoundRun.objects.select_for_update(no_key=True).filter(pk=run.pk).values_list("pk"))
