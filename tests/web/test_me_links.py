"""The buttons behind mailed links: opening changes nothing, pressing works once."""

import pytest
from django.urls import reverse

from mentorwell.accounts.models import LinkToken
from mentorwell.accounts.services import make_link
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.people import emails, queries, services
from mentorwell.people.models import TopicChoice
from tests.factories.moments import NOW
from tests.factories.people import MentorFactory


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Links begin at the moment of the stories."""


def link_for(mentor, action):
    return make_link(
        person=mentor.person,
        action=action,
        target_uid=mentor.uid,
        now=NOW,
        lifetime=emails.LINK_LIFETIME,
    )


@pytest.fixture
def entered():
    mentor = MentorFactory(state=ParticipationState.INVITED, places=2)
    TopicChoice.objects.create(participation=mentor, topic="cardiology")
    return mentor


@pytest.fixture
def confirm(entered):
    return reverse("people:link-confirm", args=[link_for(entered, emails.CONFIRM_ACTION)])


@pytest.fixture
def asked():
    mentor = MentorFactory(places=2)
    services.ask_still_taking(participation=mentor, now=NOW)
    return mentor


@pytest.fixture
def still_taking(asked):
    secret = link_for(asked, emails.STILL_TAKING_ACTION)
    return reverse("people:link-still-taking", args=[secret])


def test_opening_the_link_shows_what_was_entered_and_changes_nothing(client, entered, confirm):
    for method in (client.get, client.head):
        response = method(confirm)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]

    page = client.get(confirm).content.decode()
    assert "Cardiology" in page
    entered.refresh_from_db()
    assert entered.state == ParticipationState.INVITED
    assert LinkToken.objects.get().used_at is None


def test_the_button_confirms_without_signing_in(client, entered, confirm):
    response = client.post(confirm)

    assert "You are a mentor in" in response.content.decode()
    entered.refresh_from_db()
    assert entered.state == ParticipationState.READY
    assert "_auth_user_id" not in client.session


def test_a_used_link_says_so_kindly(client, confirm):
    client.post(confirm)

    assert client.get(confirm).status_code == 410
    assert "no longer works" in client.get(confirm).content.decode()
    assert client.post(confirm).status_code == 409


@pytest.mark.parametrize("name", ["link-confirm", "link-still-taking"])
def test_an_unknown_link_looks_like_a_used_one(name, client):
    address = reverse(f"people:{name}", args=["guessed"])

    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 409


def test_a_link_of_one_kind_is_none_of_another(client, asked, still_taking):
    other = still_taking.replace("still-taking", "confirm")

    assert client.get(other).status_code == 410
    assert client.post(other).status_code == 409


def test_opening_still_taking_changes_nothing(client, asked, still_taking):
    response = client.get(still_taking)

    assert "Yes, show me" in response.content.decode()
    asked.refresh_from_db()
    assert asked.hidden_at == NOW


@pytest.mark.parametrize(
    ("answer", "sentence", "places"),
    [("yes", "Mentees see you again.", 2), ("no", "Your free places are closed.", 0)],
)
def test_either_button_answers_without_signing_in(
    *, answer, sentence, places, client, asked, still_taking
):
    response = client.post(still_taking, {"taking": answer})

    assert sentence in response.content.decode()
    asked.refresh_from_db()
    assert asked.hidden_at is None
    assert queries.open_places(asked).count() == places


def test_a_mentor_with_nothing_entered_may_still_say_yes(client):
    mentor = MentorFactory(state=ParticipationState.INVITED, places=0)
    address = reverse("people:link-confirm", args=[link_for(mentor, emails.CONFIRM_ACTION)])

    assert "Mentees at a time" not in client.get(address).content.decode()
    response = client.post(address)

    assert "One screen is left" in response.content.decode()
    mentor.refresh_from_db()
    assert mentor.state == ParticipationState.APPLIED
