"""The first page: for a stranger what this is, for everybody else their day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from mentorwell.accounts.models import User
from mentorwell.audit.queries import is_demonstration
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import clock
from mentorwell.notices import queries as notices
from mentorwell.notices.emails import ShownNotice, lines_of
from mentorwell.people import queries as people
from mentorwell.people.enums import BlockKind
from mentorwell.people.models import Participation
from mentorwell.web.me.views.overview import Offer, offer
from mentorwell.web.today.matters import Matter, Rank
from mentorwell.web.today.office import office_matters
from mentorwell.web.today.pairs import pair_matters
from mentorwell.web.today.parts import (
    RUNNING,
    invitation_matters,
    part_matters,
    round_matters,
)


NOTICES_SHOWN = 5
DAYS_OF_A_WEEK = 7
MORNING, NOON, EVENING, NIGHT = 5, 12, 18, 22
AWAY = {
    BlockKind.NIGHTS: "you are on nights until {day}",
    BlockKind.LEAVE: "you are on leave until {day}",
    BlockKind.EXAMS: "you have exams until {day}",
    BlockKind.OTHER: "you are away until {day}",
}


@dataclass(frozen=True)
class Day:
    """Everything that one person's first page shows."""

    greeting: str
    date_line: str
    lead: Matter | None
    waiting: list[Matter]
    known: list[Matter]
    told: list[ShownNotice]
    offer: Offer | None
    takes_part: bool
    left: list[Participation]  # what the person has left, for whoever takes part in nothing


@require_safe
def today_show(request: HttpRequest) -> HttpResponse:
    """What waits for the person and one strong next step; a stranger reads what this is.

    In the demonstration a stranger is asked instead whom they would like to be.
    """
    if not isinstance(request.user, User):
        if settings.DEMO and is_demonstration():
            return redirect("demo:people-list")
        return render(request, "web/today/front_show.html")
    return render(
        request, "web/today/today_show.html", {"day": day_of(request.user, now=clock.now())}
    )


def day_of(user: User, *, now: datetime) -> Day:
    """Put a person's day together. The number of queries depends on their parts alone."""
    local = timezone.localtime(now)
    every = list(people.participations_of(user).prefetch_related("topic_choices"))
    participations = [one for one in every if one.state != ParticipationState.LEFT]
    matters = sorted(
        [
            *pair_matters(user, now=now),
            *invitation_matters(user),
            *part_matters(participations, now=now),
            *round_matters(user, now=now),
            *office_matters(user),
        ],
        key=lambda matter: matter.rank,
    )
    lead = next((matter for matter in matters if matter.can_lead), None)
    new = notices.notices_visible_to(user).filter(seen_at=None)[:NOTICES_SHOWN]
    return Day(
        greeting=f"{greeting(local.hour)}, {user.first_name}",
        date_line=_date_line(user, local.date()),
        lead=lead,
        waiting=[matter for matter in matters if matter.waits and matter is not lead],
        known=[matter for matter in matters if matter.rank == Rank.WAIT],
        told=lines_of(new),
        offer=_offer(participations),
        takes_part=bool(participations),
        left=[one for one in every if one.state == ParticipationState.LEFT],
    )


def greeting(hour: int) -> str:
    """Return how one greets at this hour; at night, whoever is awake has reasons of their own."""
    if MORNING <= hour < NOON:
        return "Good morning"
    if NOON <= hour < EVENING:
        return "Good afternoon"
    return "Good evening" if EVENING <= hour < NIGHT else "Hello"


def _date_line(user: User, on_date: date) -> str:
    """Return the day and, if the person has told of nights or leave, until when."""
    line = date_format(on_date, "l, j F")
    block = people.blocks_of(user, on_date=on_date).filter(start_date__lte=on_date).first()
    if block is None:
        return line
    near = (block.end_date - on_date).days < DAYS_OF_A_WEEK
    day = date_format(block.end_date, "l" if near else "j F")
    return f"{line} · {AWAY[BlockKind(block.kind)].format(day=day)}"


def _offer(participations: list[Participation]) -> Offer | None:
    """Return the one piece of a profile to tell next, for the first part that has one."""
    running = [one for one in participations if one.state in RUNNING]
    for one in running[:1]:
        piece = people.next_piece(one)
        return offer(piece, one, is_told=False) if piece else None
    return None
