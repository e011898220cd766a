"""Who evaluates whom: the links, going over them, and exceptions for one pair."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.office.queries import links as listed
from mentorwell.office.queries import participants
from mentorwell.people import rules, services
from mentorwell.people.enums import LinkKind, Part, Relation
from mentorwell.people.models import EvaluationLink, LinkOverride, Participation
from mentorwell.people.queries import links_checked_date
from mentorwell.programmes.models import Programme
from mentorwell.programmes.roles import Permission
from mentorwell.web.office import words
from mentorwell.web.office.forms import links as forms
from mentorwell.web.office.views.access import PAGE, page, programme_or_404, today, tried


ON_A_PAGE = 50


@login_required
@require_safe
def link_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """The links of the house, and the exceptions asked for in this programme."""
    programme = programme_or_404(request, slug, Permission.LINK_EVALUATORS)
    on_date = today(programme)
    found = listed.links_listed(request.user, programme, on_date=on_date)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    exceptions = listed.overrides_listed(request.user, programme, on_date=on_date)
    return render(
        request,
        "web/office/link_list.html",
        {
            "programme": programme,
            "page": shown,
            "lines": [words.link_line(link, on_date) for link in shown],
            "exceptions": [(one, _why_not(request, one)) for one in exceptions],
            "checked_date": links_checked_date(programme.pk),
        },
    )


def _why_not(request: SignedInRequest, override: LinkOverride) -> str:
    """Return why this person cannot approve an exception, or nothing."""
    try:
        rules.check_can_approve(request.user, override, on_date=today(override.mentee.programme))
    except Refusal as reason:
        return str(reason)
    return ""


@login_required
@require_http_methods(PAGE)
def link_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Enter a link."""
    programme = programme_or_404(request, slug, Permission.LINK_EVALUATORS)
    form = forms.LinkForm(
        request.POST or None, programme=programme, initial={"start_date": today(programme)}
    )
    if form.is_valid() and tried(
        form,
        services.add_evaluation_link,
        programme=programme,
        kind=LinkKind(form.cleaned_data["kind"]),
        relation=Relation(form.cleaned_data["relation"]),
        evaluator=form.cleaned_data["evaluator"],
        evaluated=form.cleaned_data["evaluated"],
        start_date=form.cleaned_data["start_date"],
        end_date=form.cleaned_data["end_date"],
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "The link is known. Pairs and invitations it touches are asked.")
        return redirect("office:link-list", slug=slug)
    return page(request, "link_create", form, programme)


@login_required
@require_http_methods(PAGE)
def link_end(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Set the last day of a link."""
    programme, link = _link(request, slug, uid)
    form = forms.EndForm(request.POST or None, initial={"end_date": today(programme)})
    if form.is_valid() and tried(
        form,
        services.end_evaluation_link,
        link=link,
        programme=programme,
        end_date=form.cleaned_data["end_date"],
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "Kept. From the next day on nobody is kept apart by it.")
        return redirect("office:link-list", slug=slug)
    return page(request, "link_end", form, programme, **_shown(programme, link))


@login_required
@require_POST
def links_check(request: SignedInRequest, slug: str) -> HttpResponse:
    """Note that the office has gone over all links today."""
    programme = programme_or_404(request, slug, Permission.LINK_EVALUATORS)
    services.note_links_checked(programme=programme, by=request.user, now=clock.now())
    messages.success(request, "Thank you. Cards say that the links were checked today.")
    return redirect("office:link-list", slug=slug)


@login_required
@require_http_methods(PAGE)
def exception_create(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Ask that a link be lifted for one pair."""
    programme, link = _link(request, slug, uid)
    form = forms.ExceptionForm(request.POST or None)
    if form.is_valid():
        mentee = _somebody(request, programme, form, Part.MENTEE)
        mentor = _somebody(request, programme, form, Part.MENTOR)
        if (
            mentee
            and mentor
            and tried(
                form,
                services.ask_override,
                link=link,
                mentee=mentee,
                mentor=mentor,
                by=request.user,
                now=clock.now(),
            )
        ):
            messages.success(request, "Asked. Somebody else of the office has to approve it.")
            return redirect("office:link-list", slug=slug)
    return page(request, "exception_create", form, programme, **_shown(programme, link))


@login_required
@require_POST
def exception_approve(request: SignedInRequest, slug: str, uid: UUID) -> HttpResponse:
    """Approve an exception, as a second person who is not involved."""
    programme = programme_or_404(request, slug, Permission.LINK_EVALUATORS)
    found = listed.overrides_listed(request.user, programme, on_date=today(programme))
    override = get_object_or_404(found, uid=uid)
    services.approve_override(override=override, by=request.user, now=clock.now())
    messages.success(request, "Approved. Both still see the link and have to say that it is fine.")
    return redirect("office:link-list", slug=slug)


def _link(request: SignedInRequest, slug: str, uid: UUID) -> tuple[Programme, EvaluationLink]:
    """Return a programme and a link that this member of its office may list; else 404."""
    programme = programme_or_404(request, slug, Permission.LINK_EVALUATORS)
    found = listed.links_listed(request.user, programme, on_date=today(programme))
    return programme, get_object_or_404(found, uid=uid)


def _shown(programme: Programme, link: EvaluationLink) -> dict[str, Any]:
    return {"line": words.link_line(link, today(programme))}


def _somebody(
    request: SignedInRequest, programme: Programme, form: forms.ExceptionForm, part: Part
) -> Participation | None:
    """Return who has this part and address; without one, say so at the field."""
    people = participants.participants_visible_to(
        request.user,
        programme,
        filters=participants.Filters(part=part),
        on_date=today(programme),
    )
    field = f"{part}_email"
    found = people.filter(person__email=form.cleaned_data[field].lower()).first()
    if found is None:
        form.add_error(field, f"No {part} here has this address.")
    return found
