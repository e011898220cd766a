"""The only code that changes goals."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import GOAL_MOVES, GoalState, sources
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.goals import rules
from mentorwell.goals.models import Goal, GoalShare
from mentorwell.goals.rules import GoalText
from mentorwell.mentorships.models import Mentorship


@transaction.atomic
def write_goal(*, text: GoalText, by: User, now: datetime) -> Goal:
    """Write a goal down; nobody else reads it until its owner shares it.

    Raises NotPossibleNow with twelve goals under way, without words, or where a word or a day
    cannot be.
    """
    rules.check_can_write(by)
    rules.check_text(text, today=day_in(by.time_zone, now))
    goal = Goal.objects.create(person=by, written_at=now, **_stored(text))
    audit.record(verb="goals.goal.write", target=goal, by=by, now=now)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, text: GoalText, by: User, now: datetime) -> None:
    """Say a goal anew. A day that has passed may stay as it was.

    Raises NotAllowed for anybody but its owner; NotPossibleNow where a word or a day cannot be.
    """
    rules.check_own(by, goal)
    today = day_in(by.time_zone, now)
    if text.due_date == goal.due_date and text.due_date is not None:
        today = min(today, text.due_date)
    rules.check_text(text, today=today)
    Goal.objects.filter(pk=goal.pk).update(**_stored(text))
    audit.record(verb="goals.goal.change", target=goal, by=by, now=now)


@transaction.atomic
def move_goal(*, goal: Goal, to: GoalState, by: User, now: datetime, kept: str = "") -> None:
    """Pause a goal, reach it, let it go, or take it up again; `kept` is what stays of it.

    Raises NotAllowed for anybody but its owner; NotPossibleNow where it has just changed, or the
    words are too long.
    """
    rules.check_can_move(by, goal, to)
    if len(kept) > rules.WORDS_LENGTH:
        raise NotPossibleNow(f"Say it in up to {rules.WORDS_LENGTH} letters.")
    settled = to in (GoalState.REACHED, GoalState.LET_GO)
    moved = Goal.objects.filter(pk=goal.pk, state__in=sources(GOAL_MOVES, to)).update(
        state=to, settled_at=now if settled else None, kept=kept.strip() if settled else ""
    )
    if not moved:
        raise NotPossibleNow("This goal has just changed. Look at the page again.")
    audit.record(verb="goals.goal.move", target=goal, by=by, now=now)


@transaction.atomic
def share_goal(*, goal: Goal, mentorships: Collection[Mentorship], by: User, now: datetime) -> None:
    """Share a goal in these mentorships and in no others; taking it back hides it at once.

    Raises NotAllowed for anybody but its owner; NotPossibleNow for a mentorship that they are not
    in. Where a mentorship has ended the share stays until its owner takes it back.
    """
    rules.check_own(by, goal)
    shared = {share.mentorship_id: share for share in goal.shares.all()}
    wanted = {each.pk: each for each in mentorships}
    for mentorship_id in wanted.keys() - shared.keys():
        rules.check_can_share(by, goal, wanted[mentorship_id])
        GoalShare.objects.create(goal=goal, mentorship=wanted[mentorship_id], shared_at=now)
    GoalShare.objects.filter(goal=goal).exclude(mentorship__in=wanted).delete()
    audit.record(verb="goals.goal.share", target=goal, by=by, now=now)


def _stored(text: GoalText) -> dict[str, object]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(text).items()
    }
