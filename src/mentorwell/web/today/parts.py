"""What a person's parts ask for: to begin, to confirm, to answer, to find somebody."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import InvitationState, ParticipationState, RoundState
from mentorwell.matching import queries as matching
from mentorwell.matching.enums import NextStep, RoundAsks, SearchState
from mentorwell.matching.queries import SearchStatus
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.web.today.matters import Matter, Rank


NOT_YET = (ParticipationState.INVITED, ParticipationState.APPLIED)
RUNNING = (ParticipationState.READY, ParticipationState.ACTIVE)


def part_matters(participations: Iterable[Participation], *, now: datetime) -> list[Matter]:
    """Return what each part asks for; needs the participations with their topics loaded."""
    found = []
    for one in participations:
        if one.state in NOT_YET:
            found.append(_first_questions(one) if one.part == Part.MENTEE else _yes(one))
        elif one.state == ParticipationState.PAUSED:
            found.append(_paused(one))
        elif one.asked_still_taking_at:
            found.append(_still_taking())
        elif one.state in RUNNING and one.part == Part.MENTEE:
            found += _search(one, matching.search_status(one, now=now))
    return found


def invitation_matters(user: User) -> list[Matter]:
    """Return the invitations that wait for the person's answer. One query."""
    received = matching.invitations_received_by(user).filter(state=InvitationState.SENT)
    return [
        Matter(
            Rank.ANSWER,
            "mail",
            title=f"{one.mentee.person.name} would like to learn from you",
            words=f"Yes, not now or no, by {_day(timezone.localtime(one.expires_at).date(), 'l, j F')}. Each is a fine answer.",
            address=reverse("matching:invitation-show", args=[one.uid]),
            action="Answer",
            eyebrow="An invitation for you",
        )
        for one in received
    ]


def round_matters(user: User, *, now: datetime) -> list[Matter]:
    """Return what the rounds of the person's programmes ask for. Three queries a round at most."""
    found = []
    for round_ in (
        matching.rounds_of(user)
        .exclude(state=RoundState.CLOSED)
        .select_related("programme__organisation")
    ):
        told = _ROUND_MATTERS.get(matching.round_asks(round_, user, now=now))
        if told:
            rank, title, words, action = told
            day = _day(round_.wishes_until, "l, j F")
            talks = _day(round_.talks_until, "l, j F") if round_.talks_until else ""
            found.append(
                Matter(
                    rank,
                    "people",
                    title=title,
                    words=words.format(day=day, talks=talks),
                    address=reverse("matching:round-show", args=[round_.uid]),
                    action=action,
                    eyebrow=round_.name,
                )
            )
    return found


_ROUND_MATTERS = {
    RoundAsks.ANSWER: (
        Rank.CHOOSE,
        "Mentors who would fit you",
        "Read why, and write to whom you like, or to nobody.",
        "See them",
    ),
    RoundAsks.TALK: (
        Rank.CHOOSE,
        "A few first talks",
        "A quarter of an hour each, until {talks}. Nobody is tied to anything by it.",
        "See with whom",
    ),
    RoundAsks.JOIN: (
        Rank.FIND,
        "You may join a round",
        "Your office looks for mentors together with all who join, until {day}. You stay free.",
        "See what it means",
    ),
    RoundAsks.OPEN_DOOR: (
        Rank.EXPECT,
        "Somebody looks for what you offer",
        "You may say that your door is open. Saying nothing costs you nothing.",
        "Read it",
    ),
}


def _first_questions(one: Participation) -> Matter:
    return Matter(
        Rank.START,
        "sprout",
        title="Three answers, and you see mentors",
        words="What for, where, and whom you would rather not meet here. About a minute.",
        address=reverse("people:start-edit", args=[one.uid]),
        action="Begin",
        eyebrow=one.programme.name,
    )


def _yes(one: Participation) -> Matter:
    address = reverse("people:mentor-begin", args=[one.programme.slug])
    offers = any(not choice.interest for choice in one.topic_choices.all())
    if one.entered_by_office and offers:
        return Matter(
            Rank.CONFIRM,
            "check-circle",
            title="One button, and you are a mentor",
            words="Your programme office noted what you said. Look at it and confirm.",
            address=address,
            action="Look and confirm",
            eyebrow=one.programme.name,
        )
    return Matter(
        Rank.START,
        "sprout",
        title=f"One screen, and you are a {one.part}",
        words="One topic and one place are enough. You can pause whenever you need to.",
        address=address,
        action="Have a look",
        eyebrow=one.programme.name,
    )


def _paused(one: Participation) -> Matter:
    until = f" until {_day(one.paused_until_date, 'j F')}" if one.paused_until_date else ""
    return Matter(
        Rank.WAIT,
        "pause",
        title=f"You are away as a {one.part}{until}",
        words="Nobody expects anything. Come back whenever you like.",
        address=reverse("people:me-show"),
        action="I am back",
    )


def _still_taking() -> Matter:
    return Matter(
        Rank.STILL_TAKING,
        "people",
        title="Still taking mentees?",
        words="Two invitations passed without an answer. Until you tell us, mentees do not see you.",
        address=reverse("people:me-show"),
        action="Answer",
    )


def _search(one: Participation, status: SearchStatus) -> list[Matter]:
    """Return what a search asks for, or what it waits for; a search that is over asks nothing."""
    find = f"{reverse('matching:mentor-list')}?programme={one.programme.slug}"
    if status.next_step == NextStep.ASK_FOR_HELP:
        return [
            Matter(
                Rank.FIND,
                "people",
                title="Find someone with me",
                words="Somebody of your programme office looks with you. They see your name, no more.",
                address=find,  # its button stands there, beside where they stand
                action="Ask for it",
            )
        ]
    if status.state in WORDS_TO_FIND:
        title, words = WORDS_TO_FIND[status.state]
        if status.state == SearchState.WAITING and status.next_step != NextStep.INVITE:
            return [_known(status)]
        return [Matter(Rank.FIND, "search", title, words, address=find, action="See mentors")]
    return [_known(status)] if status.state in WORDS_TO_WAIT else []


def _known(status: SearchStatus) -> Matter:
    title, words = WORDS_TO_WAIT[status.state]
    day = _day(status.date, "l, j F") if status.date else ""
    return Matter(
        Rank.WAIT,
        "clock",
        title=title,
        words=words.format(day=day) if day else "You hear as soon as it changes.",
        address=reverse("matching:invitation-list"),
    )


def _day(day: date, form: str) -> str:
    return date_format(day, form)


WORDS_TO_FIND = {
    SearchState.CHOOSING: (
        "Who would you like to learn from?",
        "There are mentors with room for you. You choose whom to ask.",
    ),
    SearchState.WAITING: ("A mentor you wait for has room", "Write to them today."),
    SearchState.SHORT: (
        "Every place is taken just now",
        "Choose whom to wait for, and we tell you when a place is free.",
    ),
}
WORDS_TO_WAIT = {
    SearchState.NOT_OPEN: ("The search is not open yet", "It opens on {day}."),
    SearchState.ASKED: ("You have asked", "The next answer is due by {day}. You need do nothing."),
    SearchState.WAITING: ("You wait for a place", "Something may change by {day}."),
    SearchState.HELPED: ("Somebody looks with you", "They will be in touch by {day}."),
}
