"""The button “find someone with me”: a mentee asks, a coordinator answers."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.matching import queries, rules, services
from mentorwell.web.matching import access


@login_required
@require_POST
def help_ask(request: SignedInRequest) -> HttpResponse:
    """Ask a coordinator to look along."""
    mentee = access.own_search_or_404(request)
    try:
        asked = services.ask_for_help(mentee=mentee, by=request.user, now=clock.now())
    except Refusal as reason:
        messages.error(request, str(reason))
        return redirect(access.search_address(mentee))
    messages.success(
        request,
        f"{asked.coordinator.name} looks with you and will be in touch "
        f"by {rules.day_words(asked.due_date)}.",
    )
    return redirect("matching:help-show", uid=asked.uid)


@login_required
@require_safe
def help_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Show a request for help: to the coordinator a name and a date, and no more."""
    asked = get_object_or_404(queries.help_requests_visible_to(request.user), uid=uid)
    context = {
        "asked": asked,
        "is_mine": asked.coordinator_id == request.user.pk,
        "is_open": asked.answered_at is None and asked.withdrawn_at is None,
        "others": queries.help_requests_for(request.user).exclude(pk=asked.pk),
    }
    return render(request, "web/matching/help_show.html", context)


@login_required
@require_POST
def help_answer(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Note that the coordinator has been in touch."""
    asked = get_object_or_404(queries.help_requests_visible_to(request.user), uid=uid)
    try:
        services.answer_help(request=asked, by=request.user, now=clock.now())
    except Refusal as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "Noted. Thank you for looking along.")
    return redirect("matching:help-show", uid=uid)
