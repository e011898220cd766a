"""The leaders' page: figures of whole programmes, none small enough to guess somebody from."""

import pytest

from mentorwell.core.lifecycles import ProgrammeState
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment(at_noon):
    """Sessions and figures have the same now."""


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Night School", opened_at=NOW)


@pytest.fixture
def leader(client, programme):
    held = OfficeRoleFactory(programme=programme, role=Role.LEADER)
    client.force_login(held.person)
    return held.person


@pytest.mark.usefixtures("leader")
def test_small_figures_are_not_shown(client, programme):
    Pair(programme=programme)

    text = client.get("/leaders/").text

    assert "Night School" in text
    assert "Open since January 2030" in text
    assert text.count("Fewer than 5") == 7
    assert text.count("Not shown") == 2


@pytest.mark.usefixtures("leader")
def test_large_figures_are_shown_without_a_name(client, programme):
    for number in range(6):
        MentorFactory(programme=programme, person__name=f"Mentor {number}", places=2)
        MenteeFactory(programme=programme, person__name=f"Mentee {number}")

    text = client.get("/leaders/").text

    for figure in (">12</dd>", ">6</dd>"):
        assert figure in text.replace("\n", "").replace("  ", "")
    assert "Mentor 1" not in text
    assert "Mentee 1" not in text


def test_only_programmes_whose_figures_one_may_see_are_there(client, leader):
    OfficeRoleFactory(
        person=leader,
        role=Role.DIRECTOR,
        programme__name="Day School",
        programme__state=ProgrammeState.DRAFT,
    )
    ProgrammeFactory(name="Elsewhere")

    text = client.get("/leaders/").text

    assert "Day School" in text
    assert "Not open yet, so there is nothing to count." in text
    assert "Elsewhere" not in text


def test_others_find_no_page(client):
    assert client.get("/leaders/").status_code == 302
    client.force_login(UserFactory())
    assert client.get("/leaders/").status_code == 404


@pytest.mark.parametrize(
    ("role", "lines"),
    [(Role.LEADER, ["Figures"]), (Role.COORDINATOR, ["Office"]), (None, [])],
)
def test_the_navigation_leads_where_a_role_may_go(client, programme, role, lines):
    user = OfficeRoleFactory(programme=programme, role=role).person if role else UserFactory()
    client.force_login(user)

    text = client.get("/me/").text

    assert [name for name in ("Office", "Figures") if f">{name}</a>" in text] == lines
