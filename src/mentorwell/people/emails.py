"""What people's mails say: welcome, please confirm, still taking mentees?"""

from collections.abc import Callable
from datetime import timedelta

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.notices.emails import Button, Ids, Line, Mail, Token, Told, register
from mentorwell.people.models import Participation


WELCOME = "people.participation.welcome"
CONFIRM = "people.mentor.confirm"
STILL_TAKING = "people.mentor.still_taking"

CONFIRM_ACTION = "people.confirm"
STILL_TAKING_ACTION = "people.still_taking"
LINK_LIFETIME = timedelta(days=30)


def _of(told: Told) -> Participation | None:
    rows = Participation.objects.select_related("programme")
    return rows.filter(uid=told.uid("participation")).first()


def welcome_mail(told: Told) -> Mail | None:
    """Welcome somebody whom the office brought in; dropped once they have answered."""
    participation = _of(told)
    if participation is None or participation.state != ParticipationState.INVITED:
        return None
    return Mail(
        subject=f"Welcome to {participation.programme.name}",
        headline="You are invited, and you decide",
        lines=(
            f"The office of {participation.programme.name} would like you to take part.",
            "Three short answers are enough to begin.",
            "You can stop or leave at any time, without a reason.",
        ),
        button=Button("Have a look", "/me/"),
    )


def confirm_mail(told: Told) -> Mail | None:
    """Ask a mentor to confirm what the office entered after a call; dropped once they have."""
    participation = _of(told)
    if participation is None or participation.state not in {
        ParticipationState.INVITED,
        ParticipationState.APPLIED,
    }:
        return None
    return Mail(
        subject="Please confirm that you would like to be a mentor",
        headline="One button, and you are a mentor",
        lines=(
            f"The office of {participation.programme.name} has entered what you said on the phone.",
            "Nobody sees you as a mentor before you press the button.",
        ),
        button=Button(
            "Look and confirm",
            f"/me/mentor/{participation.programme.slug}/",
            Token(
                action=CONFIRM_ACTION,
                target_uid=participation.uid,
                lifetime=LINK_LIFETIME,
                path=lambda secret: f"/me/confirm/{secret}/",
            ),
        ),
    )


def still_taking_mail(told: Told) -> Mail | None:
    """Ask a mentor whether they still take mentees; dropped once they have answered."""
    participation = _of(told)
    if participation is None or participation.asked_still_taking_at is None:
        return None
    return Mail(
        subject="Are you still taking mentees?",
        headline="Still taking mentees?",
        lines=(
            "Two invitations to you have passed without an answer. That happens in this work.",
            "Until we hear from you, new mentees do not see you. Yes or no, one press is enough.",
        ),
        button=Button(
            "Answer",
            f"/me/mentor/{participation.programme.slug}/",
            Token(
                action=STILL_TAKING_ACTION,
                target_uid=participation.uid,
                lifetime=LINK_LIFETIME,
                path=lambda secret: f"/me/still-taking/{secret}/",
            ),
        ),
    )


def _line(text: str, path: str) -> Callable[[Ids], Line]:
    return lambda _ids: Line(text, path)


def register_mails() -> None:
    """Register these kinds with notices, once at start-up."""
    register(WELCOME, welcome_mail, line=_line("You are invited to take part.", "/me/"))
    register(CONFIRM, confirm_mail, line=_line("Please confirm that you are a mentor.", "/me/"))
    register(STILL_TAKING, still_taking_mail, line=_line("Are you still taking mentees?", "/me/"))
