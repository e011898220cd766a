"""A round as its mentees and mentors meet it: join, wish, answer, open a door, say how it was."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import RoundState
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.matching import queries, rules, services
from mentorwell.matching.models import Proposal, Round
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.web.matching import access, rounds
from mentorwell.web.matching.forms import JoinForm, ReactionForm, WishesForm, WordForm


OFFERED = 40  # mentors to choose wishes from: those who fit best; others are marked on their page
ROUND_WORDS = {
    RoundState.COLLECTING: "People join, and say whom they would like.",
    RoundState.PROPOSED: "Wishes are in. Your programme office looks at pairs.",
    RoundState.PUBLISHED: "Suggestions are out.",
    RoundState.CLOSED: "This round has closed. Your own search goes on as ever.",
}


def _round_or_404(request: SignedInRequest, uid: UUID) -> Round:
    rounds_ = queries.rounds_of(request.user).select_related(
        "programme__policy", "programme__organisation"
    )
    return get_object_or_404(rounds_, uid=uid)


def _part_or_404(request: SignedInRequest, round_: Round, part: Part) -> Participation:
    """Return the person's own part of this kind in a round."""
    for one in queries.parts_in(round_, request.user):
        if one.part == part:
            return one
    raise Http404


@login_required
@require_safe
def round_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Everything of a round that concerns the person, as mentee, as mentor or both."""
    round_ = _round_or_404(request, uid)
    now = clock.now()
    context: dict[str, Any] = {
        "round": round_,
        "words": ROUND_WORDS[RoundState(round_.state)],
        "says_open": round_.state in (RoundState.COLLECTING, RoundState.PROPOSED),
    }
    for part in queries.parts_in(round_, request.user):
        if part.part == Part.MENTEE:
            mentee = rounds.mentee_side(round_, part, now=now)
            context |= {
                "mentee": mentee,
                "join": JoinForm(),
                "mentee_talks": [(talk, ReactionForm(talk=talk)) for talk in mentee.talks],
            }
        else:
            mentor = rounds.mentor_side(round_, part, now=now)
            context |= {
                "mentor": mentor,
                "doors": [
                    (card, WordForm(about=str(card.door.key), word=card.door.word))
                    for card in mentor.doors
                ],
                "mentor_talks": [
                    (talk, key, WordForm(about=str(key), word=word, met=True))
                    for talk, word, key in mentor.talks
                ],
            }
    return render(request, "web/matching/round_show.html", context)


@login_required
@require_POST
def round_speak(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Join or leave as a mentee, sit out or be in again as a mentor."""
    round_ = _round_or_404(request, uid)
    part = Part.MENTOR if request.POST.get("part") == Part.MENTOR else Part.MENTEE
    said = request.POST.get("takes_part")
    if said not in ("yes", "no"):
        raise Http404
    takes_part = said == "yes"
    services.speak_in_round(
        round_=round_,
        participation=_part_or_404(request, round_, part),
        takes_part=takes_part,
        open_to_doors=part == Part.MENTEE and "open_to_doors" in request.POST,
        by=request.user,
        now=clock.now(),
    )
    if part == Part.MENTEE:
        said = (
            "You are in. Say whom you would like, or leave it to the fit."
            if takes_part
            else "You have left the round. Your own search goes on."
        )
    else:
        said = "You are in the round." if takes_part else "You sit this round out. Nobody is told."
    messages.success(request, said)
    return redirect("matching:round-show", uid=uid)


@login_required
@require_POST
def doors_open(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let mentors read what one looks for, without a name, or no more."""
    round_ = _round_or_404(request, uid)
    shown = "open_to_doors" in request.POST
    services.show_to_mentors(
        round_=round_,
        mentee=_part_or_404(request, round_, Part.MENTEE),
        shown=shown,
        by=request.user,
        now=clock.now(),
    )
    messages.success(
        request,
        "Mentors may read it now, without your name." if shown else "No mentor reads it any more.",
    )
    return redirect("matching:round-show", uid=uid)


@login_required
@require_http_methods(access.PAGE)
def wishes_edit(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say whom one would like: an order, and marks without one."""
    round_ = _round_or_404(request, uid)
    mentee = _part_or_404(request, round_, Part.MENTEE)
    now = clock.now()
    listed = queries.search(mentee, now=now).listed()[:OFFERED]
    wishes = list(queries.wishes_of(round_, mentee))
    mentors = Participation.objects.select_related("person").in_bulk(
        [*listed, *(wish.mentor_id for wish in wishes)]
    )
    form = WishesForm(
        request.POST if request.method == "POST" else None,
        mentors=[mentors[pk] for pk in dict.fromkeys([*(w.mentor_id for w in wishes), *listed])],
        wishes=wishes,
    )
    if form.is_valid() and not form.was_moved():
        by_uid = {str(one.uid): one for one in mentors.values()}
        try:
            services.wish_in_round(
                round_=round_,
                mentee=mentee,
                ranked=[by_uid[uid] for uid in form.cleaned_data["ranked"]],
                marked=[by_uid[uid] for uid in form.only_marked()],
                by=request.user,
                now=now,
            )
        except Refusal as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Kept. Only you can read it.")
            return redirect("matching:round-show", uid=uid)
    refused = (
        ""
        if rules.can_speak_in_round(request.user, round_, mentee, now=now)
        else "This round takes no more wishes."
    )
    context = {"round": round_, "form": form, "refused": refused}
    return render(
        request, "web/matching/wishes_edit.html", context, status=400 if form.errors else 200
    )


@login_required
@require_POST
def wish_mark(request: SignedInRequest, uid: UUID, mentor: UUID) -> HttpResponse:
    """Mark one mentor for the round from their page, or take the mark away."""
    round_ = _round_or_404(request, uid)
    mentee = _part_or_404(request, round_, Part.MENTEE)
    chosen = access.mentor_or_404(request, mentor)
    wishes = list(queries.wishes_of(round_, mentee))
    others = [wish for wish in wishes if wish.mentor_id != chosen.pk]
    taken_off = len(others) < len(wishes)
    marked = [wish.mentor for wish in others if not wish.rank]
    services.wish_in_round(
        round_=round_,
        mentee=mentee,
        ranked=[wish.mentor for wish in others if wish.rank],
        marked=marked if taken_off else [*marked, chosen],
        by=request.user,
        now=clock.now(),
    )
    said = "is on your list no more" if taken_off else "is on your list"
    messages.success(request, f"{chosen.person.name} {said}. Only you can read it.")
    return redirect("matching:mentor-show", uid=mentor)


@login_required
@require_POST
def mentee_speak(request: SignedInRequest, uid: UUID, key: UUID) -> HttpResponse:
    """Say, as a mentor, whom one would prefer or rather not have, and open one's door."""
    round_ = _round_or_404(request, uid)
    mentor = _part_or_404(request, round_, Part.MENTOR)
    now = clock.now()
    mentee = queries.mentee_behind(key, mentor, round_, now=now)
    form = WordForm(request.POST)
    if not form.is_valid():
        raise Http404
    if mentee is None:
        messages.info(request, "They do not take part any more, or have found somebody.")
        return redirect("matching:round-show", uid=uid)
    services.speak_of_mentee(
        round_=round_,
        mentor=mentor,
        mentee=mentee,
        **form.told(),
        by=request.user,
        now=now,
    )
    messages.success(
        request,
        "They read that your door is open, and may write to you. You need do nothing."
        if form.told()["opens_door"]
        else "Kept. Only you can read it.",
    )
    return redirect("matching:round-show", uid=uid)


@login_required
@require_POST
def talk_react(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say how a first talk was."""
    talk = get_object_or_404(queries.talks_visible_to(request.user), uid=uid)
    form = ReactionForm(request.POST, talk=talk)
    if form.is_valid():
        services.react_to_talk(talk=talk, **form.told(), by=request.user, now=clock.now())
        messages.success(request, "Kept. Only you can read it.")
    else:
        messages.error(request, "Choose a number from 1 to 5, and at most a few lines.")
    return redirect("matching:round-show", uid=talk.round.uid)


# --- Suggestions ---------------------------------------------------------------------------


def _proposal_or_404(request: SignedInRequest, uid: UUID) -> Proposal:
    return get_object_or_404(queries.proposals_visible_to(request.user), uid=uid)


@login_required
@require_POST
def proposal_invite(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Begin an invitation from a suggestion: half written, to be read over and sent."""
    proposal = _proposal_or_404(request, uid)
    now = clock.now()
    draft = queries.open_draft(proposal.mentee, proposal.mentor)
    services.invite_from_proposal(
        proposal=proposal,
        why_you=draft.why_you
        if draft
        else rounds.half_written(proposal.mentee, proposal.mentor, now=now),
        what_i_bring=draft.what_i_bring if draft else "",
        by=request.user,
        now=now,
    )
    messages.info(request, "Half written for you. Make it your own, then send it.")
    return redirect("matching:invitation-write", uid=proposal.mentor.uid)


@login_required
@require_POST
def proposal_pass(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Would rather not ask this mentor."""
    proposal = _proposal_or_404(request, uid)
    services.pass_proposal(proposal=proposal, by=request.user, now=clock.now())
    messages.success(request, "Put aside. Nobody is told. Another is named as soon as one fits.")
    return redirect("matching:round-show", uid=proposal.round.uid)


@login_required
@require_POST
def proposal_again(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Think again about a mentor who was passed over."""
    proposal = _proposal_or_404(request, uid)
    services.think_again(proposal=proposal, by=request.user, now=clock.now())
    return redirect("matching:round-show", uid=proposal.round.uid)
