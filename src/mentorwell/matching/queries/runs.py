"""What is kept of a run: its figures, its ground, its changes by hand."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

import numpy as np

from mentorwell.accounts.models import User
from mentorwell.core.pairing import Mode, Problem, Result
from mentorwell.core.pairing.explain import fairness
from mentorwell.core.pairing.solving import verified
from mentorwell.matching.models import RoundRun, RoundWish, RunChange, RunGround
from mentorwell.matching.queries.ground import Ground, unpacked
from mentorwell.people import queries as people
from mentorwell.people.content import stages
from mentorwell.people.models import Profile
from mentorwell.programmes.queries import today


REMEDIES = 20  # unmatched mentees for whom one more place is tried, by solving again
LISTS_LEAST = 10  # fewer first choices are not told of
CHOICES = 10  # mentors offered for a change by hand, the best fits


def hash_of(problem: Problem, result: Result) -> str:
    """Tell the pairs of one result from any others."""
    pairs = sorted(
        f"{problem.mentee_ids[mentee]} {problem.mentor_ids[mentor]}"
        for mentee, mentor in result.pairs(problem).tolist()
    )
    return sha256("\n".join(pairs).encode()).hexdigest()


def fits_of_pairs(ground: Ground, problem: Problem, result: Result) -> list[tuple[int, int, int]]:
    """Return all pairs of a result with their fit without what was said, by places."""
    return [
        (mentee, mentor, ground.base(mentee, mentor))
        for mentee, mentor in result.pairs(problem).tolist()
    ]


def figures_of(run: RoundRun, ground: Ground, problem: Problem, result: Result) -> dict[str, Any]:
    """Return counts and sums of a whole run, none of them about one person.

    Fits are millionths, without what people have said in the round. How many got their first
    choice is told in thirds, only of enough mentees, and never of a run changed by hand: one
    change more or less would tell whose it was. `by_fit_alone` says whether the fits alone
    decided, so that reasons may be given.
    """
    pairs = fits_of_pairs(ground, problem, result)
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
        "by_fit_alone": ground.by_fit_alone and run.mode in (Mode.BEST, Mode.FAIR),
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
    if len(first) < max(threshold, LISTS_LEAST):
        return None
    had = sum(first.get(ground.mentees[row]) == ground.mentors[column] for row, column, _ in pairs)
    return min(3 * had // len(first), 2)


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


def kept_ground(run: RoundRun) -> Ground | None:
    """Return the ground that was kept with a run; None once the round has closed."""
    row = RunGround.objects.filter(run=run).first()
    return unpacked(row.packed) if row else None


def changes_of(run: RoundRun, *, user: User, now: datetime) -> list[RunChange]:
    """Return what was changed by hand in a run, in its order, with the names.

    Without those about people whom `user` evaluates.
    """
    evaluated = people.people_evaluated_by(user.pk, on_date=today(run.round.programme, now))
    changes = run.changes.select_related("mentee__person", "mentor__person")
    return list(changes.exclude(mentee__person__in=evaluated).exclude(mentor__person__in=evaluated))
