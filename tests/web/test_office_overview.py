"""Where the office begins: the gap, what waits, figures, and that mentorships happen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.matching.models import HelpRequest
from mentorwell.matching.queries import search_opening
from mentorwell.matching.rules import opening_sentence
from mentorwell.people.content import purposes
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.matching import HelpRequestFactory, InvitationFactory
from tests.factories.mentorships import Pair, propose_agreement, terms
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory, MenteeFactory, MentorFactory
from tests.factories.programmes import (
    OfficeRoleFactory,
    ProgrammeFactory,
    SupportResourceFactory,
)


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions and links begin at the same moment."""


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="night-school", name="Night School")


@pytest.fixture
def coordinator(client, programme):
    held = OfficeRoleFactory(programme=programme)
    client.force_login(held.person)
    return held.person


def page(name, *uids):
    return reverse(f"office:{name}", args=["night-school", *uids])


def test_with_one_programme_the_office_opens_it(client, coordinator):
    answer = client.get(reverse("office:programme-list"))

    assert (answer.status_code, answer.url) == (302, page("overview-show"))


def test_with_two_programmes_one_chooses(client, coordinator):
    OfficeRoleFactory(person=coordinator, programme__name="Day School")
    OfficeRoleFactory(person=coordinator, role=Role.LEADER, programme__name="Only figures")

    text = client.get(reverse("office:programme-list")).text

    assert "Night School" in text
    assert "Day School" in text
    assert "Only figures" not in text


def test_without_a_programme_the_office_says_whom_to_ask(client):
    client.force_login(UserFactory())

    assert "A director of the programme can name you." in client.get("/office/").text


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR])
def test_tabs_lead_only_where_the_role_may_go(client, programme, role):
    client.force_login(OfficeRoleFactory(programme=programme, role=role).person)

    text = client.get(page("overview-show")).text

    for name in ("people-list", "mentorship-list", "link-list"):
        assert f'<li><a href="{page(name)}"' in text
    for name in ("policy-edit", "organisation-edit", "team-list"):
        assert (f'<li><a href="{page(name)}"' in text) == (role is Role.DIRECTOR)


@pytest.mark.usefixtures("coordinator")
def test_the_gap_comes_first(client, programme):
    MentorFactory(programme=programme, places=2)
    for _ in range(7):
        MenteeFactory(programme=programme)

    text = client.get(page("overview-show")).text

    assert "2 places, 7 looking" in text
    assert "5 places are missing." in text
    assert text.index("7 looking") < text.index("Waiting for you")


@pytest.mark.usefixtures("coordinator")
def test_few_who_look_are_not_numbered(client, programme):
    MentorFactory(programme=programme, places=2)
    MenteeFactory(programme=programme)

    text = client.get(page("overview-show")).text

    assert "2 places, fewer than 5 looking" in text
    assert "1 looking" not in text


@pytest.mark.usefixtures("coordinator")
def test_enough_places_are_said_too(client, programme):
    for _ in range(5):
        Pair(programme=programme)
        MentorFactory(programme=programme)
        MenteeFactory(programme=programme)

    assert "There is room for everyone who looks." in client.get(page("overview-show")).text


def test_who_asked_for_help_is_named_with_a_day_and_answered_by_a_button(
    client, programme, coordinator
):
    asked = HelpRequestFactory(
        coordinator=coordinator,
        mentee__programme=programme,
        mentee__person__name="Jun Ito",
        due_date=NOW.date() + timedelta(days=2),
    )

    text = client.get(page("overview-show")).text
    assert "Jun Ito asks you to look with them" in text
    assert "Asked on 9 January. Reply by Friday, 11 January." in text

    answer = client.post(page("help-answered", asked.uid))
    assert (answer.status_code, answer.url) == (302, page("overview-show"))
    assert HelpRequest.objects.get().answered_at == NOW
    assert "Jun Ito" not in client.get(page("overview-show")).text


def test_a_request_that_names_somebody_else_is_not_there(client, programme, coordinator):
    asked = HelpRequestFactory(
        mentee__programme=programme,
        mentee__person__name="Jun Ito",
        coordinator=OfficeRoleFactory(programme=programme).person,
    )

    assert "Jun Ito" not in client.get(page("overview-show")).text
    assert client.post(page("help-answered", asked.uid)).status_code == 404
    assert HelpRequest.objects.get().answered_at is None


@pytest.mark.usefixtures("coordinator")
def test_what_waits_says_what_and_leads_there(client, programme):
    MenteeFactory(programme=programme, state=ParticipationState.INVITED)
    SupportResourceFactory(organisation=programme.organisation)

    text = client.get(page("overview-show")).text

    assert "1 person has not been welcomed" in text
    assert page("welcome-send") in text
    assert "1 place to turn to was not checked for a year" in text
    assert "The search is not open yet" in text
    assert opening_sentence(search_opening(programme, on_date=NOW.date())) in text


@pytest.mark.usefixtures("coordinator")
def test_nothing_that_waits_is_said_too(client, programme):
    programme.search_opens_date = NOW.date()
    programme.save()

    assert "Nothing waits" in client.get(page("overview-show")).text


def test_a_draft_says_what_is_missing_to_who_can_see_to_it(client, programme):
    programme.state = ProgrammeState.DRAFT
    programme.save()
    director = OfficeRoleFactory(programme=programme, role=Role.DIRECTOR).person

    client.force_login(OfficeRoleFactory(programme=programme).person)
    assert "A director of the programme opens it." in client.get(page("overview-show")).text

    client.force_login(director)
    text = client.get(page("overview-show")).text
    assert "Add at least one of your own support resources first" in text
    assert f'href="{page("organisation-edit")}"' in text

    SupportResourceFactory(organisation=programme.organisation, is_local=True)
    assert "The programme can open now" in client.get(page("overview-show")).text


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize("name", ["overview-show", "mentorship-list"])
def test_a_page_asks_as_often_for_three_as_for_one(client, programme, name, count_queries):
    def grow():
        Pair(programme=programme)
        MenteeFactory(programme=programme)
        MentorFactory(programme=programme, state=ParticipationState.INVITED)
        HelpRequestFactory(mentee__programme=programme, coordinator=programme.office.first().person)

    grow()
    one = count_queries(client, page(name))
    grow()
    grow()

    assert count_queries(client, page(name)) == one


@pytest.mark.usefixtures("coordinator")
def test_mentorships_are_rows_without_names(client, programme):
    pair = Pair(programme=programme)

    text = client.get(page("mentorship-list")).text

    assert "9 Jan 2030" in text
    assert "One to one" in text
    assert "Beginning" in text
    assert pair.mentor.name not in text
    assert pair.mentee.name not in text


@pytest.mark.usefixtures("coordinator")
def test_mentorships_are_filtered_and_htmx_gets_the_rows_alone(client, programme):
    assert "No mentorships yet" in client.get(page("mentorship-list")).text
    Pair(programme=programme)

    one = client.get(
        page("mentorship-list"), {"state": "forming"}, headers={"HX-Request": "true"}
    ).text
    assert "9 Jan 2030" in one
    assert "<html" not in one
    assert "None in this state" in client.get(page("mentorship-list"), {"state": "paused"}).text
    assert "9 Jan 2030" in client.get(page("mentorship-list"), {"state": "dragon"}).text


def test_who_evaluates_everybody_sees_counts_and_no_rows(client, programme):
    director = OfficeRoleFactory(programme=programme, role=Role.DIRECTOR).person
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_role=Role.DIRECTOR,
        evaluated_programme=programme,
    )
    pair = Pair(programme=programme)
    client.force_login(director)

    listed, people = (client.get(page(name)).text for name in ("mentorship-list", "people-list"))

    assert "1 more is of people whom you evaluate." in listed
    assert "9 Jan 2030" not in listed
    for text in (listed, people):
        assert "You see counts, and no rows" in text
        assert pair.mentee.name not in text
        assert pair.mentor.name not in text


@pytest.mark.usefixtures("coordinator")
def test_no_office_page_holds_what_people_wrote_or_look_for(client, programme):
    purpose = purposes()[0]
    told = {"purposes": [purpose.slug], "story": "zebrafish", "hopes": "quagga"}
    mentee = MenteeFactory(programme=programme, looking_since=NOW, **told)
    InvitationFactory(
        mentee=mentee,
        mentor=MentorFactory(programme=programme),
        why_you="okapi",
        what_i_bring="axolotl",
    )
    pair = Pair(programme=programme)
    propose_agreement(
        mentorship=pair.mentorship, terms=terms(purpose="pangolin"), by=pair.mentor, now=NOW
    )

    for name in ("overview-show", "mentorship-list", "people-list", "link-list"):
        text = client.get(page(name)).text
        for word in ("zebrafish", "quagga", "okapi", "axolotl", "pangolin", purpose.name):
            assert word not in text


@pytest.mark.parametrize("name", ["overview-show", "mentorship-list"])
def test_strangers_leaders_and_other_offices_find_no_page(client, programme, name):
    leader = OfficeRoleFactory(programme=programme, role=Role.LEADER).person

    for person in (UserFactory(), leader, OfficeRoleFactory(role=Role.DIRECTOR).person):
        client.force_login(person)
        assert client.get(page(name)).status_code == 404
