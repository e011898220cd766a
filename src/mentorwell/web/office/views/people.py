"""The people of a programme: the list, one by hand, one after a phone call, one by one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.office.queries import participants
from mentorwell.office.services import entering
from mentorwell.people import services as people
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.people.queries import profile_of
from mentorwell.programmes import rules
from mentorwell.programmes.models import Programme
from mentorwell.programmes.roles import Permission
from mentorwell.web.office import words
from mentorwell.web.office.forms import people as forms
from mentorwell.web.office.views.access import (
    PAGE,
    first_error,
    page,
    programme_or_404,
    today,
    tried,
)


ON_A_PAGE = 50


@login_required
@require_safe
def people_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who is in the programme, filtered; htmx asks for the rows alone."""
    programme = programme_or_404(request, slug, Permission.SEE_OFFICE)
    form = forms.FilterForm(request.GET, cohorts=participants.cohorts_of(programme))
    on_date = today(programme)
    found = participants.participants_visible_to(
        request.user, programme, filters=form.filters(), on_date=on_date
    )
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "form": form,
        "page": shown,
        "lines": [words.line(row) for row in participants.rows_of(list(shown))],
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    if request.htmx:
        return render(request, "web/office/people_list.html#rows", context)
    context["headcount"] = participants.headcount(request.user, programme, on_date=on_date)
    context["may_bring_in"] = rules.can(request.user, Permission.BRING_PEOPLE_IN, programme)
    return render(request, "web/office/people_list.html", context)


@login_required
@require_http_methods(PAGE)
def person_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Bring one person in by hand."""
    programme = programme_or_404(request, slug, Permission.BRING_PEOPLE_IN)
    form = forms.PersonForm(request.POST or None, programme=programme)
    if form.is_valid() and tried(
        form,
        entering.add_person,
        programme=programme,
        **{**form.cleaned_data, "part": Part(form.cleaned_data["part"])},
        by=request.user,
        now=clock.now(),
    ):
        name = form.cleaned_data["name"]
        messages.success(request, f"{name} is in the programme. Nobody has been mailed yet.")
        return redirect("office:people-list", slug=slug)
    return page(request, "person_create", form, programme)


@login_required
@require_http_methods(PAGE)
def mentor_enter(request: SignedInRequest, slug: str) -> HttpResponse:
    """Enter what a mentor said on the phone; their own button makes them one."""
    programme = programme_or_404(request, slug, Permission.BRING_PEOPLE_IN)
    form = forms.MentorForm(
        request.POST or None,
        organisation=programme.organisation,
        initial={"places": max(1, programme.policy.places_default)},
    )
    if form.is_valid() and tried(
        form,
        entering.enter_mentor,
        programme=programme,
        **form.cleaned_data,
        by=request.user,
        now=clock.now(),
    ):
        name = form.cleaned_data["name"]
        messages.success(request, f"We have asked {name} to confirm. Until then nobody sees them.")
        return redirect("office:people-list", slug=slug)
    return page(request, "mentor_enter", form, programme)


@login_required
@require_safe
def person_show(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """What the office may know and change of one person here."""
    programme, participation = _participation(request, slug, uid)
    (row,) = participants.rows_of([participation])
    return render(
        request,
        "web/office/person_show.html",
        {
            "programme": programme,
            "line": words.line(row),
            "participation": participation,
            "places": forms.PlacesForm(initial={"places": row.places_open}),
            "belongs": _belongs(programme, participation),
            "may_set_places": rules.can(request.user, Permission.BRING_PEOPLE_IN, programme),
            "may_link": rules.can(request.user, Permission.LINK_EVALUATORS, programme),
        },
    )


@login_required
@require_POST
def places_set(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Set a giver's places, beyond what the policy lets them open alone; a mentee's are their own."""
    _, participation = _participation(request, slug, uid)
    if participation.part == Part.MENTEE:
        raise Http404
    form = forms.PlacesForm(request.POST)
    if form.is_valid() and tried(
        form,
        people.set_places,
        participation=participation,
        places=form.cleaned_data["places"],
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "Kept. Fewer places never end a mentorship.")
    else:
        messages.error(request, first_error(form))
    return redirect("office:person-show", slug=slug, uid=uid)


@login_required
@require_POST
def unit_set(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say which unit somebody belongs to, so that its evaluation links reach them."""
    programme, participation = _participation(request, slug, uid)
    form = forms.BelongsForm(request.POST, organisation=programme.organisation)
    if form.is_valid() and tried(
        form,
        people.place_in_unit,
        person=participation.person,
        unit=form.cleaned_data["unit"],
        programme=programme,
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "Kept.")
    else:
        messages.error(request, first_error(form))
    return redirect("office:person-show", slug=slug, uid=uid)


def _participation(
    request: SignedInRequest, slug: str, uid: UUID
) -> tuple[Programme, Participation]:
    """Return somebody whom this member of the office may know of by name; else 404."""
    programme = programme_or_404(request, slug, Permission.SEE_OFFICE)
    listed = participants.participants_visible_to(
        request.user, programme, filters=participants.Filters(), on_date=today(programme)
    )
    return programme, get_object_or_404(listed, uid=uid)


def _belongs(programme: Programme, participation: Participation) -> forms.BelongsForm:
    profile = profile_of(participation.person)
    return forms.BelongsForm(
        organisation=programme.organisation,
        initial={"unit": profile.unit_id if profile else None},
    )
