"""Where a mentee stands in their search, in words: what is, when, and what one can do."""

from dataclasses import dataclass
from datetime import datetime

from mentorwell.matching import queries, rules
from mentorwell.matching.enums import NextStep, SearchState
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import today


@dataclass(frozen=True)
class StandingWords:
    """What the side of the search says."""

    title: str
    sentence: str
    step: NextStep
    scarce: str  # "15 places, 40 looking."
    opening: str
    may_ask_for_help: bool
    cannot_ask_for_help: str


_TITLES = {
    SearchState.AWAY: "You are not looking",
    SearchState.NOT_OPEN: "The search is not open yet",
    SearchState.NOT_RUNNING: "This programme is not running",
    SearchState.FOUND: "You have found your mentor",
    SearchState.HELPED: "Somebody looks with you",
    SearchState.ASKED: "You have asked",
    SearchState.WAITING: "You wait for a place",
    SearchState.CHOOSING: "Take your time",
    SearchState.SHORT: "Every place is taken just now",
}


def standing_words(
    mentee: Participation,
    search: queries.Search,
    opening: queries.SearchOpening,
    *,
    now: datetime,
) -> StandingWords:
    """Return where a mentee stands, for themselves to read."""
    status = queries.search_status(mentee, now=now, seen=search)
    on_date = today(mentee.programme, now)
    return StandingWords(
        title=_TITLES[status.state],
        sentence=_sentence(status),
        step=status.next_step,
        scarce=rules.gap_sentence(queries.gap(mentee.programme)),
        opening=rules.opening_sentence(opening),
        may_ask_for_help=status.help is None
        and status.help_date is not None
        and status.help_date <= on_date,
        cannot_ask_for_help=rules.help_sentence(status.help_date) if status.help_date else "",
    )


def _sentence(status: queries.SearchStatus) -> str:
    day = rules.day_words(status.date) if status.date else ""
    name = status.help.coordinator.name if status.help else ""
    if status.state == SearchState.WAITING and status.next_step == NextStep.INVITE:
        return "A mentor you wait for has room. Write to them today."
    return {
        SearchState.AWAY: "Start again whenever you like.",
        SearchState.NOT_OPEN: "",
        SearchState.NOT_RUNNING: "",
        SearchState.FOUND: f"Since {day}. Enjoy the road together.",
        SearchState.HELPED: f"{name} will be in touch by {day}.",
        SearchState.ASKED: f"The next answer is due by {day}. Until then you need do nothing.",
        SearchState.WAITING: f"Something may change by {day}. You can ask others meanwhile.",
        SearchState.CHOOSING: "Ask whom you like best. They are free to say yes, not now, or no.",
        SearchState.SHORT: f"Wait for the mentor you like best. A slot may be free by {day}.",
    }[status.state]
