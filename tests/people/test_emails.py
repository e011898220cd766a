"""What people's mails say, and when they say nothing any more."""

import pytest

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.notices.emails import Told
from mentorwell.notices.emails.kinds import KINDS
from mentorwell.people import emails
from mentorwell.people.models import Participation
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db

S = ParticipationState


def mail(kind, participation):
    told = Told(
        ids={"participation": str(participation.uid)},
        language="en",
        person=participation.person,
        now=NOW,
    )
    return KINDS[kind].renderer(told)


def test_the_welcome_leads_to_ones_own_page():
    mentee = MenteeFactory(state=S.INVITED, programme__name="Residency")

    said = mail(emails.WELCOME, mentee)

    assert said.subject == "Welcome to Residency"
    assert (said.button.path, said.button.token) == ("/me/", None)


def test_the_confirmation_carries_a_button_for_that_mentor_alone():
    mentor = MentorFactory(state=S.APPLIED)

    said = mail(emails.CONFIRM, mentor)

    token = said.button.token
    assert (token.action, token.target_uid) == (emails.CONFIRM_ACTION, mentor.uid)
    assert token.path("secret") == "/me/confirm/secret/"
    assert said.button.path == f"/me/mentor/{mentor.programme.slug}/"


def test_still_taking_carries_a_button_too():
    mentor = MentorFactory(asked_still_taking_at=NOW)

    said = mail(emails.STILL_TAKING, mentor)

    token = said.button.token
    assert (token.action, token.target_uid) == (emails.STILL_TAKING_ACTION, mentor.uid)
    assert token.path("secret") == "/me/still-taking/secret/"


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        (emails.WELCOME, lambda: MenteeFactory(state=S.READY)),
        (emails.CONFIRM, lambda: MentorFactory(state=S.READY)),
        (emails.STILL_TAKING, MentorFactory),
    ],
)
def test_a_mail_that_is_no_longer_true_is_not_sent(kind, make):
    participation = make()

    assert mail(kind, participation) is None
    Participation.objects.filter(pk=participation.pk).delete()
    assert mail(kind, participation) is None


@pytest.mark.parametrize("kind", [emails.WELCOME, emails.CONFIRM, emails.STILL_TAKING])
def test_each_mail_has_a_line_for_the_page(kind):
    line = KINDS[kind].line({})

    assert line.text.endswith((".", "?"))
    assert line.path == "/me/"
