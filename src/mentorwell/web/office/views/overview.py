"""Where the office begins: its programmes, how one of them stands, and that mentorships happen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.matching.rules import opening_sentence
from mentorwell.matching.services import answer_help
from mentorwell.office.queries import figures, mentorships, todo
from mentorwell.programmes import queries, rules
from mentorwell.programmes.roles import Permission
from mentorwell.web.office import words
from mentorwell.web.office.forms.mentorships import StateForm
from mentorwell.web.office.views.access import programme_or_404, today, why_not_open


ON_A_PAGE = 50


@login_required
@require_safe
def programme_list(request: SignedInRequest) -> HttpResponse:
    """The programmes in whose office the person is; with one alone, straight to it."""
    programmes = list(queries.programmes_run_by(request.user, Permission.SEE_OFFICE))
    if len(programmes) == 1:
        return redirect("office:overview-show", slug=programmes[0].slug)
    return render(request, "web/office/programme_list.html", {"programmes": programmes})


@login_required
@require_safe
def overview_show(request: SignedInRequest, slug: str) -> HttpResponse:
    """The gap first, then what waits for the office, then the figures."""
    programme = programme_or_404(request, slug, Permission.SEE_OFFICE)
    waits = todo.todo_of(request.user, programme, on_date=today(programme))
    return render(
        request,
        "web/office/overview_show.html",
        {
            "programme": programme,
            "figures": figures.figures_of(programme, now=clock.now()),
            "todo": waits,
            "opening": opening_sentence(waits.opening),
            "not_open": why_not_open(request.user, programme),
            "may_set_policy": rules.can(request.user, Permission.SET_POLICY, programme),
            "may_bring_in": rules.can(request.user, Permission.BRING_PEOPLE_IN, programme),
        },
    )


@login_required
@require_POST
def help_answered(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Note that the coordinator has been in touch with who asked for help."""
    programme = programme_or_404(request, slug, Permission.SEE_OFFICE)
    asked = get_object_or_404(todo.help_requests_in(request.user, programme), uid=uid)
    answer_help(request=asked, by=request.user, now=clock.now())
    messages.success(request, "Noted. Thank you for looking with them.")
    return redirect("office:overview-show", slug=slug)


@login_required
@require_safe
def mentorship_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """That mentorships happen: dates, states and counts."""
    programme = programme_or_404(request, slug, Permission.SEE_OFFICE)
    form = StateForm(request.GET)
    listed = mentorships.mentorships_listed(
        request.user, programme, state=form.chosen(), on_date=today(programme)
    )
    shown = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = mentorships.rows_of(shown)
    context: dict[str, Any] = {
        "programme": programme,
        "form": form,
        "page": shown,
        "lines": [words.mentorship_line(row) for row in rows],
        "filtered": bool(form.chosen()),
    }
    if not request.htmx:
        context["unlisted"] = mentorships.unlisted_count(
            request.user, programme, on_date=today(programme)
        )
    fragment = "#rows" if request.htmx else ""
    return render(request, f"web/office/mentorship_list.html{fragment}", context)
