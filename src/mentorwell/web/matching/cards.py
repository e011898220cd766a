"""A mentor as a card: what a list, a page and a comparison show of the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.text import Truncator

from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching import queries, rules
from mentorwell.matching.enums import Bar
from mentorwell.matching.models import Invitation, PlaceWish
from mentorwell.people import queries as people
from mentorwell.people.content import Topic
from mentorwell.people.models import Participation
from mentorwell.web.matching.letters import links_between
from mentorwell.web.matching.words import (
    VERDICTS,
    FitLine,
    Reader,
    first_name,
    fit_lines,
)


QUOTE_MOST = 180  # characters


@dataclass(frozen=True)
class Chip:
    """A short fact on a card."""

    text: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Card:
    """One mentor as a mentee sees them, in words."""

    uid: UUID
    name: str
    first_name: str
    line: str
    quote: str
    verdict: str
    fits: list[FitLine]
    chips: list[Chip]
    has_room: bool
    refusal: str  # why they cannot be asked at all
    waiting: UUID | None  # the wish, while the mentee waits for a place
    told: bool  # that a place is free
    invitation: UUID | None  # the open one


class Dealer:
    """Makes cards for one mentee; four queries, however many cards."""

    def __init__(
        self,
        mentee: Participation,
        search: queries.Search,
        topics: Sequence[Topic],
        *,
        now: datetime,
        shut: str = "",
    ) -> None:
        """`shut` says why nobody can be asked at all just now: the search is not open."""
        self.shut = shut
        self.mentee = mentee
        self.search = search
        self.now = now
        self.reader = Reader(
            search.me,
            ZoneInfo(mentee.person.time_zone),
            now,
            {topic.slug: topic.name for topic in topics},
        )

    def deal(self, mentors: Sequence[int]) -> list[Card]:
        """Return the cards of these participations, in their order."""
        stories = dict(Participation.objects.filter(pk__in=mentors).values_list("pk", "story"))
        prompt = queries.prompt_mentors(mentors, now=self.now)
        wishes = {
            wish.mentor_id: wish
            for wish in PlaceWish.objects.filter(
                mentee=self.mentee, mentor__in=mentors, ended_at=None
            )
        }
        sent = dict(
            Invitation.objects.filter(
                mentee=self.mentee, mentor__in=mentors, state=InvitationState.SENT
            ).values_list("mentor_id", "uid")
        )
        checked = people.links_checked_date(self.mentee.programme_id)
        return [
            self._card(
                self.search.shown(mentor),
                story=stories.get(mentor, ""),
                prompt=mentor in prompt,
                wish=wishes.get(mentor),
                invitation=sent.get(mentor),
                checked=checked,
            )
            for mentor in mentors
        ]

    def _card(
        self,
        shown: queries.Shown,
        *,
        story: str,
        prompt: bool,
        wish: PlaceWish | None,
        invitation: UUID | None,
        checked: date | None,
    ) -> Card:
        mentor, standing = shown.mentor, shown.standing
        return Card(
            uid=mentor.participation_uid,
            name=mentor.name,
            first_name=first_name(mentor.name),
            line=" · ".join(part for part in (mentor.headline, mentor.site_name) if part),
            quote=Truncator(story).chars(QUOTE_MOST),
            verdict=VERDICTS[shown.step],
            fits=fit_lines(shown, self.reader),
            chips=_chips(shown, prompt=prompt, checked=checked),
            has_room=standing.room.slots > 0,
            refusal=_refusal(standing, mentor.name) or self.shut,
            waiting=wish.uid if wish else None,
            told=bool(wish and wish.told_at),
            invitation=invitation,
        )


def _refusal(standing: queries.Standing, name: str) -> str:
    if standing.bar in (None, Bar.ASKED):
        return ""
    return rules.refusal(standing.bar, name, ask_again=standing.ask_again_date)


def _chips(shown: queries.Shown, *, prompt: bool, checked: date | None) -> list[Chip]:
    room, links = shown.standing.room, shown.standing.links
    chips = []
    if shown.standing.bar == Bar.ASKED:
        chips.append(Chip("You have asked", "yes", "mail"))
    if prompt:
        chips.append(Chip("Answers within 3 days", "yes", "clock"))
    if not room.places:
        chips.append(Chip("No place free", "sun"))
    elif room.slots < 1:
        chips.append(Chip("Enough have asked for now", "sun"))
    elif room.places == 1:
        chips.append(Chip("One place left", "sun"))
    said = links_between(links, first_name(shown.mentor.name))
    chips += [Chip(words.rstrip("."), "warm", "info") for words in said]
    if not links:
        when = f"checked on {rules.day_words(checked)}" if checked else "not checked yet"
        chips.append(Chip(f"No evaluation link known, {when}"))
    return chips
