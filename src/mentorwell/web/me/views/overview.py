"""What I have told, what it is used for, who can see it; and who can see what at all."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import clock
from mentorwell.people import queries, services
from mentorwell.people.enums import Part, Piece
from mentorwell.people.models import Participation
from mentorwell.web.me import words
from mentorwell.web.me.access import profile_or_404


COMMON = tuple(words.COMMON_WORDS)
OWN = (Piece.TOPICS, Piece.STORY, Piece.INTERESTS)
RUNNING = (ParticipationState.READY, ParticipationState.ACTIVE)
SAID_YES = (*RUNNING, ParticipationState.PAUSED)


@dataclass(frozen=True)
class Offer:
    """A piece with its words, its address and whether anything of it is told."""

    piece: Piece
    words: words.PieceWords
    address: str
    is_told: bool


@dataclass(frozen=True)
class MyPart:
    """One of the person's parts as the overview shows it."""

    participation: Participation
    part: str
    state: str
    offers: list[Offer]

    @property
    def has_to_start(self) -> bool:
        """Whether the first answers, or the one screen of a mentor, are still to come."""
        return self.participation.state in {ParticipationState.INVITED, ParticipationState.APPLIED}

    @property
    def is_running(self) -> bool:
        """Whether the pieces can be told."""
        return self.participation.state in RUNNING


def my_part(participation: Participation, told: frozenset[Piece]) -> MyPart:
    """Return one part with its offers."""
    return MyPart(
        participation=participation,
        part=words.PARTS[Part(participation.part)],
        state=words.STATES[ParticipationState(participation.state)],
        offers=[offer(piece, participation, is_told=piece in told) for piece in OWN],
    )


def offer(piece: Piece, participation: Participation, *, is_told: bool) -> Offer:
    """Return a piece as it is offered to one of the person's parts."""
    said = words.words_of(piece, Part(participation.part))
    args = [participation.uid] if said.of_participation else []
    return Offer(piece, said, reverse(said.url_name, args=args), is_told=is_told)


@login_required
@require_safe
def me_show(request: SignedInRequest) -> HttpResponse:
    """What I have told so far, with one thing to tell next."""
    participations = list(queries.participations_of(request.user))
    told = queries.pieces_told_in(participations)
    parts = [my_part(one, told[one.pk]) for one in participations]
    # Little first: the rest is offered once somebody has said yes.
    here = [part for part in parts if part.participation.state in SAID_YES]
    first = here[0].participation if here else None
    mentors_in = {one.programme_id for one in participations if one.part == Part.MENTOR}
    return render(
        request,
        "web/me/me_show.html",
        {
            "parts": parts,
            "start": next((part for part in parts if part.has_to_start), None),
            "coming": _coming([part.participation for part in parts if part.is_running], told),
            "common": [
                offer(piece, first, is_told=piece in told[first.pk])
                for piece in COMMON
                if first is not None
            ],
            "could_mentor": dict.fromkeys(
                part.participation.programme
                for part in here
                if part.participation.programme_id not in mentors_in
            ),
        },
    )


def _coming(running: list[Participation], told: dict[int, frozenset[Piece]]) -> Offer | None:
    """Return the one piece to offer, of the part that was entered first."""
    if not running:
        return None
    piece = queries.first_untold(running[0], told[running[0].pk])
    return offer(piece, running[0], is_told=False) if piece else None


@login_required
@require_POST
def piece_put_off(request: SignedInRequest, piece: str) -> HttpResponse:
    """Say "not now" to what is offered."""
    profile_or_404(request)
    if piece not in set(Piece):
        raise Http404
    services.put_off(piece=Piece(piece), by=request.user, now=clock.now())
    messages.info(request, "All right. You find it here whenever you like.")
    return redirect("people:me-show")


@login_required
@require_http_methods(["GET", "HEAD"])
def privacy_show(request: SignedInRequest) -> HttpResponse:
    """Who can see what, in plain words."""
    parts = set(queries.participations_of(request.user).values_list("part", flat=True))
    rows = (
        *(words.MENTEE_SEEN if Part.MENTEE in parts or not parts else ()),
        *(words.MENTOR_SEEN if parts - {Part.MENTEE} else ()),
        *words.COMMON_SEEN,
    )
    return render(request, "web/me/privacy_show.html", {"rows": rows})
