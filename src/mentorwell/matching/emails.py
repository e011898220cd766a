"""The mails of searching and inviting: a kind, a name, a time and a link, nothing written."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from mentorwell.core.lifecycles import InvitationState, ProposalState, RoundState
from mentorwell.matching import rules
from mentorwell.matching.models import HelpRequest, Invitation, PlaceWish, Proposal, Round
from mentorwell.notices.emails import Button, Ids, Line, Mail, Token, Told, register


RECEIVED = "matching.invitation.received"
REMINDER = "matching.invitation.reminder"
ACCEPTED = "matching.invitation.accepted"
DECLINED = "matching.invitation.declined"
EXPIRED = "matching.invitation.expired"
RELEASED = "matching.invitation.released"
MENTOR_FOUND = "matching.invitation.mentor_found"
PLACE_FREE = "matching.place.free"
HELP_ASKED = "matching.help.asked"
ROUND_BEGUN = "matching.round.begun"
IN_A_ROUND = "matching.round.mentor_in"
SUGGESTED = "matching.round.suggested"
FIRST_TALKS = "matching.round.first_talks"

ANSWER = "matching.invitation.answer"
"""The action of the mailed link that opens one invitation and nothing else."""


def register_mails() -> None:
    """Register every kind of this app; called once, at start-up."""
    for kind, renderer, sentence in (
        (RECEIVED, _received, "An invitation has come for you."),
        (REMINDER, _reminder, "An invitation still waits for your answer."),
        (ACCEPTED, _accepted, "A mentor has said yes."),
        (DECLINED, _declined, "A mentor has answered your invitation."),
        (EXPIRED, _expired, "An invitation of yours ran out. This says nothing about you."),
        (RELEASED, _released, "An invitation of yours was let go. Nobody turned you down."),
        (MENTOR_FOUND, _mentor_found, "Someone who had invited you has found a mentor."),
    ):
        register(kind, renderer, line=_line(sentence, "invitation", "matching:invitation-show"))
    for kind, renderer, sentence in (
        (ROUND_BEGUN, _round_begun, "A round has begun. You may join it, or go on by yourself."),
        (IN_A_ROUND, _in_a_round, "A round has begun, and your free places are in it."),
        (SUGGESTED, _suggested, "There are suggestions for you."),
        (FIRST_TALKS, _first_talks, "You are asked for a few first talks."),
    ):
        register(kind, renderer, line=_line(sentence, "round", "matching:round-show"))
    register(
        PLACE_FREE,
        _place_free,
        line=_line("A mentor you wait for has room.", "wish", "matching:wish-show"),
    )
    register(
        HELP_ASKED,
        _help_asked,
        line=_line("Somebody would like you to look with them.", "help", "matching:help-show"),
    )


def _line(sentence: str, name: str, view: str) -> Callable[[Ids], Line]:
    """Return a maker of one sentence that leads to the page of the thing under `name`."""
    return lambda ids: Line(sentence, reverse(view, args=[ids[name]]))


# --- To the mentor ------------------------------------------------------------------------


def _received(told: Told) -> Mail | None:
    invitation = _open_invitation(told)
    if invitation is None:
        return None
    name = invitation.mentee.person.name
    return Mail(
        subject=f"{name} would like to learn from you",
        headline=f"{name} has invited you to be their mentor.",
        lines=(
            f"You are free to say yes, not now, or no, by {_by(invitation, told)}.",
            "Two taps are enough, and you owe no reason.",
        ),
        button=_answer_button("Read and answer", invitation, told.now),
    )


def _reminder(told: Told) -> Mail | None:
    invitation = _open_invitation(told)
    if invitation is None:
        return None
    name = invitation.mentee.person.name
    return Mail(
        subject=f"{name} still hopes to hear from you",
        headline=f"The invitation from {name} waits for an answer.",
        lines=(
            f"It closes on {_by(invitation, told)}.",
            f"Not now is an answer too: it frees {name} to ask somebody else.",
        ),
        button=_answer_button("Read and answer", invitation, told.now),
    )


def _mentor_found(told: Told) -> Mail | None:
    invitation = _invitation(told)
    name = invitation.mentee.person.name
    return Mail(
        subject=f"{name} has found a mentor",
        headline=f"{name} has found a mentor, so their invitation to you has closed.",
        lines=("You need do nothing. Thank you for being there to be asked.",),
        button=Button("Your invitations", reverse("matching:invitation-list")),
    )


# --- To the mentee ------------------------------------------------------------------------


def _accepted(told: Told) -> Mail | None:
    invitation = _invitation(told)
    name = invitation.mentor.person.name
    return Mail(
        subject=f"{name} has said yes",
        headline=f"{name} will be your mentor.",
        lines=("What comes next: choose a time for your first conversation.",),
        button=_page("See what comes next", invitation),
    )


def _declined(told: Told) -> Mail | None:
    invitation = _invitation(told)
    name = invitation.mentor.person.name
    return Mail(
        subject=f"{name} has answered",
        headline=f"{name} cannot say yes at present.",
        lines=("Mentors need no reason, and it says nothing about you.", *_next(told, invitation)),
        button=_page("See whom to ask next", invitation),
    )


def _expired(told: Told) -> Mail | None:
    invitation = _invitation(told)
    return Mail(
        subject="No answer in time",
        headline="No answer in time. This says nothing about you.",
        lines=(
            f"Your invitation to {invitation.mentor.person.name} has closed.",
            *_next(told, invitation),
        ),
        button=_page("See whom to ask next", invitation),
    )


def _released(told: Told) -> Mail | None:
    invitation = _invitation(told)
    return Mail(
        subject="An invitation was let go",
        headline=f"Your invitation to {invitation.mentor.person.name} was let go.",
        lines=("Nobody turned you down, and you may ask somebody else.", *_next(told, invitation)),
        button=_page("See whom to ask next", invitation),
    )


def _place_free(told: Told) -> Mail | None:
    wish = PlaceWish.objects.select_related("mentor__person").get(uid=told.uid("wish"))
    if wish.ended_at is not None or wish.told_at is None:
        return None
    name = wish.mentor.person.name
    return Mail(
        subject=f"{name} has room",
        headline=f"You asked us to say when {name} has room: now.",
        lines=("Others who wait are told in three days, unless you have written by then.",),
        button=Button(f"Write to {name}", reverse("matching:wish-show", args=[wish.uid])),
    )


# --- Of a round ---------------------------------------------------------------------------


def _round_begun(told: Told) -> Mail | None:
    round_ = _round(told)
    if round_.state != RoundState.COLLECTING:
        return None
    return Mail(
        subject="You may join a round",
        headline="Your programme office looks for mentors together with all who would like it.",
        lines=(
            f"You can join until {_on(round_.wishes_until)}. You stay free: whom you invite is yours to say.",
        ),
        button=_round_button("See what it means", round_),
    )


def _in_a_round(told: Told) -> Mail | None:
    round_ = _round(told)
    if round_.state != RoundState.COLLECTING:
        return None
    return Mail(
        subject="Your free places are in a round",
        headline="Your programme office looks for mentors for many mentees at once.",
        lines=(
            "You need do nothing: a few mentees may read your name, and one may write to you.",
            "You can sit it out with one tap, and nobody is told.",
        ),
        button=_round_button("See what it means", round_),
    )


def _suggested(told: Told) -> Mail | None:
    round_ = _round(told)
    named = Proposal.objects.filter(
        round=round_, mentee__person=told.person, state=ProposalState.OPEN
    )
    if not named.exists():
        return None  # answered, or no longer possible
    return Mail(
        subject="There are suggestions for you",
        headline="Mentors who would fit you, with places free.",
        lines=("Read why, then invite whom you like, or nobody. That is yours alone to say.",),
        button=_round_button("See them", round_),
    )


def _first_talks(told: Told) -> Mail | None:
    round_ = _round(told)
    if round_.state != RoundState.PROPOSED or round_.talks_until is None:
        return None
    return Mail(
        subject="A few first talks",
        headline="A quarter of an hour each, to see whether you two would work well together.",
        lines=(f"Until {_on(round_.talks_until)}. Nobody is tied to anything by it.",),
        button=_round_button("See with whom", round_),
    )


def _round(told: Told) -> Round:
    return Round.objects.get(uid=told.uid("round"))


def _round_button(label: str, round_: Round) -> Button:
    return Button(label, reverse("matching:round-show", args=[round_.uid]))


def _on(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


# --- To the coordinator -------------------------------------------------------------------


def _help_asked(told: Told) -> Mail | None:
    request = HelpRequest.objects.select_related("mentee__person", "coordinator").get(
        uid=told.uid("help")
    )
    if request.answered_at or request.withdrawn_at or request.coordinator != told.person:
        return None  # or passed on to somebody else
    name = request.mentee.person.name
    return Mail(
        subject=f"{name} asks you to look with them",
        headline=f"{name} would like you to look for a mentor with them.",
        lines=(f"Please be in touch by {_day_of(request)}.",),
        button=Button("Open", reverse("matching:help-show", args=[request.uid])),
    )


def _day_of(request: HelpRequest) -> str:
    return f"{request.due_date:%A} {request.due_date.day} {request.due_date:%B}"


# --- Shared -------------------------------------------------------------------------------


def _invitation(told: Told) -> Invitation:
    return Invitation.objects.select_related(
        "mentee__person", "mentor__person", "next_suggestion__person"
    ).get(uid=told.uid("invitation"))


def _open_invitation(told: Told) -> Invitation | None:
    """Return the invitation while it can be answered: a mail about another would be untrue."""
    invitation = _invitation(told)
    return invitation if invitation.state == InvitationState.SENT else None


def _by(invitation: Invitation, told: Told) -> str:
    zone = ZoneInfo(told.person.time_zone if told.person else "UTC")
    day = (invitation.expires_at or told.now).astimezone(zone)
    return f"{day:%A} {day.day} {day:%B}"


def _next(told: Told, invitation: Invitation) -> tuple[str, ...]:
    suggested, mentee = invitation.next_suggestion, invitation.mentee
    if suggested is None or not rules.can_invite(mentee.person, mentee, suggested, now=told.now):
        return ("Your page says what you can do next.",)
    return (f"Who would fit you next: {suggested.person.name}.",)


def _page(label: str, invitation: Invitation) -> Button:
    return Button(label, reverse("matching:invitation-show", args=[invitation.uid]))


def _answer_button(label: str, invitation: Invitation, now: datetime) -> Button:
    return Button(
        label,
        reverse("matching:invitation-show", args=[invitation.uid]),
        token=Token(
            action=ANSWER,
            target_uid=invitation.uid,
            # A little longer than the invitation: afterwards the page says what became of it.
            lifetime=max((invitation.expires_at or now) - now, timedelta()) + timedelta(days=30),
            path=_answer_path,
        ),
    )


def _answer_path(secret: str) -> str:
    return reverse("matching:invitation-answer", args=[secret])
