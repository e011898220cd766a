"""The office's list of people, and bringing them in one by one."""

import pytest
from django.urls import reverse

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.people.content import purposes, topics
from mentorwell.people.models import Participation, Profile, TopicChoice
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import begin
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory, MenteeFactory, MentorFactory
from tests.factories.programmes import (
    OfficeRoleFactory,
    ProgrammeFactory,
    SiteFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions and links begin at the same moment."""


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="night-school")


@pytest.fixture
def coordinator(client, programme):
    held = OfficeRoleFactory(programme=programme)
    client.force_login(held.person)
    return held.person


def page(name, *uids):
    return reverse(f"office:{name}", args=["night-school", *uids])


PERSON = {"name": "Amara Okafor", "email": "amara@example.org", "part": "mentee", "cohort": "2030"}
CALL = {
    "name": "Helen Marsh",
    "email": "helen@example.org",
    "topic": topics()[3].slug,
    "places": "2",
}


@pytest.mark.usefixtures("coordinator")
def test_the_list_says_name_part_state_and_places(client, programme):
    MentorFactory(programme=programme, person__name="Helen Marsh", places=2)
    MenteeFactory(programme=programme, person__name="Amara Okafor", cohort="2030")

    text = client.get(page("people-list")).text

    for words in ("Helen Marsh", "0 of 2 taken", "Amara Okafor", "Taking part", "2030"):
        assert words in text
    assert "1 mentee and 1 person who gives." in text


@pytest.mark.usefixtures("coordinator")
def test_nothing_that_a_mentee_looks_for_is_in_the_offices_list_or_page(client, programme):
    purpose, topic = purposes()[0], topics()[7]
    mentee = MenteeFactory(
        programme=programme,
        looking_since=NOW,
        purposes=[purpose.slug],
        story="zebrafish",
        strengths="quagga",
        hopes="okapi",
    )
    TopicChoice.objects.create(participation=mentee, topic=topic.slug)

    for address in (page("people-list"), page("person-show", mentee.uid)):
        text = client.get(address).text
        assert mentee.person.name in text
        for word in ("zebrafish", "quagga", "okapi", purpose.slug, purpose.name, topic.name):
            assert word not in text
        assert "Looking" not in text


@pytest.mark.usefixtures("coordinator")
def test_a_mentees_line_reads_the_same_whether_they_look_or_not(client, programme):
    def line_of(mentee):
        text = client.get(page("people-list"), {"q": mentee.person.name}).text
        row = text.partition("<tbody>")[2].partition("</tbody>")[0]
        return row.replace(str(mentee.uid), "").replace(mentee.person.name, "")

    looking = MenteeFactory(programme=programme, person__name="Amara", looking_since=NOW)
    paired = MenteeFactory(programme=programme, person__name="Jun")
    begin(MentorFactory(programme=programme), paired)
    resting = MenteeFactory(
        programme=programme, person__name="Sofia", state=ParticipationState.PAUSED
    )

    assert line_of(looking) == line_of(paired) == line_of(resting)


@pytest.mark.usefixtures("coordinator")
def test_the_list_is_filtered_and_htmx_gets_the_rows_alone(client, programme):
    MentorFactory(programme=programme, person__name="Helen Marsh")
    MenteeFactory(programme=programme, person__name="Amara Okafor")

    answer = client.get(page("people-list"), {"part": "mentor"}, headers={"HX-Request": "true"})

    assert "Helen Marsh" in answer.text
    assert "Amara Okafor" not in answer.text
    assert "<html" not in answer.text


@pytest.mark.usefixtures("coordinator")
def test_an_unknown_filter_counts_as_left_open(client, programme):
    MentorFactory(programme=programme, person__name="Helen Marsh")

    text = client.get(page("people-list"), {"part": "dragon", "cohort": "never"}).text

    assert "Helen Marsh" in text


@pytest.mark.usefixtures("coordinator")
def test_an_empty_list_says_what_to_do(client):
    assert "Nobody is here yet" in client.get(page("people-list")).text
    assert "Nobody like that here" in client.get(page("people-list"), {"q": "x"}).text


@pytest.mark.usefixtures("coordinator")
def test_a_long_list_comes_in_pages(client, programme):
    for number in range(51):
        MenteeFactory(programme=programme, person__name=f"Person {number:02}")

    first = client.get(page("people-list")).text
    assert "Person 49" in first
    assert "Person 50" not in first
    assert "Page 1 of 2" in first
    assert "Person 50" in client.get(page("people-list"), {"page": 2}).text


@pytest.mark.usefixtures("coordinator")
def test_the_list_asks_as_often_for_three_as_for_one(client, programme, count_queries):
    def grow():
        begin(MentorFactory(programme=programme), MenteeFactory(programme=programme))

    grow()
    one = count_queries(client, page("people-list"))
    grow()
    grow()

    assert count_queries(client, page("people-list")) == one


def test_whom_one_evaluates_is_counted_and_nowhere_shown(client, programme, coordinator):
    known = MenteeFactory(programme=programme, person__name="Jun Ito")
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=coordinator,
        evaluated_person=known.person,
    )

    text = client.get(page("people-list")).text

    assert "Jun Ito" not in text
    assert "You evaluate 1 of the people here." in text
    for name in ("person-show", "places-set", "unit-set"):
        send = client.get if name == "person-show" else client.post
        assert send(page(name, known.uid)).status_code == 404


NAMES = ["people-list", "person-create", "mentor-enter"]


@pytest.mark.parametrize("name", NAMES)
def test_strangers_leaders_and_participants_find_no_page(client, programme, name):
    leader = OfficeRoleFactory(programme=programme, role=Role.LEADER).person
    elsewhere = OfficeRoleFactory(role=Role.DIRECTOR).person
    mentor = MentorFactory(programme=programme)

    for person in (UserFactory(), leader, elsewhere, mentor.person):
        client.force_login(person)
        assert client.get(page(name)).status_code == 404
        assert client.get(page("person-show", mentor.uid)).status_code == 404
        assert client.post(page("places-set", mentor.uid), {"places": 9}).status_code == 404
    assert mentor.places.count() == 1


@pytest.mark.usefixtures("coordinator")
def test_a_person_is_added_by_hand(client, programme):
    site = SiteFactory(organisation=programme.organisation)
    assert "Add a person" in client.get(page("person-create")).text

    answer = client.post(
        page("person-create"), {**PERSON, "site": site.pk, "start_date": "2030-02-01"}
    )

    assert (answer.status_code, answer.url) == (302, page("people-list"))
    made = Participation.objects.get(person__email="amara@example.org")
    assert (made.programme, made.cohort, str(made.start_date)) == (programme, "2030", "2030-02-01")
    assert made.person.profile.site == site
    assert "Amara Okafor is in the programme." in client.get(page("people-list")).text


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"email": "amara"}, "valid email"),
        ({"part": "dragon"}, "Select a valid choice"),
        ({"name": ""}, "Name</a>: "),
        ({"stage": "dragon"}, "Select a valid choice"),
    ],
)
def test_a_person_who_is_told_badly_is_not_added(client, told, sentence):
    answer = client.post(page("person-create"), {**PERSON, **told})

    assert answer.status_code == 400
    assert sentence in answer.text
    assert not Participation.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_a_site_or_unit_of_another_house_is_no_choice(client):
    for told in ({"site": SiteFactory().pk}, {"unit": UnitFactory().pk}):
        assert client.post(page("person-create"), {**PERSON, **told}).status_code == 400
    assert not Participation.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_a_part_that_somebody_has_already_is_explained(client, programme):
    MenteeFactory(programme=programme, person__email="amara@example.org")

    answer = client.post(page("person-create"), PERSON)

    assert answer.status_code == 400
    assert "They have this part in the programme already." in answer.text


@pytest.mark.usefixtures("coordinator")
def test_a_mentor_is_entered_after_a_call_and_shown_as_waiting(client):
    assert topics()[3].name in client.get(page("mentor-enter")).text

    answer = client.post(page("mentor-enter"), CALL, follow=True)

    assert "We have asked Helen Marsh to confirm." in answer.text
    assert "Waits for their own yes" in answer.text
    assert TopicChoice.objects.get().topic == CALL["topic"]


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize("told", [{"topic": "dragon"}, {"places": "0"}, {"email": ""}])
def test_a_call_that_is_noted_badly_is_explained(client, told):
    answer = client.post(page("mentor-enter"), {**CALL, **told})

    assert answer.status_code == 400
    assert not User.objects.filter(email="helen@example.org").exists()


@pytest.mark.usefixtures("coordinator")
def test_a_mentor_gets_more_places_than_the_policy_lets_them_open(client, programme):
    mentor = MentorFactory(programme=programme)
    assert "A mentor may open up to 3 alone." in client.get(page("person-show", mentor.uid)).text

    answer = client.post(page("places-set", mentor.uid), {"places": "6"})

    assert (answer.status_code, answer.url) == (302, page("person-show", mentor.uid))
    assert mentor.places.filter(closed_at=None).count() == 6


@pytest.mark.usefixtures("coordinator")
def test_places_that_cannot_be_are_explained(client, programme):
    mentor = MentorFactory(programme=programme)
    gone = MentorFactory(programme=programme, state=ParticipationState.LEFT)

    answer = client.post(page("places-set", mentor.uid), {"places": "99"}, follow=True)
    assert "less than or equal to 50" in answer.text
    answer = client.post(page("places-set", gone.uid), {"places": "2"}, follow=True)
    assert "Who has left has no places." in answer.text
    assert mentor.places.count() == 1


@pytest.mark.usefixtures("coordinator")
def test_the_office_sets_no_places_of_a_mentee(client, programme):
    mentee = MenteeFactory(programme=programme)

    assert page("places-set", mentee.uid) not in client.get(page("person-show", mentee.uid)).text
    assert client.post(page("places-set", mentee.uid), {"places": "9"}).status_code == 404
    assert mentee.places.count() == 1


@pytest.mark.usefixtures("coordinator")
def test_a_person_is_placed_in_a_unit_and_out_of_it(client, programme):
    mentee = MenteeFactory(programme=programme)
    unit = UnitFactory(site__organisation=programme.organisation, name="Cardiology")

    client.post(page("unit-set", mentee.uid), {"unit": unit.pk})
    assert Profile.objects.get(person=mentee.person).unit == unit
    assert "Cardiology" in client.get(page("person-show", mentee.uid)).text

    client.post(page("unit-set", mentee.uid), {"unit": ""})
    assert Profile.objects.get(person=mentee.person).unit is None

    answer = client.post(page("unit-set", mentee.uid), {"unit": UnitFactory().pk}, follow=True)
    assert "Select a valid choice" in answer.text
