"""Starting: three answers of a mentee, one screen of a mentor, one button for what was entered."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mentorwell.accounts import queries as accounts
from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import clock
from mentorwell.people import emails, queries, services
from mentorwell.people.content import barriers
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme
from mentorwell.programmes.queries import programmes_visible_to
from mentorwell.web.me import forms
from mentorwell.web.me.access import (
    PAGE,
    first_words,
    kept_draft,
    own_or_404,
    profile_or_404,
    sent,
    tried,
)
from mentorwell.web.me.picker import picker


GONE = 410
NOT_YET = (ParticipationState.INVITED, ParticipationState.APPLIED)


@login_required
@require_http_methods(["GET", "HEAD"])
def start_find(request: SignedInRequest) -> HttpResponse:
    """Lead to the first questions of the part that still has them before it."""
    waiting = queries.participations_of(request.user).filter(part=Part.MENTEE, state__in=NOT_YET)
    first = waiting.first()
    return redirect("people:start-edit", uid=first.uid) if first else redirect("people:me-show")


@login_required
@require_http_methods(PAGE)
def start_edit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The three first answers of a mentee: what for, where, whom to exclude."""
    mentees = queries.participations_of(request.user).filter(part=Part.MENTEE)
    participation = get_object_or_404(mentees, uid=uid)
    key = queries.start_key(participation)
    if answer := kept_draft(request, key):
        return answer
    draft = queries.draft_of(request.user, key)
    form = forms.FirstQuestionsForm(
        sent(request),
        profile=profile_or_404(request),
        chosen=draft.get("purposes", participation.purposes),
        initial={k: v for k, v in first_words(draft).items() if k != "purposes"},
    )
    first_time = participation.state in NOT_YET
    if form.is_valid() and tried(
        form,
        services.answer_first_questions,
        participation=participation,
        purposes=form.cleaned_data["purposes"],
        site=form.cleaned_data["site"],
        remote=form.cleaned_data["remote"],
        exclusions=form.cleaned_data["apart"],
        by=request.user,
        now=clock.now(),
    ):
        if first_time:
            messages.success(request, "That is all we need. Here you find mentors.")
            found = reverse("matching:mentor-list")
            return redirect(f"{found}?programme={participation.programme.slug}")
        messages.success(request, "Kept.")
        return redirect("people:me-show")
    return render(
        request,
        "web/me/start_edit.html",
        {"participation": participation, "form": form, "first_time": first_time},
        status=400 if form.errors else 200,
    )


def _programme_or_404(request: SignedInRequest, slug: str) -> Programme:
    taken = queries.participations_of(request.user).values("programme")
    programmes = programmes_visible_to(request.user).filter(pk__in=taken)
    return get_object_or_404(programmes.select_related("policy", "organisation"), slug=slug)


@dataclass(frozen=True)
class Entered:
    """What the office entered for a mentor after a call."""

    topics: list[str]
    places: int


def entered_for(participation: Participation | None) -> Entered | None:
    """Return what only needs the mentor's button, or None where nothing complete is entered."""
    if participation is None or participation.state not in NOT_YET:
        return None
    names = {
        topic.slug: topic.name
        for topic in queries.topic_tree(participation.programme.organisation_id)
    }
    topics = [names[slug] for slug in queries.topics_chosen(participation) if slug in names]
    places = queries.open_places(participation).count()
    return Entered(topics, places) if topics and places else None


@login_required
@require_http_methods(PAGE)
def mentor_begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """One screen: yes, one topic, places. Whoever the office entered confirms by one button."""
    programme = _programme_or_404(request, slug)
    own = queries.participations_of(request.user).filter(programme=programme, part=Part.MENTOR)
    participation = own.first()
    if participation and participation.state not in {*NOT_YET, ParticipationState.LEFT}:
        return redirect("people:places-edit", uid=participation.uid)
    tree = queries.topic_tree(programme.organisation_id)
    told = queries.topics_chosen(participation) if participation else []
    searching = "find" in request.POST or request.htmx
    typed = sent(request)
    form = forms.MentorForm(
        None if searching else typed,
        tree=tree,
        most=programme.policy.places_most,
        initial={"places": request.POST.get("places") or _usual_places(programme)},
    )
    if form.is_valid() and tried(
        form,
        services.become_mentor,
        programme=programme,
        topic=form.cleaned_data["topic"],
        places=form.cleaned_data["places"],
        by=request.user,
        now=clock.now(),
    ):
        messages.success(request, "Thank you. Mentees can find you now.")
        return redirect("people:me-show")
    page = "web/me/mentor_begin.html#choice" if request.htmx else "web/me/mentor_begin.html"
    return render(
        request,
        page,
        {
            "programme": programme,
            "participation": participation,
            "form": form,
            "picker": picker(
                tree,
                chosen=typed.getlist("topic") if typed is not None else told,
                words=request.POST.get("q", "").strip() if searching else "",
            ),
            "name": "topic",
            "kind": "radio",
            "barriers": barriers()[:3],
            "entered": entered_for(participation),
        },
        status=400 if form.errors else 200,
    )


def _usual_places(programme: Programme) -> int:
    policy = programme.policy
    return min(max(policy.places_default, 1), policy.places_most)


@login_required
@require_POST
def participation_confirm(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say yes to what the office entered, or to coming back."""
    participation = own_or_404(request, uid)
    services.confirm_participation(participation=participation, by=request.user, now=clock.now())
    if participation.state == ParticipationState.READY:
        messages.success(request, "Thank you. Mentees can find you now.")
    else:
        messages.success(request, "Welcome. A few answers, and you can begin.")
    return redirect("people:me-show")


# The address holds a secret: it must not stay in caches.
@never_cache
@require_http_methods(PAGE)
def link_confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The button behind the mailed link: yes, I am a mentor. Opening it changes nothing."""
    now = clock.now()
    if request.method == "POST":
        confirmed = services.confirm_by_link(secret=secret, now=now)
        return render(request, "web/me/link_confirmed.html", {"participation": confirmed})
    link = accounts.find_link(secret, action=emails.CONFIRM_ACTION, now=now)
    own = queries.participations_of(link.person).filter(uid=link.target_uid) if link else None
    participation = own.first() if own is not None else None
    return render(
        request,
        "web/me/link_confirm.html",
        {"participation": participation, "entered": entered_for(participation)},
        status=200 if participation is not None else GONE,
    )


@never_cache
@require_http_methods(PAGE)
def link_still_taking(request: HttpRequest, secret: str) -> HttpResponse:
    """The two buttons behind the mailed link: still taking mentees? Opening it changes nothing."""
    now = clock.now()
    if request.method == "POST":
        taking = request.POST.get("taking") == "yes"
        services.answer_still_taking_by_link(secret=secret, taking=taking, now=now)
        return render(request, "web/me/link_answered.html", {"taking": taking})
    link = accounts.find_link(secret, action=emails.STILL_TAKING_ACTION, now=now)
    return render(
        request, "web/me/link_still_taking.html", {"link": link}, status=200 if link else GONE
    )
