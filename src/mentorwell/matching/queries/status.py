"""Where a mentee stands in their search: a state, a date and a next step, always."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Min, QuerySet

from mentorwell.core.lifecycles import ProgrammeState
from mentorwell.matching.enums import NextStep, SearchState
from mentorwell.matching.models import HelpRequest, Invitation, PlaceWish
from mentorwell.matching.queries.help import expiries, open_help
from mentorwell.matching.queries.invitations import open_invitations
from mentorwell.matching.queries.opening import search_opening
from mentorwell.matching.queries.shortlist import Search, search
from mentorwell.matching.queries.slots import knows_free_place
from mentorwell.matching.queries.standing import SEARCHING_STATES, Standing, standings
from mentorwell.mentorships.models import OPEN_STATES, Membership
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import today


Day = date  # the name that a field called `date` leaves free

EXPIRIES_FOR_HELP = 2
LOOKING_FOR_HELP = timedelta(days=14)


@dataclass(frozen=True)
class SearchStatus:
    """Where a mentee stands. `date` is when something happens next, or since when it is so.

    Only a search that waits for mentors, with no date set by the office, has none, and one in a
    programme that has closed. `help_date`
    is the day from which they may ask a coordinator to look along, None where nobody looks;
    `help` is the request that is open.
    """

    state: SearchState
    date: Day | None
    next_step: NextStep
    help_date: Day | None = None
    help: HelpRequest | None = None


def help_date(mentee: Participation, *, now: datetime) -> date:
    """Return the day from which a mentee may ask for help: today after two silences."""
    on_date = today(mentee.programme, now)
    if expiries(mentee) >= EXPIRIES_FOR_HELP:
        return on_date
    since = mentee.looking_since or now
    return max(on_date, today(mentee.programme, since + LOOKING_FOR_HELP))


def search_status(
    mentee: Participation, *, now: datetime, seen: Search | None = None
) -> SearchStatus:
    """Return where a mentee stands, when something happens next and what they can do.

    `seen` is their search at this moment, where the caller has it at hand.
    """
    on_date = today(mentee.programme, now)
    if mentee.state not in SEARCHING_STATES:
        until = mentee.paused_until_date or on_date
        return SearchStatus(SearchState.AWAY, until, NextStep.FINISH_PROFILE)
    if not knows_free_place(mentee):
        return SearchStatus(SearchState.FOUND, _found_date(mentee, now), NextStep.OPEN_MENTORSHIP)
    asked = _earliest(open_invitations().filter(mentee=mentee), mentee)
    if mentee.programme.state == ProgrammeState.CLOSED:
        return SearchStatus(
            SearchState.ASKED if asked else SearchState.NOT_RUNNING, asked, NextStep.WAIT
        )
    opening = search_opening(mentee.programme, on_date=on_date)
    if not opening.is_open:
        return SearchStatus(SearchState.NOT_OPEN, opening.opens_date, NextStep.FINISH_PROFILE)
    helped = open_help(mentee)
    if asked:
        found = SearchStatus(SearchState.ASKED, asked, NextStep.WAIT)
    elif helped:
        found = SearchStatus(SearchState.HELPED, helped.due_date, NextStep.WAIT)
    else:
        return _without_invitation(mentee, now, seen)
    return replace(found, help=helped, help_date=help_date(mentee, now=now))


def _without_invitation(mentee: Participation, now: datetime, seen: Search | None) -> SearchStatus:
    from_date = help_date(mentee, now=now)
    found = _looking(mentee, from_date, now, seen)
    return replace(found, help_date=from_date)


def _looking(
    mentee: Participation, from_date: date, now: datetime, seen: Search | None
) -> SearchStatus:
    on_date = today(mentee.programme, now)
    wishes = list(PlaceWish.objects.filter(mentee=mentee, ended_at=None).order_by("wished_at"))
    told = [wish.mentor_id for wish in wishes if wish.told_at]
    if told and _has_room(told, seen.standings if seen else standings(mentee, now=now, only=told)):
        return SearchStatus(SearchState.WAITING, on_date, NextStep.INVITE)
    if not wishes and _somebody_has_room(seen or search(mentee, now=now)):
        return SearchStatus(SearchState.CHOOSING, from_date, NextStep.INVITE)
    if from_date <= on_date:
        state = SearchState.WAITING if wishes else SearchState.SHORT
        return SearchStatus(state, on_date, NextStep.ASK_FOR_HELP)
    if wishes:
        held = open_invitations().filter(mentor__in=[wish.mentor_id for wish in wishes])
        change = _earliest(held, mentee) or from_date
        return SearchStatus(SearchState.WAITING, min(change, from_date), NextStep.WAIT)
    held = open_invitations().filter(mentor__programme=mentee.programme)
    change = _earliest(held, mentee) or from_date
    return SearchStatus(SearchState.SHORT, min(change, from_date), NextStep.WISH)


def _earliest(invitations: QuerySet[Invitation], mentee: Participation) -> date | None:
    first = invitations.aggregate(end=Min("expires_at"))["end"]
    return today(mentee.programme, first) if first else None


def _somebody_has_room(found: Search) -> bool:
    return _has_room(found.listed(), found.standings)


def _has_room(mentors: Iterable[int], found: Mapping[int, Standing]) -> bool:
    """Answer whether one of these mentors can be asked, and has room."""
    return any(found[one].bar is None and found[one].room.slots > 0 for one in mentors)


def _found_date(mentee: Participation, now: datetime) -> date:
    joined = Membership.objects.filter(participation=mentee, mentorship__state__in=OPEN_STATES)
    last = joined.order_by("-joined_at").values_list("joined_at", flat=True).first()
    return today(mentee.programme, last or now)
