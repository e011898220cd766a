"""Who evaluates whom, as the office enters, ends and lifts it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models import EvaluationLink, LinkCheck, LinkOverride
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    LinkOverrideFactory,
    MenteeFactory,
    MentorFactory,
)
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, UnitFactory


pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions and links begin at the same moment."""


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="night-school", name="Night School")


@pytest.fixture
def coordinator(client, programme):
    held = OfficeRoleFactory(programme=programme, person__name="Maria Lopez")
    client.force_login(held.person)
    return held.person


@pytest.fixture
def mentee(programme):
    return MenteeFactory(programme=programme, person__name="Jun Ito")


@pytest.fixture
def mentor(programme):
    return MentorFactory(programme=programme, person__name="Helen Marsh")


@pytest.fixture
def link(programme, mentee, mentor):
    return EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=mentor.person,
        evaluated_person=mentee.person,
    )


def page(name, *uids):
    return reverse(f"office:{name}", args=["night-school", *uids])


def told(**answers):
    return {"kind": "never", "relation": "preceptor", "start_date": "2030-01-09", **answers}


@pytest.mark.usefixtures("coordinator")
def test_the_list_says_who_evaluates_whom_and_what_follows(client, programme, link):
    unit = UnitFactory(site__organisation=programme.organisation, name="ICU", site__name="Main")
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_role=Role.DIRECTOR,
        evaluated_programme=programme,
        kind=LinkKind.DISCLOSE,
        relation=Relation.DIRECTOR,
    )
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_unit=unit,
        evaluated_unit=unit,
        start_date=TODAY - timedelta(days=9),
        end_date=TODAY - timedelta(days=1),
    )
    EvaluationLinkFactory(
        evaluator_person=UserFactory(name="Elsewhere"), evaluated_person=UserFactory()
    )

    text = client.get(page("link-list")).text

    for words in (
        "Helen Marsh",
        "Jun Ito",
        "Never paired",
        "Every director of the programme",
        "Everyone in Night School",
        "Shown to both",
        "Everyone of ICU, Main",
        "31 Dec 2029 to 8 Jan 2030",
        "Nobody has gone over all links yet.",
    ):
        assert words in text
    assert "Elsewhere" not in text
    assert text.count("/end/") == 2
    assert text.count("/ask/") == 1
    assert page("exception-create", link.uid) in text


@pytest.mark.usefixtures("coordinator")
def test_no_links_yet_is_said(client):
    assert "No evaluation link is known" in client.get(page("link-list")).text


@pytest.mark.usefixtures("coordinator")
def test_the_list_asks_as_often_for_three_as_for_one(client, programme, count_queries):
    def grow():
        EvaluationLinkFactory(
            organisation=programme.organisation,
            evaluator_unit=UnitFactory(site__organisation=programme.organisation),
            evaluated_person=UserFactory(),
        )

    grow()
    one = count_queries(client, page("link-list"))
    grow()
    grow()

    assert count_queries(client, page("link-list")) == one


@pytest.mark.usefixtures("coordinator")
def test_a_link_between_two_people_is_entered(client, mentee, mentor):
    assert "Enter a link" in client.get(page("link-create")).text

    answer = client.post(
        page("link-create"),
        told(evaluator_email=mentor.person.email, evaluated_email=mentee.person.email),
    )

    assert (answer.status_code, answer.url) == (302, page("link-list"))
    made = EvaluationLink.objects.get()
    assert (made.evaluator_person, made.evaluated_person) == (mentor.person, mentee.person)
    assert (made.kind, made.relation, made.end_date) == ("never", "preceptor", None)


@pytest.mark.usefixtures("coordinator")
def test_a_role_and_a_unit_can_stand_on_either_side(client, programme):
    unit = UnitFactory(site__organisation=programme.organisation)

    client.post(page("link-create"), told(evaluator_role="director", evaluated_all="on"))
    client.post(
        page("link-create"),
        told(evaluator_unit=unit.pk, evaluated_unit=unit.pk, end_date="2030-03-01"),
    )

    by_unit, by_role = EvaluationLink.objects.order_by("-pk")
    assert (by_role.evaluator_role, by_role.evaluated_programme) == (Role.DIRECTOR, programme)
    assert (by_unit.evaluator_unit, by_unit.evaluated_unit) == (unit, unit)
    assert str(by_unit.end_date) == "2030-03-01"


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"evaluated_all": "on"}, "fill in one of these three"),
        ({"evaluator_role": "director"}, "fill in one of these three"),
        (
            {
                "evaluator_role": "director",
                "evaluator_email": "known@example.org",
                "evaluated_all": "on",
            },
            "one alone",
        ),
        (
            {"evaluator_email": "nobody@example.org", "evaluated_all": "on"},
            "Nobody has an account with this address yet.",
        ),
        ({"evaluator_unit": "0", "evaluated_all": "on"}, "Select a valid choice"),
        (
            {
                "evaluator_email": "known@example.org",
                "evaluated_email": "known@example.org",
            },
            "Nobody evaluates themselves.",
        ),
        (
            {"evaluator_role": "director", "evaluated_all": "on", "end_date": "2029-01-01"},
            "cannot be before the first",
        ),
    ],
)
def test_a_link_that_cannot_be_is_explained(client, answers, sentence):
    UserFactory(email="known@example.org")

    answer = client.post(page("link-create"), told(**answers))

    assert answer.status_code == 400
    assert sentence in answer.text
    assert not EvaluationLink.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_a_link_gets_its_last_day(client, link):
    assert "Helen Marsh evaluates Jun Ito." in client.get(page("link-end", link.uid)).text

    answer = client.post(page("link-end", link.uid), {"end_date": "2030-06-30"})

    assert (answer.status_code, answer.url) == (302, page("link-list"))
    link.refresh_from_db()
    assert str(link.end_date) == "2030-06-30"


@pytest.mark.usefixtures("coordinator")
def test_a_last_day_before_the_first_is_explained(client, link):
    answer = client.post(page("link-end", link.uid), {"end_date": "2001-01-01"})

    assert answer.status_code == 400
    assert "The last day cannot be before the first." in answer.text


@pytest.mark.usefixtures("coordinator")
def test_going_over_all_links_is_noted_for_the_day(client, programme):
    answer = client.post(page("links-check"), follow=True)

    assert "All links were gone over on 9 January 2030." in answer.text
    assert LinkCheck.objects.get().programme == programme


@pytest.mark.usefixtures("coordinator")
def test_an_exception_needs_a_second_person(client, programme, link, mentee, mentor):
    asked = client.post(
        page("exception-create", link.uid),
        {"mentee_email": mentee.person.email.upper(), "mentor_email": mentor.person.email},
        follow=True,
    )
    override = LinkOverride.objects.get()
    assert "Jun Ito and Helen Marsh" in asked.text
    assert "Someone who is not involved has to approve this." in asked.text
    assert page("exception-approve", override.uid) not in asked.text

    refused = client.post(page("exception-approve", override.uid))
    assert refused.status_code == 403
    assert "Someone who is not involved" in refused.text

    second = OfficeRoleFactory(programme=programme, person__name="Omar Farouk").person
    client.force_login(second)
    approved = client.post(page("exception-approve", override.uid), follow=True)
    assert "Omar Farouk approved on 9 January 2030." in approved.text
    override.refresh_from_db()
    assert override.approved_by == second


@pytest.mark.usefixtures("coordinator")
def test_an_exception_for_somebody_unknown_here_is_explained(client, link, mentee):
    assert "they are never paired" in client.get(page("exception-create", link.uid)).text

    answer = client.post(
        page("exception-create", link.uid),
        {"mentee_email": "nobody@example.org", "mentor_email": mentee.person.email},
    )

    assert answer.status_code == 400
    assert "No mentee here has this address." in answer.text
    assert "No mentor here has this address." in answer.text
    assert not LinkOverride.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_an_exception_for_a_pair_that_the_link_does_not_keep_apart_is_explained(
    client, programme, link, mentee
):
    other = MentorFactory(programme=programme)

    answer = client.post(
        page("exception-create", link.uid),
        {"mentee_email": mentee.person.email, "mentor_email": other.person.email},
    )

    assert answer.status_code == 400
    assert "This link does not stand between these two." in answer.text


def test_who_evaluates_somebody_sees_no_exception_and_no_others_link_about_them(
    client, coordinator, link, mentee, mentor
):
    programme = mentee.programme
    override = LinkOverrideFactory(link=link, mentee=mentee, mentor=mentor)
    assert "Jun Ito and Helen Marsh" in client.get(page("link-list")).text
    own = EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=coordinator,
        evaluated_person=mentee.person,
    )

    text = client.get(page("link-list")).text

    assert "Helen Marsh" not in text
    assert page("link-end", own.uid) in text
    assert client.post(page("exception-approve", override.uid)).status_code == 404
    assert client.get(page("link-end", link.uid)).status_code == 404


@pytest.mark.parametrize("name", ["link-list", "link-create"])
def test_others_find_no_links(client, programme, link, name):
    leader = OfficeRoleFactory(programme=programme, role=Role.LEADER).person
    elsewhere = OfficeRoleFactory(role=Role.DIRECTOR).person

    for person in (UserFactory(), leader, elsewhere, link.evaluated_person):
        client.force_login(person)
        assert client.get(page(name)).status_code == 404
        assert (
            client.post(page("link-end", link.uid), {"end_date": "2030-06-30"}).status_code == 404
        )
        assert client.post(page("links-check")).status_code == 404
    link.refresh_from_db()
    assert link.end_date is None
