"""One's own goals, and those that others share."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import GoalState
from mentorwell.foundation import clock
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.goals import queries, rules, services
from mentorwell.goals.content import Word, goal_words
from mentorwell.goals.models import Goal
from mentorwell.mentorships.queries import mentorships_visible_to
from mentorwell.web.goals.forms import GoalForm, SettleForm, ShareForm
from mentorwell.web.mentorships.pairs import pair_of


PAGE = ["GET", "HEAD", "POST"]
GOING = (GoalState.ACTIVE, GoalState.PAUSED)
FIELDS = ("words", "kind", "factor", "measure", "next_step", "help_needed", "due_date")
SETTLED = {
    GoalState.REACHED: "You got there. Let that stand for a moment.",
    GoalState.LET_GO: "Let go. That is a decision too, and it makes room.",
    GoalState.PAUSED: "It rests. Nothing is lost.",
    GoalState.ACTIVE: "It is yours again.",
}


@login_required
@require_safe
def goal_list(request: SignedInRequest) -> HttpResponse:
    """What one is after, and what one has reached or let go."""
    goals = list(queries.goals_of(request.user))
    return _page(
        request,
        "goal_list",
        going=[goal for goal in goals if goal.state in GOING],
        settled=[goal for goal in goals if goal.state not in GOING],
    )


@login_required
@require_http_methods(PAGE)
def goal_write(request: SignedInRequest) -> HttpResponse:
    """Write a goal down."""
    form = GoalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            goal = services.write_goal(text=form.text(), by=request.user, now=clock.now())
        except NotPossibleNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Kept, for you alone. Share it when you like.")
            return redirect("goals:goal-show", uid=goal.uid)
    return _page(request, "goal_write", form=form)


@login_required
@require_safe
def goal_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A goal; its owner also finds what can be done about it."""
    goal = _goal(request, uid)
    mine = goal.person_id == request.user.pk
    return _page(
        request,
        "goal_show",
        goal=goal,
        mine=mine,
        kind=_word(goal.kind, goal_words().kind),
        factor=_word(goal.factor, goal_words().factor),
        moves=[to.value for to in GoalState if rules.can_move(request.user, goal, to)],
        settle=SettleForm(),
        share=_share_form(request, goal) if mine else None,
    )


@login_required
@require_http_methods(PAGE)
def goal_change(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say one's own goal anew."""
    goal = _own(request, uid)
    form = GoalForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(goal, name) for name in FIELDS},
    )
    if form.is_valid() and _tried(
        form, services.change_goal, goal=goal, text=form.text(), by=request.user, now=clock.now()
    ):
        messages.success(request, "Kept.")
        return redirect("goals:goal-show", uid=uid)
    return _page(request, "goal_write", form=form, goal=goal)


@login_required
@require_http_methods(["POST"])
def goal_settle(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Pause a goal, reach it, let it go, or take it up again."""
    goal = _own(request, uid)
    form = SettleForm(request.POST)
    if not form.is_valid():
        raise NotPossibleNow("Choose one of the buttons on the page, with a line at most.")
    to = form.cleaned_data["to"]
    services.move_goal(
        goal=goal, to=to, kept=form.cleaned_data["kept"], by=request.user, now=clock.now()
    )
    messages.success(request, SETTLED[to])
    return redirect("goals:goal-show", uid=uid)


@login_required
@require_http_methods(["POST"])
def goal_share(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Choose in which mentorships a goal may be read."""
    goal = _own(request, uid)
    form = _share_form(request, goal)
    if not form.is_valid():
        raise NotPossibleNow("Choose from the mentorships on the page.")
    wanted = mentorships_visible_to(request.user).filter(pk__in=form.cleaned_data["mentorships"])
    services.share_goal(goal=goal, mentorships=list(wanted), by=request.user, now=clock.now())
    messages.success(request, "Kept.")
    return redirect("goals:goal-show", uid=uid)


def _goal(request: SignedInRequest, uid: UUID) -> Goal:
    return get_object_or_404(queries.goals_visible_to(request.user), uid=uid)


def _own(request: SignedInRequest, uid: UUID) -> Goal:
    goal = _goal(request, uid)
    rules.check_own(request.user, goal)
    return goal


def _share_form(request: SignedInRequest, goal: Goal) -> ShareForm:
    shared = set(queries.shared_with(goal))
    offered = mentorships_visible_to(request.user).filter(
        pk__in=[
            *shared,
            *queries.mentorships_to_share_in(request.user).values_list("pk", flat=True),
        ]
    )
    return ShareForm(
        request.POST if request.method == "POST" else None,
        offered=[(each.pk, pair_of(each, request.user).title) for each in offered],
        initial={"mentorships": list(shared)},
    )


def _word(slug: str, offered: tuple[Word, ...]) -> str:
    # A word that a later release no longer offers is shown by its slug.
    return next((each.name for each in offered if each.slug == slug), slug)


def _tried(form: BaseForm, service: Any, **arguments: Any) -> bool:
    try:
        service(**arguments)
    except NotPossibleNow as reason:
        form.add_error(None, str(reason))
        return False
    return True


def _page(
    request: SignedInRequest, name: str, *, form: BaseForm | None = None, **context: Any
) -> HttpResponse:
    return render(
        request,
        f"web/goals/{name}.html",
        {"form": form, **context},
        status=400 if form is not None and form.is_bound else 200,
    )
