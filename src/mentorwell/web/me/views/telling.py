"""The pieces of a profile, each on a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.people import queries, services
from mentorwell.people.content import prompts
from mentorwell.people.enums import Part, Piece
from mentorwell.people.models import Participation
from mentorwell.web.me import forms, words
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


def _kept(request: SignedInRequest) -> HttpResponse:
    messages.success(request, "Kept. Thank you.")
    return redirect("people:me-show")


@login_required
@require_http_methods(PAGE)
def story_edit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Write one's story, strengths and hopes; what is typed is kept as a draft meanwhile."""
    participation = own_or_404(request, uid)
    key = queries.story_key(participation)
    if answer := kept_draft(request, key):
        return answer
    draft = first_words(queries.draft_of(request.user, key))
    told = {name: getattr(participation, name) for name in ("story", "strengths", "hopes")}
    for_mentor = participation.part != Part.MENTEE
    form = forms.StoryForm(sent(request), for_mentor=for_mentor, initial={**told, **draft})
    if form.is_valid() and tried(
        form,
        services.set_story,
        participation=participation,
        **form.cleaned_data,
        by=request.user,
        now=clock.now(),
    ):
        return _kept(request)
    return render(
        request,
        "web/me/story_edit.html",
        {
            "participation": participation,
            "form": form,
            "words": words.words_of(Piece.STORY, Part(participation.part)),
            "has_draft": bool(draft) and not form.is_bound,
            "story_prompts": prompts().mentor_story if for_mentor else prompts().mentee_story,
            "prompts": prompts(),
        },
        status=400 if form.errors else 200,
    )


@login_required
@require_POST
def draft_drop(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Forget the draft of a story and show what was told before."""
    participation = own_or_404(request, uid)
    services.drop_draft(key=queries.story_key(participation), by=request.user, now=clock.now())
    return redirect("people:story-edit", uid=participation.uid)


@login_required
@require_http_methods(PAGE)
def topics_choose(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Choose what to seek or to offer."""
    return _choose(request, own_or_404(request, uid), Piece.TOPICS)


@login_required
@require_http_methods(PAGE)
def interests_choose(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Choose what one cares about besides."""
    return _choose(request, own_or_404(request, uid), Piece.INTERESTS)


def _choose(request: SignedInRequest, participation: Participation, piece: Piece) -> HttpResponse:
    interest = piece is Piece.INTERESTS
    tree = queries.topic_tree(participation.programme.organisation_id)
    searching = "find" in request.POST or request.htmx
    typed = sent(request)
    form = forms.TopicsForm(None if searching else typed, tree=tree)
    if form.is_valid() and tried(
        form,
        services.choose_topics,
        participation=participation,
        topics=form.cleaned_data["topics"],
        interest=interest,
        by=request.user,
        now=clock.now(),
    ):
        return _kept(request)
    told = queries.topics_chosen(participation, interest=interest)
    context = {
        "participation": participation,
        "form": form,
        "words": words.words_of(piece, Part(participation.part)),
        "is_interest": interest,
        "picker": picker(
            tree,
            chosen=typed.getlist("topics") if typed is not None else told,
            words=request.POST.get("q", "").strip() if searching else "",
        ),
        "name": "topics",
        "kind": "checkbox",
    }
    page = "web/me/topics_choose.html#choice" if request.htmx else "web/me/topics_choose.html"
    return render(request, page, context, status=400 if form.errors else 200)


@login_required
@require_http_methods(PAGE)
def basics_edit(request: SignedInRequest) -> HttpResponse:
    """A line, a stage, languages."""
    profile = profile_or_404(request)
    form = forms.BasicsForm(
        sent(request),
        initial={
            "headline": profile.headline,
            "stage": profile.stage,
            "languages": profile.languages,
        },
        stage_lists={
            part.programme.policy.stage_list for part in queries.participations_of(request.user)
        },
    )
    if form.is_valid() and tried(
        form, services.set_basics, **form.cleaned_data, by=request.user, now=clock.now()
    ):
        return _kept(request)
    return render(
        request,
        "web/me/basics_edit.html",
        {"form": form, "words": words.COMMON_WORDS[Piece.BASICS]},
        status=400 if form.errors else 200,
    )


@login_required
@require_http_methods(PAGE)
def values_order(request: SignedInRequest) -> HttpResponse:
    """Choose five values of forty and order them by buttons."""
    profile_or_404(request)
    chosen = [choice.value for choice in queries.values_of(request.user)]
    form = forms.ValuesForm(sent(request), initial={"values": chosen})
    moved = form.fields["values"].widget.was_moved(request.POST, "values")
    if (
        form.is_valid()
        and not moved
        and tried(
            form,
            services.order_values,
            values=form.cleaned_data["values"],
            by=request.user,
            now=clock.now(),
        )
    ):
        if queries.participations_of(request.user).exclude(part=Part.MENTEE).exists():
            messages.success(request, "Kept. Which of them may mentees see?")
            return redirect("people:values-show")
        return _kept(request)
    return render(
        request,
        "web/me/values_order.html",
        {"form": form, "words": words.COMMON_WORDS[Piece.VALUES]},
        status=400 if form.errors and not moved else 200,
    )


@login_required
@require_http_methods(PAGE)
def values_show(request: SignedInRequest) -> HttpResponse:
    """Choose which of one's values others see, each with a line."""
    profile_or_404(request)
    form = forms.ShownValuesForm(sent(request), chosen=queries.values_of(request.user))
    if form.is_valid() and tried(
        form, services.show_values, lines=form.lines(), by=request.user, now=clock.now()
    ):
        return _kept(request)
    return render(
        request,
        "web/me/values_show.html",
        {"form": form, "prompts": prompts().how_i_live_it},
        status=400 if form.errors else 200,
    )


@login_required
@require_http_methods(PAGE)
def style_answer(request: SignedInRequest) -> HttpResponse:
    """Eight sliders, and how much each matters."""
    profile_or_404(request)
    form = forms.StyleForm(sent(request), told=queries.style_of(request.user))
    if form.is_valid() and tried(
        form, services.answer_styles, answers=form.answers(), by=request.user, now=clock.now()
    ):
        return _kept(request)
    return render(
        request,
        "web/me/style_answer.html",
        {"form": form, "words": words.COMMON_WORDS[Piece.STYLE]},
        status=400 if form.errors else 200,
    )
