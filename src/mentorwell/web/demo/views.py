"""The open doors of the demonstration: step in as anybody, read every mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentorwell.accounts.models import User
from mentorwell.audit.queries import is_demonstration
from mentorwell.core.lifecycles import (
    InvitationState,
    MeetingState,
    MentorshipState,
    ParticipationState,
)
from mentorwell.foundation import clock
from mentorwell.people.enums import Part
from mentorwell.programmes.roles import Role


@dataclass(frozen=True)
class Door:
    """Somebody to step in as, and what is to be seen there."""

    title: str
    sentence: str
    person: User


@dataclass(frozen=True)
class Letter:
    """One mail that the demonstration wrote to a file."""

    name: str
    to: str
    subject: str
    text: str
    calendar: str


SEPARATOR = "-" * 79
NEWEST = 100
GOING_ON = (MentorshipState.FORMING, MentorshipState.ACTIVE)


def only_in_the_demonstration() -> None:
    """Raise Http404 anywhere else, also where demo mode is set on a real house's database."""
    if not (settings.DEMO and is_demonstration()):
        raise Http404


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """The start page: whom do you want to be?"""
    only_in_the_demonstration()
    return render(request, "web/demo/people_list.html", {"doors": list(_doors())})


@require_POST
def person_enter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Step in as one person, without a password."""
    only_in_the_demonstration()
    person = get_object_or_404(User, uid=uid, is_active=True)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    return redirect("/")


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail that was sent, newest first."""
    only_in_the_demonstration()
    return render(request, "web/demo/mail_list.html", {"letters": list(_letters())[:NEWEST]})


@require_safe
def mail_show(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as text, with its links."""
    only_in_the_demonstration()
    letter = next((letter for letter in _letters() if letter.name == name), None)
    if letter is None:
        raise Http404
    return render(request, "web/demo/mail_show.html", {"letter": letter})


def _doors() -> Iterator[Door]:
    """Yield one person for each way of using this house; nobody stands at two doors."""
    people = User.objects.filter(is_active=True).order_by("pk")
    office = people.filter(office_roles__ended_at__isnull=True)
    mentees = people.filter(participations__part=Part.MENTEE)
    mentors = people.filter(participations__part=Part.MENTOR)
    wanted = (
        ("Mentee who looks", "has answered three questions and sees who fits.",
         mentees.filter(participations__state=ParticipationState.READY,
                        participations__sent_invitations__isnull=True)),
        ("Mentee with a mentor", "has a mentor, and a meeting soon.",
         mentees.filter(participations__memberships__mentorship__state__in=GOING_ON,
                        participations__memberships__mentorship__meetings__state=MeetingState.SCHEDULED,
                        participations__memberships__mentorship__meetings__starts_at__gt=clock.now())),
        ("New here", "was brought in by the office and begins now.",
         mentees.filter(participations__state=ParticipationState.INVITED)),
        ("Mentor", "has mentees, and an invitation to answer.",
         mentors.filter(participations__memberships__mentorship__state__in=GOING_ON,
                        participations__received_invitations__state=InvitationState.SENT)
         .order_by(Exists(mentees.filter(pk=OuterRef("pk"))), "pk")),
        ("Mentor after a call", "said yes on the phone. One button is left.",
         mentors.filter(participations__entered_by_office=True,
                        participations__state=ParticipationState.INVITED)),
        ("Mentor and mentee", "learns from one person and teaches another.",
         mentees.filter(pk__in=mentors.filter(
             participations__memberships__mentorship__state__in=GOING_ON).values("pk"))),
        ("Director", "leads a programme and sees that things happen, never what is said.",
         office.filter(office_roles__role=Role.DIRECTOR)),
        ("Coordinator", "has two hours a week for all of it.",
         office.filter(office_roles__role=Role.COORDINATOR)),
        ("Leader", "wants one page over all programmes.",
         office.filter(office_roles__role=Role.LEADER)),
    )  # fmt: skip
    taken: list[int] = []
    for title, sentence, found in wanted:
        person = found.exclude(pk__in=taken).first()
        if person is not None:
            taken.append(person.pk)
            yield Door(title, sentence, person)


def _letters() -> Iterator[Letter]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*"), reverse=True) if folder.is_dir() else []
    for file in files:
        written = file.read_text(errors="replace").split(f"{SEPARATOR}\n")
        for number, source in enumerate(reversed([part for part in written if part.strip()])):
            yield _letter(f"{file.stem}-{number}", source)


def _letter(name: str, source: str) -> Letter:
    message = message_from_string(source, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 -- what the default policy makes
    body = message.get_body(("plain",))
    calendars = [
        part.get_content() for part in message.walk() if part.get_content_type() == "text/calendar"
    ]
    return Letter(
        name=name,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
        calendar=str(calendars[0]) if calendars else "",
    )
