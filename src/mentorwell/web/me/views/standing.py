"""How one stands in a programme: places, pausing, leaving, "still taking mentees?"."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import clock
from mentorwell.mentorships.queries import mentorships_visible_to
from mentorwell.mentorships.rules import can_end
from mentorwell.people import queries, rules, services
from mentorwell.people.enums import Part
from mentorwell.web.me.access import PAGE, own_or_404, sent, tried
from mentorwell.web.me.forms import PauseForm, PlacesForm
from mentorwell.web.mentorships.pairs import pair_of


RUNNING = (ParticipationState.READY, ParticipationState.ACTIVE)


@login_required
@require_http_methods(PAGE)
def places_edit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """How many mentees at a time; and pausing or leaving, which need no reason."""
    participation = own_or_404(request, uid)
    has_places = participation.part != Part.MENTEE and participation.state in RUNNING
    form = PlacesForm(
        sent(request) if has_places else None,
        most=rules.places_most(request.user, participation),
        initial={"places": queries.open_places(participation).count()},
    )
    if form.is_valid() and tried(
        form,
        services.set_places,
        participation=participation,
        places=form.cleaned_data["places"],
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "Kept.")
        return redirect("people:places-edit", uid=uid)
    return render(
        request,
        "web/me/places_edit.html",
        {
            "participation": participation,
            "form": form if has_places else None,
            "pause": PauseForm(),
            "is_mentee": participation.part == Part.MENTEE,
            "is_running": participation.state in RUNNING,
        },
        status=400 if form.errors else 200,
    )


@login_required
@require_http_methods(PAGE)
def participation_pause(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Pause, until a day or until one comes back."""
    participation = own_or_404(request, uid)
    form = PauseForm(sent(request))
    if form.is_valid() and tried(
        form,
        services.pause_participation,
        participation=participation,
        until=form.cleaned_data["until"],
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "Paused. Nobody asks why. Come back whenever you like.")
        return redirect("people:me-show")
    return render(
        request,
        "web/me/participation_pause.html",
        {"participation": participation, "form": form},
        status=400 if form.errors else 200,
    )


@login_required
@require_POST
def participation_resume(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Come back from a pause."""
    participation = own_or_404(request, uid)
    services.resume_participation(participation=participation, by=request.user, now=clock.now())
    messages.success(request, "Welcome back.")
    return redirect("people:me-show")


@login_required
@require_http_methods(PAGE)
def participation_leave(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Leave the programme, after one look at what that means."""
    participation = get_object_or_404(
        queries.participations_of(request.user).exclude(state=ParticipationState.LEFT), uid=uid
    )
    if request.method == "POST":
        services.leave_programme(participation=participation, by=request.user, now=clock.now())
        messages.success(request, "You have left. The door stays open.")
        return redirect("people:me-show")
    running = mentorships_visible_to(request.user).filter(members__participation=participation)
    pairs = [
        pair_of(each, request.user)
        for each in running.order_by("pk")
        if can_end(request.user, each)
    ]
    context = {"participation": participation, "pairs": pairs}
    return render(request, "web/me/participation_leave.html", context)


@login_required
@require_POST
def still_taking_answer(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Answer "still taking mentees?" with one of two buttons."""
    participation = own_or_404(request, uid)
    taking = request.POST.get("taking") == "yes"
    services.answer_still_taking(
        participation=participation, taking=taking, by=request.user, now=clock.now()
    )
    messages.success(
        request,
        "Thank you. Mentees see you again."
        if taking
        else "Thank you for saying so. Your free places are closed; you can open them again here.",
    )
    return redirect("people:me-show")
