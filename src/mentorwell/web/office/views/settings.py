"""A programme's rules, its organisation and its office."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorwell.accounts.http import SignedInRequest
from mentorwell.accounts.queries import person_by_email
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.programmes import services
from mentorwell.programmes.enums import SupportKind
from mentorwell.programmes.models import SupportResource
from mentorwell.programmes.roles import ROLES, Permission, Role
from mentorwell.web.office.forms import settings as forms
from mentorwell.web.office.views.access import (
    PAGE,
    organisation_or_404,
    page,
    programme_or_404,
    tried,
    why_not_open,
)


@login_required
@require_http_methods(PAGE)
def programme_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make another programme in the same organisation."""
    programme, organisation = organisation_or_404(request, slug)
    form = forms.ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.create_programme(
            organisation=organisation,
            name=form.cleaned_data["name"],
            template=form.cleaned_data["template"],
            director=request.user,
            by=request.user,
            now=clock.now(),
        )
        messages.success(request, f"{made.name} is there, as a draft. Its figures are below.")
        return redirect("office:policy-edit", slug=made.slug)
    return page(request, "programme_create", form, programme)


@login_required
@require_http_methods(PAGE)
def policy_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """The programme's name and dates, and every figure of its policy."""
    programme = programme_or_404(request, slug, Permission.SET_POLICY)
    sent = request.POST or None
    dates = forms.DatesForm(sent if sent and "name" in sent else None, instance=programme)
    policy = forms.PolicyForm(
        sent if sent and "name" not in sent else None, instance=programme.policy
    )
    if dates.is_valid():
        services.change_programme(
            programme=programme, changes=dates.cleaned_data, by=request.user, now=clock.now()
        )
        return _kept(request, "office:policy-edit", slug)
    if policy.is_valid() and tried(
        policy,
        services.change_policy,
        programme=programme,
        changes=policy.cleaned_data,
        by=request.user,
        now=clock.now(),
    ):
        return _kept(request, "office:policy-edit", slug)
    return render(
        request,
        "web/office/policy_edit.html",
        {
            "programme": programme,
            "dates": dates,
            "policy": policy,
            "cannot_open": why_not_open(request.user, programme),
        },
        status=400 if sent else 200,
    )


@login_required
@require_POST
def programme_open(request: SignedInRequest, slug: str) -> HttpResponse:
    """Open the programme, or say what is missing."""
    programme = programme_or_404(request, slug, Permission.SET_POLICY)
    try:
        services.open_programme(programme=programme, by=request.user, now=clock.now())
    except Refusal as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The programme is open.")
    return redirect("office:policy-edit", slug=slug)


@login_required
@require_POST
def programme_close(request: SignedInRequest, slug: str) -> HttpResponse:
    """Close the programme to new invitations."""
    programme = programme_or_404(request, slug, Permission.SET_POLICY)
    try:
        services.close_programme(programme=programme, by=request.user, now=clock.now())
    except Refusal as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The programme takes no new invitations. What runs goes on.")
    return redirect("office:policy-edit", slug=slug)


@login_required
@require_http_methods(PAGE)
def organisation_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """The organisation, its neutral person, its support resources and its sites."""
    programme, organisation = organisation_or_404(request, slug)
    form = forms.OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        services.change_organisation(
            organisation=organisation, changes=form.cleaned_data, by=request.user, now=clock.now()
        )
        return _kept(request, "office:organisation-edit", slug)
    return page(
        request,
        "organisation_edit",
        form,
        programme,
        organisation=organisation,
        resources=organisation.support_resources.all(),
        sites=organisation.sites.prefetch_related("units"),
    )


@login_required
@require_http_methods(PAGE)
def support_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a support resource of the house's own."""
    programme, organisation = organisation_or_404(request, slug)
    form = forms.SupportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields: dict[str, Any] = form.cleaned_data
        services.add_support_resource(
            organisation=organisation,
            **{**fields, "kind": SupportKind(fields["kind"])},
            by=request.user,
            now=clock.now(),
        )
        return _kept(request, "office:organisation-edit", slug)
    return page(request, "support_edit", form, programme)


@login_required
@require_http_methods(PAGE)
def support_edit(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Correct a support resource; what was corrected counts as verified today."""
    programme, organisation = organisation_or_404(request, slug)
    resource = get_object_or_404(organisation.support_resources, uid=uid)
    form = forms.SupportForm(request.POST or None, instance=resource)
    if request.method == "POST" and form.is_valid():
        services.change_support_resource(
            resource=resource, changes=form.cleaned_data, by=request.user, now=clock.now()
        )
        return _kept(request, "office:organisation-edit", slug)
    return page(request, "support_edit", form, programme, resource=resource)


@login_required
@require_POST
def support_verify(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Note that somebody made sure of this resource today."""
    services.verify_support_resource(
        resource=_resource(request, slug, uid), by=request.user, now=clock.now()
    )
    return _kept(request, "office:organisation-edit", slug)


@login_required
@require_POST
def support_remove(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take a resource off the help page."""
    services.remove_support_resource(
        resource=_resource(request, slug, uid), by=request.user, now=clock.now()
    )
    return _kept(request, "office:organisation-edit", slug)


def _resource(request: SignedInRequest, slug: str, uid: UUID) -> SupportResource:
    _, organisation = organisation_or_404(request, slug)
    return get_object_or_404(organisation.support_resources, uid=uid)


@login_required
@require_http_methods(PAGE)
def site_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a site."""
    programme, organisation = organisation_or_404(request, slug)
    form = forms.SiteForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        services.add_site,
        organisation=organisation,
        **form.cleaned_data,
        by=request.user,
        now=clock.now(),
    ):
        return _kept(request, "office:organisation-edit", slug)
    return page(request, "site_edit", form, programme)


@login_required
@require_http_methods(PAGE)
def site_edit(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Change a site."""
    programme, organisation = organisation_or_404(request, slug)
    site = get_object_or_404(organisation.sites, uid=uid)
    form = forms.SiteForm(request.POST or None, instance=site)
    if form.is_valid() and tried(
        form,
        services.change_site,
        site=site,
        changes=form.cleaned_data,
        by=request.user,
        now=clock.now(),
    ):
        return _kept(request, "office:organisation-edit", slug)
    return page(request, "site_edit", form, programme, site=site)


@login_required
@require_http_methods(PAGE)
def unit_create(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Add a unit to a site."""
    programme, organisation = organisation_or_404(request, slug)
    site = get_object_or_404(organisation.sites, uid=uid)
    form = forms.UnitForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        services.add_unit,
        site=site,
        name=form.cleaned_data["unit"],
        by=request.user,
        now=clock.now(),
    ):
        return _kept(request, "office:organisation-edit", slug)
    return page(request, "unit_create", form, programme, site=site)


@login_required
@require_http_methods(PAGE)
def team_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who is in the office, and naming somebody else."""
    programme = programme_or_404(request, slug, Permission.GIVE_ROLES)
    form = forms.RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_by_email(form.cleaned_data["email"])
        if person is None:
            form.add_error("email", "Nobody has an account with this address yet.")
        else:
            services.give_role(
                programme=programme,
                person=person,
                role=Role(form.cleaned_data["role"]),
                by=request.user,
                now=clock.now(),
            )
            return _kept(request, "office:team-list", slug)
    held = programme.office.filter(ended_at__isnull=True).select_related("person")
    return page(
        request,
        "team_list",
        form,
        programme,
        held=[(row, ROLES[Role(row.role)]) for row in held.order_by("role", "given_at")],
    )


@login_required
@require_POST
def team_remove(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """End somebody's part in the office."""
    programme = programme_or_404(request, slug, Permission.GIVE_ROLES)
    held = get_object_or_404(programme.office, uid=uid)
    try:
        services.end_role(held=held, by=request.user, now=clock.now())
    except Refusal as reason:
        messages.error(request, str(reason))
        return redirect("office:team-list", slug=slug)
    return _kept(request, "office:team-list", slug)


def _kept(request: SignedInRequest, view: str, slug: str) -> HttpResponse:
    messages.success(request, "Kept.")
    return redirect(view, slug=slug)
