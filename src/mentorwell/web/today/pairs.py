"""What each of a person's mentorships asks for: one thing a pair, read for all at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import ngettext

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import AgreementState, ParticipationState
from mentorwell.meetings.models import Meeting
from mentorwell.meetings.queries import OPEN, meetings_visible_to
from mentorwell.mentorships import queries, rules
from mentorwell.messages.queries import News, news_of
from mentorwell.web.mentorships.agreed import shown
from mentorwell.web.mentorships.pairs import Pair, pair_of
from mentorwell.web.mentorships.room import Step, next_step
from mentorwell.web.today.matters import Matter, Rank


LONGEST_PLACE = 40  # letters that a heading has room for


@dataclass(frozen=True)
class _Seen:
    """One pair with its next step, and the meeting or version that step is about."""

    pair: Pair
    meeting: Meeting | None
    agenda_by: str

    @property
    def name(self) -> str:
        return self.pair.other_names

    def to(self, view: str, *, meeting: bool = False) -> str:
        """Return the address of a page of the pair, or of its meeting."""
        about = self.meeting if meeting and self.meeting else self.pair.mentorship
        return reverse(view, args=[about.uid])


def pair_matters(user: User, *, now: datetime) -> list[Matter]:
    """Return what the person's mentorships ask for. The number of queries is always the same."""
    going_on = queries.mentorships_visible_to(user).exclude(state__in=queries.ENDED)
    pairs = [pair_of(each, user) for each in going_on]
    if not pairs:
        return []
    meetings = _by_mentorship(meetings_visible_to(user).filter(state__in=OPEN))
    versions = _by_mentorship(
        queries.agreements_visible_to(user).exclude(state=AgreementState.REPLACED)
    )
    questions = {
        one.membership.mentorship_id: one
        for one in queries.link_questions_visible_to(user).filter(answered_at=None)
    }
    answered = queries.members_who_answered([pair.mentorship for pair in pairs])
    news = news_of(user)
    found = []
    for pair in pairs:
        pk = pair.mentorship.pk
        agreements = [shown(each, pair) for each in versions[pk]]
        step, meeting = next_step(
            pair, meetings[pk], agreements, questions.get(pk), now, answered=answered[pk]
        )
        holding = next((each for each in agreements if each.holds), None)
        seen = _Seen(pair, meeting, holding.agenda_by if holding else "")
        if step in MATTERS:
            found.append(MATTERS[step](seen))
        if pk in news and pair.runs:
            found.append(_read(seen, news[pk]))
        if step is Step.MEET and pair.format.agreement_expected and not agreements:
            if answered[pk].get(pair.me.pk):
                found.append(_compare(seen))
            elif pair.me.pk not in answered[pk]:
                found.append(_expect(seen))
    return found


class _OfMentorship(Protocol):
    mentorship_id: int


Row = TypeVar("Row", bound=_OfMentorship)


def _by_mentorship(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.mentorship_id].append(row)
    return found


def moment(at: datetime) -> str:
    """Return a moment as people say it, where the reader lives: "Tuesday 19 May, 16:30"."""
    return date_format(timezone.localtime(at), "l j F, H:i")


def _meet(seen: _Seen) -> Matter:
    meeting = seen.meeting
    if meeting is None or meeting.starts_at is None:
        raise ValueError("A meeting to go to has a time.")
    where = meeting.where
    fits = where and len(where) <= LONGEST_PLACE and "://" not in where
    agenda = ""
    if seen.agenda_by:
        mine = seen.agenda_by == seen.pair.my_name
        agenda = " You bring the agenda." if mine else f" Agenda: {seen.agenda_by}."
    return Matter(
        Rank.MEET,
        "calendar",
        title=f"{moment(meeting.starts_at)}{f', {where}' if fits else ''}",
        words=f"{meeting.minutes} minutes.{agenda}",
        address=seen.to("meetings:meeting-show", meeting=True),
        action="Open the meeting",
        eyebrow=f"Next with {seen.pair.other_full_names}",
    )


def _met(seen: _Seen) -> Matter:
    when = f"{moment(seen.meeting.starts_at)}. " if seen.meeting and seen.meeting.starts_at else ""
    return Matter(
        Rank.MET,
        "check-circle",
        title=f"Did you and {seen.name} meet?",
        words=f"{when}One touch, and the programme learns nothing but that.",
        address=seen.to("mentorships:room"),
        action="Say so",
    )


def _choose(seen: _Seen) -> Matter:
    return Matter(
        Rank.CHOOSE,
        "calendar",
        title=f"{seen.name} offers times to meet",
        words="Choose the one that suits you, or offer others.",
        address=seen.to("meetings:meeting-show", meeting=True),
        action="Choose",
    )


def _link(seen: _Seen) -> Matter:
    return Matter(
        Rank.LINK,
        "shield",
        title=f"A question about you and {seen.name}",
        words="One of you may now have a say in how the other is evaluated.",
        address=seen.to("mentorships:room"),
        action="Answer",
    )


def _agree(seen: _Seen) -> Matter:
    return Matter(
        Rank.AGREE,
        "handshake",
        title=f"{seen.name} proposes an agreement",
        words="Read it, change it, or say yes.",
        address=seen.to("mentorships:agreement-show"),
        action="Read",
    )


def _read(seen: _Seen, news: News) -> Matter:
    names = get_text_list(news.names, "and")
    title = ngettext("A message from %(names)s", "%(n)d new messages from %(names)s", news.count)
    return Matter(
        Rank.READ,
        "chat",
        title=title % {"n": news.count, "names": names},
        words="Read it when you have a quiet minute. Nobody sees when.",
        address=seen.to("messages:thread-show"),
        action="Read",
    )


def _quiet(seen: _Seen) -> Matter:
    return Matter(
        Rank.QUIET,
        "chat",
        title=f"How are you and {seen.name} doing?",
        words="It has been quiet. Every answer is fine.",
        address=seen.to("mentorships:room"),
        action="Answer",
    )


def _expect(seen: _Seen) -> Matter:
    return Matter(
        Rank.EXPECT,
        "handshake",
        title=f"What do you and {seen.name} expect?",
        words="Three questions, two minutes, each of you alone.",
        address=seen.to("mentorships:agreement-answer"),
        action="Answer",
    )


def _compare(seen: _Seen) -> Matter:
    return Matter(
        Rank.EXPECT,
        "handshake",
        title=f"What you and {seen.name} expect lies side by side",
        words="See where you agree, and settle the rest.",
        address=seen.to("mentorships:agreement-propose"),
        action="Open",
    )


def _plan(seen: _Seen) -> Matter:
    return Matter(
        Rank.PLAN,
        "calendar",
        title=f"When do you and {seen.name} meet next?",
        words="Nothing is planned yet.",
        address=seen.to("mentorships:room"),
        action="Find a time",
    )


def _times_sent(seen: _Seen) -> Matter:
    return Matter(
        Rank.WAIT,
        "clock",
        title=f"Your times are with {seen.name}",
        words="You hear as soon as one is chosen.",
        address=seen.to("mentorships:room"),
    )


def _leaving(seen: _Seen) -> Matter:
    ending = seen.pair.ending
    until = moment(ending.written_at + rules.UNDO_TIME) if ending else ""
    words = f"Nobody knows before {until}. Until then you can take it back."
    if seen.pair.me.participation.state == ParticipationState.LEFT:
        words = f"It ends because you left. {seen.name} will be told in neutral words."
    return Matter(
        Rank.WAIT,
        "flag",
        title=f"You have ended it with {seen.name}",
        words=words,
        address=seen.to("mentorships:room"),
    )


MATTERS: dict[Step | None, Callable[[_Seen], Matter]] = {
    Step.LEAVING: _leaving,
    Step.LINK: _link,
    Step.LOG: _met,
    Step.CHOOSE: _choose,
    Step.AGREE: _agree,
    Step.SILENCE: _quiet,
    Step.MEET: _meet,
    Step.AGREEMENT: _expect,
    Step.COMPARE: _compare,
    Step.WAIT_TIMES: _times_sent,
    Step.PROPOSE: _plan,
}
"""What a page says for each step of a room; one that rests says nothing."""
