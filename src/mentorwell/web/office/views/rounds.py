"""Rounds of a programme: begin one, see who is in it, end it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import RoundState, RunState
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.matching import queries, rules, services
from mentorwell.matching.models import Round
from mentorwell.programmes.roles import Permission
from mentorwell.web.office import round_words as words
from mentorwell.web.office.forms.rounds import CompareForm, RoundForm, RunForm
from mentorwell.web.office.views.access import PAGE, page, programme_or_404, tried


def round_or_404(request: SignedInRequest, slug: str, uid: UUID) -> Round:
    """Return a round of a programme whose rounds the person runs."""
    rounds = queries.rounds_visible_to(request.user).select_related(
        "programme__policy", "programme__organisation"
    )
    return get_object_or_404(rounds, programme__slug=slug, uid=uid)


@login_required
@require_safe
def round_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """The round that is on, and those that were."""
    programme = programme_or_404(request, slug, Permission.RUN_ROUNDS)
    rounds = list(queries.rounds_visible_to(request.user).filter(programme=programme))
    lines = [words.round_line(one) for one in rounds]
    context = {
        "programme": programme,
        "open": [line for line in lines if line.round.state != RoundState.CLOSED],
        "closed": [line for line in lines if line.round.state == RoundState.CLOSED],
        "refused": _why_none(request, programme),
    }
    return render(request, "web/office/round_list.html", context)


def _why_none(request: SignedInRequest, programme: object) -> str:
    """Return why no round can be begun here, or nothing."""
    try:
        rules.check_can_run_rounds(request.user, programme)  # type: ignore[arg-type]  # a programme, as the caller found it
    except Refusal as reason:
        return str(reason)
    return ""


@login_required
@require_http_methods(PAGE)
def round_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Name a round and its days; mentees are told as soon as it begins."""
    programme = programme_or_404(request, slug, Permission.RUN_ROUNDS)
    form = RoundForm(request.POST or None)
    if form.is_valid():
        try:
            round_ = services.begin_round(
                programme=programme, **form.cleaned_data, by=request.user, now=clock.now()
            )
        except Refusal as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "It has begun. Mentees who look for a mentor are told.")
            return redirect("office:round-show", slug=slug, uid=round_.uid)
    return page(request, "round_create", form, programme)


@login_required
@require_http_methods(PAGE)
def round_show(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Where a round stands: who is in it, its runs side by side, and the next try."""
    round_ = round_or_404(request, slug, uid)
    form = RunForm(request.POST or None, policy=round_.programme.policy)
    if form.is_valid() and tried(
        form,
        services.start_run,
        round_=round_,
        **form.told(),
        by=request.user,
        now=clock.now(),
    ):
        return redirect("office:round-show", slug=slug, uid=uid)
    runs = list(round_.runs.all())
    lines = words.run_lines(runs)
    done = [(line.run, line.name) for line in lines if line.run.state == RunState.DONE]
    context = {
        "round": round_,
        "line": words.round_line(round_),
        "stations": words.STATIONS,
        "station": words.station(round_),
        "lines": lines,
        "figure_labels": words.FIGURE_LABELS.values(),
        "under_way": any(line.under_way for line in lines),
        "compare": CompareForm(runs=done, initial={"a": done[-2][0].uid, "b": done[-1][0].uid})
        if len(done) > 1
        else None,
        "may_try": rules.can_start_run(request.user, round_),
        "may_ask_for_talks": rules.can_ask_for_talks(request.user, round_, now=clock.now()),
    }
    if request.htmx:
        return render(
            request, "web/office/round_show.html#runs", {**context, "programme": round_.programme}
        )
    context["counts"] = queries.round_counts(round_)
    return page(request, "round_show", form, round_.programme, **context)


@login_required
@require_POST
def wishes_stop(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take no more wishes."""
    round_ = round_or_404(request, slug, uid)
    services.stop_wishes(round_=round_, by=request.user, now=clock.now())
    messages.success(request, "No more wishes come in. You can take them again until you publish.")
    return redirect("office:round-show", slug=slug, uid=uid)


@login_required
@require_POST
def wishes_reopen(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take wishes again."""
    round_ = round_or_404(request, slug, uid)
    services.reopen_wishes(round_=round_, by=request.user, now=clock.now())
    messages.success(request, "People can join and wish again.")
    return redirect("office:round-show", slug=slug, uid=uid)


@login_required
@require_http_methods(PAGE)
def round_close(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say what closing does, then do it."""
    round_ = round_or_404(request, slug, uid)
    if request.method != "POST":
        context = {"round": round_, "programme": round_.programme}
        return render(request, "web/office/round_close.html", context)
    services.close_round(round_=round_, by=request.user, now=clock.now())
    messages.success(request, "The round has closed. What it has led to goes on.")
    return redirect("office:round-list", slug=slug)
