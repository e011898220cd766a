"""Ending, undoing, pausing and going on."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.mentorships import rules, services
from mentorwell.web.mentorships.forms.endings import EndingForm, PauseForm
from mentorwell.web.mentorships.views.access import PAGE, page, pair_or_404, to_room, tried


@login_required
@require_http_methods(PAGE)
def mentorship_end(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """End in two taps: the link that leads here, and one button; all fields are optional."""
    pair = pair_or_404(request, uid)
    rules.check_can_end(request.user, pair.mentorship)
    form = EndingForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and tried(
        form,
        services.end_mentorship,
        mentorship=pair.mentorship,
        **form.cleaned_data,
        by=request.user,
        now=clock.now(),
    ):
        return redirect("mentorships:room", uid=uid)
    return page(request, "mentorship_end", pair, form=form)


@login_required
@require_POST
def ending_undo(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take the ending back within the hour."""
    pair = pair_or_404(request, uid)
    services.undo_ending(mentorship=pair.mentorship, by=request.user, now=clock.now())
    return to_room(request, pair.mentorship, "Undone. Nobody was told, and nothing is lost.")


@login_required
@require_http_methods(PAGE)
def mentorship_pause(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Rest for a while."""
    pair = pair_or_404(request, uid)
    rules.check_can_pause(request.user, pair.mentorship)
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and tried(
        form,
        services.pause_mentorship,
        mentorship=pair.mentorship,
        **form.cleaned_data,
        by=request.user,
        now=clock.now(),
    ):
        return to_room(
            request, pair.mentorship, "It rests now. Nothing is expected of either of you."
        )
    return page(request, "mentorship_pause", pair, form=form)


@login_required
@require_POST
def mentorship_resume(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Come back from a rest."""
    pair = pair_or_404(request, uid)
    services.resume_mentorship(mentorship=pair.mentorship, by=request.user, now=clock.now())
    return to_room(request, pair.mentorship, "Welcome back.")
