"""Agenda, next steps, what stays, and the answer from the mailed link."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts import queries as accounts
from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import StepState
from mentorwell.foundation import clock
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.meetings import emails, queries, rules, services
from mentorwell.mentorships.queries import members_at_it
from mentorwell.web.meetings.forms import AgendaForm, KeepForm, LogForm
from mentorwell.web.meetings.views.access import (
    PAGE,
    meeting_or_404,
    page,
    pair_in,
    to_room,
    tried,
)


OPENERS = (
    "One thing that went well",
    "A decision I am turning over",
    "Something I would like to practise",
    "Feedback I would like from you",
    "How I am, outside the list",
)
LOGGED = {
    "held": ("Good. It counts.", "The programme sees that you met, and never what you said."),
    "missed": ("That happens.", "Find a new time when it suits you both."),
}


@login_required
@require_http_methods(PAGE)
def agenda_edit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Write the points of a meeting, one a line."""
    meeting = meeting_or_404(request, uid)
    if request.method != "POST":  # what has been typed comes back with the reason
        rules.check_can_set_agenda(request.user, meeting)
    points = queries.points_visible_to(request.user).filter(meeting=meeting)
    form = AgendaForm(
        request.POST if request.method == "POST" else None,
        initial={"points": "\n".join(point.words for point in points)},
    )
    if form.is_valid() and tried(
        form,
        services.set_agenda,
        meeting=meeting,
        points=form.lines(),
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "Kept. The others of you can read it.")
        return redirect("meetings:meeting-show", uid=uid)
    steps = queries.open_steps_of(request.user).filter(mentorship=meeting.mentorship)
    pair = pair_in(meeting, request.user)
    return page(
        request, "agenda_edit", pair, form=form, meeting=meeting, openers=OPENERS, steps=steps
    )


@login_required
@require_POST
def point_tick(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Tick a point of the agenda, or take the tick back."""
    point = get_object_or_404(queries.points_visible_to(request.user), uid=uid)
    services.tick_point(
        point=point, done="undo" not in request.POST, by=request.user, now=clock.now()
    )
    return redirect("meetings:meeting-show", uid=point.meeting.uid)


@login_required
@require_http_methods(PAGE)
def meeting_keep(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A line or two, the next steps, and privately how one listened."""
    meeting = meeting_or_404(request, uid)
    if request.method != "POST":  # as above
        rules.check_can_keep(request.user, meeting)
    pair = pair_in(meeting, request.user)
    people = [
        (each.pk, "Me" if each.pk == pair.me.pk else each.participation.person.first_name)
        for each in sorted(
            members_at_it(meeting.mentorship), key=lambda each: each.pk != pair.me.pk
        )
    ]
    said = queries.takeaways_visible_to(request.user).filter(meeting=meeting, membership=pair.me)
    heard = queries.listenings_of(request.user).filter(meeting=meeting).first()
    form = KeepForm(
        request.POST if request.method == "POST" else None,
        members=people,
        initial={
            "takeaway": next((each.words for each in said), ""),
            "listened": heard.answer if heard else None,
        },
    )
    if form.is_valid() and tried(
        form,
        services.keep_of_meeting,
        meeting=meeting,
        takeaway=form.cleaned_data["takeaway"],
        steps=form.steps(),
        listened=form.cleaned_data["listened"],
        by=request.user,
        now=clock.now(),
    ):
        return to_room(request, meeting.mentorship, "Kept.")
    return page(request, "meeting_keep", pair, form=form, meeting=meeting)


@login_required
@require_POST
def step_settle(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Tick a step as done, let it go, or open it again."""
    step = get_object_or_404(queries.steps_visible_to(request.user), uid=uid)
    words = {
        "done": (StepState.DONE, "Done. Well done."),
        "let_go": (StepState.LET_GO, "Let go. That makes room."),
        "open": (StepState.OPEN, "It is open again."),
    }
    if request.POST.get("to") not in words:
        raise NotPossibleNow("Choose one of the buttons on the page.")
    to, sentence = words[request.POST["to"]]
    services.settle_step(step=step, to=to, by=request.user, now=clock.now())
    return to_room(request, step.mentorship, sentence)


@login_required
@require_POST
def meeting_again(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Offer the same weekday and hour of the next weeks, in one touch."""
    meeting = meeting_or_404(request, uid)
    services.meet_again(meeting=meeting, by=request.user, now=clock.now())
    return to_room(request, meeting.mentorship, "The same hour of the next weeks is on its way.")


@never_cache
@require_http_methods(PAGE)
def log_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Say from the mail whether one meeting took place; only the buttons change anything."""
    link = accounts.find_link(secret, action=emails.LOG, now=clock.now())
    meeting = (
        queries.meetings_visible_to(link.person).filter(uid=link.target_uid).first()
        if link
        else None
    )
    if link is None or meeting is None or not rules.can_log(link.person, meeting, now=clock.now()):
        return render(request, "web/meetings/log_gone.html", status=410)
    form = LogForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and tried(
        form,
        services.log_by_link,
        secret=secret,
        held=form.cleaned_data["held"],
        minutes=form.cleaned_data["minutes"],
        because=form.cleaned_data["because"],
        now=clock.now(),
    ):
        how = "held" if form.cleaned_data["held"] else "missed"
        return redirect("meetings:log-done", how=how)
    with timezone.override(ZoneInfo(link.person.time_zone)):
        return render(
            request,
            "web/meetings/log_by_link.html",
            {"meeting": meeting, "form": form},
            status=400 if form.is_bound else 200,
        )


@require_safe
def log_done(request: HttpRequest, how: str) -> HttpResponse:
    """Thank for an answer given from the mail; the page names nobody."""
    if how not in LOGGED:
        raise Http404
    title, sentence = LOGGED[how]
    return render(request, "web/meetings/log_done.html", {"title": title, "sentence": sentence})
