"""What a person keeps away, and how they like the pages: people, language, time zone."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorwell.accounts import services as accounts
from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.people import queries, services
from mentorwell.people.enums import ExclusionReason
from mentorwell.web.me import words
from mentorwell.web.me.access import PAGE, profile_or_404, sent, tried
from mentorwell.web.me.forms import ApartForm, LanguageForm, TimeZoneForm


@login_required
@require_http_methods(PAGE)
def apart_list(request: SignedInRequest) -> HttpResponse:
    """Whom one keeps away; one more is named exactly, so that nobody can browse people."""
    profile = profile_or_404(request)
    form = ApartForm(sent(request), asked_by=request.user)
    if form.is_valid() and tried(
        form,
        services.exclude_person,
        other=form.cleaned_data["who"],
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "Done. You two do not appear to each other here.")
        return redirect("people:apart-list")
    return render(
        request,
        "web/me/apart_list.html",
        {
            "form": form,
            "profile": profile,
            "kept_away": [
                (exclusion, words.EXCLUSIONS[ExclusionReason(exclusion.reason)])
                for exclusion in queries.exclusions_of(request.user)
            ],
        },
        status=400 if form.errors else 200,
    )


@login_required
@require_POST
def apart_remove(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let somebody back in."""
    exclusion = get_object_or_404(queries.exclusions_of(request.user), uid=uid)
    services.unexclude(exclusion=exclusion, by=request.user, now=clock.now())
    messages.success(request, "They can appear to you again.")
    return redirect("people:apart-list")


@login_required
@require_POST
def evaluators_hide(request: SignedInRequest) -> HttpResponse:
    """Choose whether lists leave out mentors who are known to evaluate oneself."""
    profile_or_404(request)
    hide = request.POST.get("hide") == "yes"
    services.hide_evaluators(hide=hide, by=request.user, now=clock.now())
    messages.success(
        request,
        "Mentors who are known to evaluate you are left out."
        if hide
        else "Mentors who are known to evaluate you are shown last, and it says so.",
    )
    return redirect("people:apart-list")


@login_required
@require_http_methods(PAGE)
def settings_edit(request: SignedInRequest) -> HttpResponse:
    """Language and time zone, each kept by its own button."""
    asked = request.POST.get("part", "")
    zone = TimeZoneForm(
        request.POST if asked == "zone" else None, initial={"time_zone": request.user.time_zone}
    )
    language = LanguageForm(
        request.POST if asked == "language" else None, initial={"language": request.user.language}
    )
    acted: dict[str, Any] = {"user": request.user, "by": request.user, "now": clock.now()}
    if (
        zone.is_valid() and tried(zone, services.change_time_zone, **zone.cleaned_data, **acted)
    ) or (
        language.is_valid()
        and tried(language, accounts.set_language, **language.cleaned_data, **acted)
    ):
        messages.success(request, "Kept.")
        return redirect("people:settings-edit")
    return render(
        request,
        "web/me/settings_edit.html",
        {"zone": zone, "language": language, "has_languages": len(settings.LANGUAGES) > 1},
        status=400 if zone.errors or language.errors else 200,
    )
