"""Runs of a round: read, compare, change by hand, ask for first talks, publish."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import RoundState, RunState
from mentorwell.core.pairing import Mode
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.matching import queries, rules, services
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import RoundRun
from mentorwell.people.models import Participation
from mentorwell.web.office import round_words as words
from mentorwell.web.office.forms.rounds import ChangeForm, CompareForm
from mentorwell.web.office.views.access import PAGE
from mentorwell.web.office.views.rounds import round_or_404


def _run_or_404(request: SignedInRequest, slug: str, uid: UUID) -> RoundRun:
    """Return a run of a round that the person runs."""
    runs = RoundRun.objects.filter(round__in=queries.rounds_visible_to(request.user))
    runs = runs.select_related("round__programme__policy", "round__programme__organisation")
    return get_object_or_404(runs, round__programme__slug=slug, uid=uid)


def _about(run: RoundRun) -> dict[str, Any]:
    """What every page of a run shows."""
    lines = words.run_lines(list(run.round.runs.all()))
    return {
        "run": run,
        "line": next(line for line in lines if line.run == run),
        "round": run.round,
        "programme": run.round.programme,
    }


@login_required
@require_safe
def run_show(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """One run pair by pair, why so, and who is left without."""
    run = _run_or_404(request, slug, uid)
    if run.state != RunState.DONE:
        return redirect("office:round-show", slug=slug, uid=run.round.uid)
    context = _about(run)
    try:
        story = queries.run_story(run, user=request.user, now=clock.now())
    except Refusal as reason:
        return render(request, "web/office/run_show.html", {**context, "forgotten": str(reason)})
    context |= {
        "promise": words.promise(run),
        "gap": words.gap(run),
        "story": story,
        "pairs": words.pair_rows(story, Mode(run.mode)),
        "alone": words.alone_rows(story),
        "changes": [
            (change, words.total_words(change.total, run))
            for change in queries.changes_of(run, user=request.user, now=clock.now())
        ],
        "may_change": rules.can_start_run(request.user, run.round),
        "may_publish": run.round.state == RoundState.PROPOSED,
        "may_ask_for_talks": rules.can_ask_for_talks(request.user, run.round, now=clock.now()),
    }
    return render(request, "web/office/run_show.html", context)


@login_required
@require_POST
def run_cancel(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Stop a run that is not done."""
    run = _run_or_404(request, slug, uid)
    services.cancel_run(run=run, by=request.user, now=clock.now())
    return redirect("office:round-show", slug=slug, uid=run.round.uid)


@login_required
@require_POST
def run_again(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Ask again for a run that failed or was stopped."""
    run = _run_or_404(request, slug, uid)
    services.run_again(run=run, by=request.user, now=clock.now())
    return redirect("office:round-show", slug=slug, uid=run.round.uid)


@login_required
@require_POST
def run_repeat(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Solve a run once more and say whether the same comes out."""
    run = _run_or_404(request, slug, uid)
    repeated = services.repeat_run(run=run, by=request.user, now=clock.now())
    if repeated.same_ground and repeated.same_result:
        messages.success(request, "Solved once more: the same pairs, every one.")
    else:
        messages.warning(
            request,
            "Solved once more: something else came out. Mentorwell may have been changed since; "
            "please tell whoever runs it.",
        )
    return redirect("office:run-show", slug=slug, uid=uid)


@login_required
@require_safe
def run_compare(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Two runs of a round, pair by pair where they differ."""
    round_ = round_or_404(request, slug, uid)
    runs = list(round_.runs.all())
    lines = words.run_lines(runs)
    done = [(line.run, line.name) for line in lines if line.run.state == RunState.DONE]
    form = CompareForm(request.GET, runs=done)
    if not form.is_valid():
        raise Http404
    one, other = form.cleaned_data["a"], form.cleaned_data["b"]
    shown = {line.run.pk: line for line in lines}
    first, second = shown[one.pk], shown[other.pk]
    context = {
        "round": round_,
        "programme": round_.programme,
        "form": form,
        "first": first,
        "second": second,
        "figures": list(zip(first.figures, second.figures, strict=True)),
        "found": queries.differences(one, other, user=request.user, now=clock.now()),
    }
    return render(request, "web/office/run_compare.html", context)


# --- Changes by hand -----------------------------------------------------------------------


@login_required
@require_http_methods(PAGE)
def run_change(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show what one change would cost, then make it."""
    run = _run_or_404(request, slug, uid)
    form = ChangeForm(request.POST if request.method == "POST" else request.GET)
    if run.state != RunState.DONE or not form.is_valid():
        raise Http404
    there = Participation.objects.filter(programme=run.round.programme_id).select_related("person")
    asked: dict[str, Any] = {
        "mentee": get_object_or_404(there, uid=form.cleaned_data["mentee"]),
        "mentor": get_object_or_404(there, uid=form.cleaned_data["mentor"]),
        "hand": Hand(form.cleaned_data["hand"]),
    }
    now = clock.now()
    if request.method == "POST":
        copy = services.change_run(run=run, **asked, by=request.user, now=now)
        messages.success(request, "Changed, and everybody else paired anew as well as can be.")
        return redirect("office:run-show", slug=slug, uid=copy.uid)
    context = {**_about(run), **asked, "together": asked["hand"] == Hand.TOGETHER}
    try:
        foreseen = queries.foresee(run, **asked, user=request.user, now=now)
    except Refusal as reason:
        return render(request, "web/office/run_change.html", {**context, "refused": str(reason)})
    context |= {"foreseen": foreseen, "cost": words.cost(foreseen, run)}
    return render(request, "web/office/run_change.html", context)


@login_required
@require_POST
def change_undo(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take one change by hand back."""
    run = _run_or_404(request, slug, uid)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        raise Http404
    there = Participation.objects.filter(programme=run.round.programme_id)
    services.take_change_back(
        run=run,
        mentee=get_object_or_404(there, uid=form.cleaned_data["mentee"]),
        mentor=get_object_or_404(there, uid=form.cleaned_data["mentor"]),
        by=request.user,
        now=clock.now(),
    )
    messages.success(request, "Taken back.")
    return redirect("office:run-show", slug=slug, uid=uid)


# --- Out to the people ---------------------------------------------------------------------


@login_required
@require_http_methods(PAGE)
def talks_ask(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say what first talks are, then ask for them."""
    run = _run_or_404(request, slug, uid)
    if request.method != "POST":
        return render(request, "web/office/talks_ask.html", _about(run))
    count = services.ask_for_talks(run=run, by=request.user, now=clock.now())
    messages.success(
        request, f"{count} first talk{'' if count == 1 else 's'} asked for. Both sides are told."
    )
    return redirect("office:round-show", slug=slug, uid=run.round.uid)


@login_required
@require_http_methods(PAGE)
def run_publish(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say what publishing does, then do it."""
    run = _run_or_404(request, slug, uid)
    if request.method != "POST":
        return render(request, "web/office/run_publish.html", _about(run))
    services.publish_run(run=run, by=request.user, now=clock.now())
    messages.success(
        request, "Published. In a moment each mentee reads their suggestions, and decides alone."
    )
    return redirect("office:round-show", slug=slug, uid=run.round.uid)
