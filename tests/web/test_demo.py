"""The open doors of the demonstration, and that no other house has them."""

import re
from datetime import timedelta
from email.utils import make_msgid

import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMultiAlternatives, get_connection

from mentorwell.audit import services as audit
from mentorwell.audit.models import Event
from mentorwell.audit.queries import DEMONSTRATION
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import clock
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.matching import InvitationFactory
from tests.factories.meetings import schedule
from tests.factories.mentorships import Pair
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, OrganisationFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db

in_the_demonstration = pytest.mark.urls("tests.web.demo_urls")

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    audit.record(verb=DEMONSTRATION, target=OrganisationFactory(), by=None, now=clock.now())
    return settings


def doors(client):
    """Who stands at which door: first names by title."""
    page = BeautifulSoup(client.get("/demo/").text, "html.parser")
    return {
        door.find("p").get_text(): door.find("button").get_text().removeprefix("Step in as ")
        for door in page.select(".doors > li:has(button)")
    }


def written(page):
    """The words of a page as one reads them."""
    return re.sub(r"\s+", " ", BeautifulSoup(page.text, "html.parser").get_text(" "))


def enter(client, person):
    return client.post(f"/demo/step-in/{person.uid}/")


# --- Elsewhere ----------------------------------------------------------------------------


@in_the_demonstration
def test_demo_mode_opens_no_door_of_a_real_house(client, demo):
    mentee = MenteeFactory()
    assert client.get("/demo/").status_code == 200
    Event.objects.all().delete()

    assert client.get("/demo/").status_code == 404
    assert enter(client, mentee.person).status_code == 404
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/demo/", "/demo/mail/", "/demo/mail/20300109-0/"])
def test_no_other_house_has_the_addresses(client, address):
    assert client.get(address).status_code == 404


@in_the_demonstration
@pytest.mark.parametrize("address", ["/demo/", "/demo/mail/", "/demo/mail/20300109-0/"])
def test_the_addresses_open_nothing_where_the_mode_is_another(client, address):
    assert client.get(address).status_code == 404


@in_the_demonstration
def test_nobody_steps_in_where_the_mode_is_another(client):
    person = UserFactory()

    assert enter(client, person).status_code == 404
    assert "_auth_user_id" not in client.session


def test_no_other_house_speaks_of_it(client):
    client.force_login(UserFactory())

    assert "somebody else" not in client.get("/").text
    assert "/demo/" not in client.get("/").text


# --- The start page -----------------------------------------------------------------------


@in_the_demonstration
def test_a_stranger_is_led_to_the_open_doors(client, demo):
    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/demo/")


@in_the_demonstration
def test_an_empty_house_says_so(client, demo):
    assert "Nobody is here yet." in written(client.get("/demo/"))


@in_the_demonstration
def test_there_is_a_door_for_everyone(client, demo):
    build_hospital()

    assert doors(client) == {
        "Mentee who looks": "Nikhil",
        "Mentee with a mentor": "Amara",
        "New here": "Clara",
        "Mentor": "Helen",
        "Mentor after a call": "Paloma",
        "Mentor and mentee": "Yara",
        "Director": "Ruth",
        "Coordinator": "Mateo",
        "Leader": "Josephine",
    }


@in_the_demonstration
def test_nobody_stands_at_two_doors(client, demo):
    ruth = OfficeRoleFactory(role=Role.DIRECTOR, person__name="Ruth Abrams").person
    OfficeRoleFactory(role=Role.COORDINATOR, person=ruth)

    assert doors(client) == {"Director": "Ruth"}


@in_the_demonstration
def test_a_mentor_who_learns_too_is_not_the_first_choice(client, demo):
    """Somebody who only mentors shows more plainly what a mentor sees."""
    programme = ProgrammeFactory()
    yara = asked_mentor(programme, "Yara Romano")
    MenteeFactory(programme=programme, person=yara.mentor, state=ParticipationState.PAUSED)
    assert doors(client)["Mentor"] == "Yara"

    asked_mentor(programme, "Dr. Helen Marsh")

    assert doors(client)["Mentor"] == "Helen"


def asked_mentor(programme, name):
    """A mentor with a mentee, and an invitation of somebody else's to answer."""
    pair = pair_in(programme, mentor=name, places=2)
    asking = MenteeFactory(programme=programme, state=ParticipationState.ACTIVE)
    InvitationFactory(
        mentor=pair.mentor_part,
        mentee=asking,
        programme=programme,
        place=pair.mentor_part.places.last(),
    )
    return pair


def pair_in(programme, *, mentor, mentee="Somebody Else", places=1):
    return Pair(
        programme=programme,
        mentor=MentorFactory(programme=programme, person__name=mentor, places=places),
        mentee=MenteeFactory(
            programme=programme, person__name=mentee, state=ParticipationState.ACTIVE
        ),
    )


def build_hospital():
    """One person for every door, and a few for them to be paired with."""
    now = clock.now()
    programme = ProgrammeFactory()
    asked_mentor(programme, "Dr. Helen Marsh")
    pair = pair_in(programme, mentor="Dr. Tunde Adeyemi", mentee="Amara Okafor")
    schedule(pair, at=now + timedelta(days=2), now=now)
    both = pair_in(programme, mentor="Yara Romano")
    MenteeFactory(programme=programme, person=both.mentor, state=ParticipationState.ACTIVE)
    MenteeFactory(programme=programme, person__name="Nikhil Rao")
    invited = {"programme": programme, "state": ParticipationState.INVITED}
    MenteeFactory(person__name="Clara Castillo", **invited)
    MentorFactory(person__name="Paloma Silva", entered_by_office=True, **invited)
    for role, name in (
        (Role.DIRECTOR, "Ruth Abrams"),
        (Role.COORDINATOR, "Mateo Vargas"),
        (Role.LEADER, "Josephine Carter"),
    ):
        OfficeRoleFactory(programme=programme, role=role, person__name=name)


# --- Stepping in --------------------------------------------------------------------------


@in_the_demonstration
def test_one_press_and_one_is_that_person(client, demo):
    person = UserFactory(name="Dr. Helen Marsh")

    response = enter(client, person)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert "Helen" in client.get("/").text


@in_the_demonstration
def test_one_steps_in_by_a_button_only(client, demo):
    person = UserFactory()

    assert client.get(f"/demo/step-in/{person.uid}/").status_code == 405
    assert "_auth_user_id" not in client.session


@in_the_demonstration
def test_a_closed_account_has_no_door(client, demo):
    assert enter(client, UserFactory(is_active=False)).status_code == 404


@in_the_demonstration
def test_there_is_a_quiet_way_back_for_whoever_has_stepped_in(client, demo):
    assert "Step in as somebody else" not in client.get("/demo/").text

    enter(client, UserFactory())

    footer = BeautifulSoup(client.get("/").text, "html.parser").find("footer")
    assert footer.find("a", string="Step in as somebody else")["href"] == "/demo/"


# --- Mails --------------------------------------------------------------------------------


def send(subject, text, *, calendar=""):
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    mail = EmailMultiAlternatives(
        subject,
        text,
        to=["amara@example.org"],
        connection=connection,
        headers={"Message-ID": make_msgid(domain="example.org")},
    )
    if calendar:
        mail.attach("meeting.ics", calendar, "text/calendar; method=REQUEST")
    mail.send()


@in_the_demonstration
def test_before_the_first_mail_the_page_says_what_to_do(client, demo):
    assert "Nothing yet" in written(client.get("/demo/mail/"))


@in_the_demonstration
def test_mails_are_listed_and_can_be_read_with_their_links(client, demo):
    send("An invitation for you", "Dear Amara,\n\nanswer here: http://testserver/invitations/x/")

    listed = BeautifulSoup(client.get("/demo/mail/").text, "html.parser").find("table")
    link = listed.find("a", string="An invitation for you")
    page = client.get(link["href"])

    assert "amara@example.org" in listed.get_text()
    assert "Dear Amara" in written(page)
    assert BeautifulSoup(page.text, "html.parser").find(
        "a", href="http://testserver/invitations/x/"
    )
    assert "calendar entry" not in page.text


@in_the_demonstration
def test_the_calendar_entry_of_a_mail_is_shown(client, demo):
    send("Meeting", "See you there.", calendar=CALENDAR)

    link = BeautifulSoup(client.get("/demo/mail/").text, "html.parser").find("a", string="Meeting")

    assert "METHOD:REQUEST" in client.get(link["href"]).text


@in_the_demonstration
def test_a_mail_that_is_not_there_is_not_found(client, demo):
    assert client.get("/demo/mail/20300109-0/").status_code == 404
