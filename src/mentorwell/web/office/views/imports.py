"""People from a file: upload, columns, check, bring in, welcome."""

import csv
from io import StringIO
from itertools import islice
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import ImportState
from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.values import clean
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.office import rules, services
from mentorwell.office.models import ImportRun
from mentorwell.office.queries.imports import (
    UNDER_WAY,
    imports_visible_to,
    problems_of,
    table_of,
    unknown_names,
)
from mentorwell.office.queries.known import known_names
from mentorwell.office.queries.welcomes import waiting_for_welcome, welcome_preview
from mentorwell.people.content import topics
from mentorwell.people.enums import Part
from mentorwell.programmes.roles import Permission
from mentorwell.web.office import words
from mentorwell.web.office.forms import imports as forms
from mentorwell.web.office.views.access import PAGE, first_error, page, programme_or_404, tried


STEPS = ["File", "Columns", "Check", "Bring in"]
SHOWN_PROBLEMS = 100
SHOWN_NAMES = 30


def _run_or_404(request: SignedInRequest, slug: str, uid: UUID) -> ImportRun:
    runs = imports_visible_to(request.user).select_related(
        "programme__organisation", "programme__policy"
    )
    return get_object_or_404(runs, programme__slug=slug, uid=uid)


@login_required
@require_http_methods(PAGE)
def import_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Upload a roster; those of before, with what came of each."""
    programme = programme_or_404(request, slug, Permission.BRING_PEOPLE_IN)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.UploadForm(*sent)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = services.upload_roster(
                programme=programme,
                file_name=clean(file.name),
                data=file.read(),
                by=request.user,
                now=clock.now(),
            )
        except Refusal as reason:
            form.add_error("file", str(reason))
        else:
            return redirect("office:import-columns", slug=slug, uid=run.uid)
    runs = imports_visible_to(request.user).filter(programme=programme)
    return page(
        request,
        "import_list",
        form,
        programme,
        lines=[words.import_line(run) for run in runs],
        to_welcome=waiting_for_welcome(programme).count(),
    )


@login_required
@require_http_methods(PAGE)
def import_columns(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say what each column is; then every row is checked."""
    run = _run_or_404(request, slug, uid)
    if run.state in UNDER_WAY or run.state == ImportState.DONE:
        return redirect("office:import-show", slug=slug, uid=uid)
    creatable = [
        field for field in forms.CREATED if rules.can_create(request.user, run.programme, [field])
    ]
    form = forms.ColumnsForm(request.POST or None, run=run, creatable=creatable)
    if form.is_valid() and tried(
        form,
        services.check_roster,
        run=run,
        reading=form.reading(),
        by=request.user,
        now=clock.now(),
    ):
        return redirect("office:import-show", slug=slug, uid=uid)
    return page(
        request,
        "import_columns",
        form,
        run.programme,
        run=run,
        steps=STEPS,
        columns=words.column_lines(form, table_of(run)),
        may_add_sites=Field.SITE in creatable,
    )


@login_required
@require_safe
def import_show(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """How far a roster is: being checked, what is wrong with it, ready, in."""
    run = _run_or_404(request, slug, uid)
    context = {"run": run, "programme": run.programme, "steps": STEPS}
    if getattr(request, "htmx", False):
        # The page asks for its own progress until there is something else to show.
        if run.state in UNDER_WAY:
            return render(request, "web/office/import_show.html#progress", context)
        return HttpResponseClientRefresh()
    if run.state == ImportState.UPLOADED:
        return redirect("office:import-columns", slug=slug, uid=uid)
    if run.state == ImportState.CHECKED:
        found = list(islice(problems_of(run), SHOWN_PROBLEMS + 1))
        context |= {
            "problems": found[:SHOWN_PROBLEMS],
            "more_problems": len(found) > SHOWN_PROBLEMS,
            "meanings": _meanings_form(run) if run.bad_count else None,
            "new_names": words.new_names(run),
            "refused": _why_not(request, run),
        }
    return render(request, "web/office/import_show.html", context)


def _why_not(request: SignedInRequest, run: ImportRun) -> str:
    """Return why this person cannot bring a good roster in, or nothing."""
    try:
        rules.check_can_apply(request.user, run)
    except Refusal as reason:
        return str(reason)
    return ""


def _meanings_form(run: ImportRun, sent: object = None) -> forms.MeaningsForm | None:
    """Return the form of names that nobody knew, if there are any."""
    unknown = unknown_names(run)[:SHOWN_NAMES]
    private = {topic.slug for topic in topics() if topic.opt_in}  # only the person may choose these
    known = {
        field: {name: key for name, key in names.items() if key not in private}
        for field, names in known_names(run.programme.organisation).items()
    }
    return forms.MeaningsForm(sent, run=run, unknown=unknown, known=known) if unknown else None


@login_required
@require_POST
def import_meanings(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say what unknown names stand for, and have the file checked once more."""
    run = _run_or_404(request, slug, uid)
    form = _meanings_form(run, request.POST)
    if form is None:
        return redirect("office:import-show", slug=slug, uid=uid)
    if not form.is_valid():
        messages.error(request, first_error(form))
    else:
        services.check_roster(run=run, reading=form.reading(), by=request.user, now=clock.now())
    return redirect("office:import-show", slug=slug, uid=uid)


@login_required
@require_safe
def problem_list(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Every bad cell as a CSV file, to put right beside the roster."""
    run = _run_or_404(request, slug, uid)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["Row", "Column", "Value", "What is wrong"])
    for problem in problems_of(run):
        cells = (problem.column, problem.value, problem.sentence)
        writer.writerow([problem.row, *(words.safe_cell(cell) for cell in cells)])
    # With its mark, because spreadsheet programs take a file without one for an older encoding.
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="to-put-right.csv"'
    return response


@login_required
@require_POST
def import_apply(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Bring everyone of a good roster in."""
    run = _run_or_404(request, slug, uid)
    services.bring_in_roster(run=run, by=request.user, now=clock.now())
    return redirect("office:import-show", slug=slug, uid=uid)


@login_required
@require_POST
def import_discard(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Forget a roster that was not brought in."""
    run = _run_or_404(request, slug, uid)
    services.discard_roster(run=run, by=request.user, now=clock.now())
    messages.success(request, "Forgotten: the file and everything read from it.")
    return redirect("office:import-list", slug=slug)


@login_required
@require_http_methods(PAGE)
def welcome_send(request: SignedInRequest, slug: str) -> HttpResponse:
    """Look at the welcome, and send it to the next few."""
    programme = programme_or_404(request, slug, Permission.BRING_PEOPLE_IN)
    waiting = waiting_for_welcome(programme)
    initial = {"most": 25, "waiting": waiting.count()}
    form = forms.WelcomeForm(request.POST or None, initial=initial)
    if form.is_valid() and form.cleaned_data["waiting"] != initial["waiting"]:
        messages.info(request, "Some were welcomed, or brought in, since you looked. Look again.")
        return redirect("office:welcome-send", slug=slug)
    if form.is_valid():
        part = form.cleaned_data["part"]
        try:
            sent = services.send_welcomes(
                programme=programme,
                part=Part(part) if part else None,
                most=form.cleaned_data["most"],
                by=request.user,
                now=clock.now(),
            )
        except Refusal as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, words.welcomed(sent))
            return redirect("office:welcome-send", slug=slug)
    return page(
        request,
        "welcome_send",
        form,
        programme,
        mail=welcome_preview(programme, now=clock.now()),
        waiting=waiting.count(),
        waiting_mentors=waiting.filter(part=Part.MENTOR).count(),
    )
