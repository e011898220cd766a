"""The pages on which a director sets up a programme, its house and its office."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ProgrammeState
from mentorwell.programmes.models import (
    OfficeRole,
    Organisation,
    Policy,
    Programme,
    Site,
    SupportResource,
    Unit,
)
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.programmes import (
    OfficeRoleFactory,
    ProgrammeFactory,
    SiteFactory,
    SupportResourceFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(state=ProgrammeState.DRAFT, opened_at=None, slug="night-school")


@pytest.fixture
def director(client, programme):
    held = OfficeRoleFactory(programme=programme, role=Role.DIRECTOR)
    client.force_login(held.person)
    return held.person


@pytest.fixture
def resource(programme):
    return SupportResourceFactory(organisation=programme.organisation)


@pytest.fixture
def site(programme):
    return SiteFactory(organisation=programme.organisation)


def page(name, *uids):
    return reverse(f"office:{name}", args=["night-school", *uids])


DATES = {"name": "Night School", "description": "For nights", "start_date": "2030-02-01"}
POLICY = {
    "kinds": ["mentor", "coach"],
    "who_may_invite": "later",
    "places_default": "1",
    "places_most": "4",
    "mentors_each": "1",
    "rhythm": "monthly",
    "meeting_minutes": "45",
    "reminder_days": "3",
    "expiry_days": "7",
    "open_invitations_most": "3",
    "open_invitations_per_place": "2",
    "search_opens_at_ready": "8",
    "agreement_due_days": "21",
    "review_days": "180, 90",
    "silent_days": "30",
    "closing_days": "14",
    "activity_threshold": "5",
    "wellbeing_threshold": "10",
    "weight_interest": "0.4",
    "weight_proximity": "0.2",
    "weight_values": "0.2",
    "weight_style": "0.2",
}
HOUSE = {
    "name": "Lakeside",
    "region": "US",
    "time_zone": "America/Chicago",
    "neutral_name": "Sam Ito",
    "neutral_email": "sam.ito@example.org",
}
SUPPORT = {"kind": "peer", "name": "Night buddies", "how_to_reach": "Call 555 0155"}
SITE = {"name": "Northgate", "time_zone": "America/Chicago", "latitude": "41.9", "longitude": "-87"}


@pytest.mark.usefixtures("director")
@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("policy-edit", "How this programme works"),
        ("organisation-edit", "Riverside Hospital"),
        ("team-list", "Who is in this office"),
        ("programme-create", "A new programme"),
        ("support-create", "Somewhere to turn to"),
        ("site-create", "A new site"),
    ],
)
def test_a_directors_page_opens_under_its_heading_and_tabs(client, name, heading):
    answer = client.get(page(name))

    assert answer.status_code == 200
    assert f"<h1>{heading}" in answer.text
    assert 'aria-label="Programme office"' in answer.text


@pytest.mark.parametrize(
    "name",
    ["policy-edit", "organisation-edit", "team-list", "programme-create", "site-create"],
)
def test_a_coordinator_and_a_stranger_find_no_page_of_the_director(client, programme, name):
    coordinator = OfficeRoleFactory(programme=programme).person

    for person in (coordinator, UserFactory(), OfficeRoleFactory(role=Role.DIRECTOR).person):
        client.force_login(person)
        assert client.get(page(name)).status_code == 404
        assert client.post(page(name), {}).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, programme):
    answer = client.get(page("policy-edit"))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.usefixtures("director")
def test_name_and_dates_are_kept_and_the_rules_stay(client, programme):
    answer = client.post(page("policy-edit"), DATES)

    assert (answer.status_code, answer.url) == (302, page("policy-edit"))
    kept = Programme.objects.get(pk=programme.pk)
    assert (kept.name, str(kept.start_date), kept.search_opens_date) == (
        "Night School",
        "2030-02-01",
        None,
    )
    assert kept.policy.places_most == 3


@pytest.mark.usefixtures("director")
def test_rules_are_kept_with_their_days_in_order(client, programme):
    answer = client.post(page("policy-edit"), POLICY)

    assert (answer.status_code, answer.url) == (302, page("policy-edit"))
    policy = Policy.objects.get(programme=programme)
    assert (policy.places_most, policy.review_days, policy.kinds) == (
        4,
        [90, 180],
        ["mentor", "coach"],
    )


@pytest.mark.usefixtures("director")
def test_questions_of_the_programme_are_kept_each_once(client, programme):
    client.post(
        page("policy-edit"),
        {**POLICY, "agreement_questions": " Why here? \n\nWhy here?\nAnd then?"},
    )

    policy = Policy.objects.get(programme=programme)
    assert policy.agreement_questions == ["Why here?", "And then?"]


@pytest.mark.usefixtures("director")
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("review_days", "soon", "Write whole numbers of days"),
        ("review_days", "²", "Write whole numbers of days"),
        ("review_days", "90,", "Write whole numbers of days"),
        ("agreement_questions", "a?\nb?\nc?\nd?\ne?\nf?", "Up to 5 questions"),
        ("agreement_questions", "x" * 151, "of up to 150 letters"),
        ("weight_values", "-1", "greater than or equal to 0"),
        ("weight_values", "1e9", "less than or equal to 1000"),
        ("weight_values", "nan", "Enter a number"),
        ("places_most", "90", "less than or equal to 50"),
        ("places_default", "many", "whole number"),
        ("reminder_days", "9", "Remind a mentor before the invitation ends."),
    ],
)
def test_a_rule_out_of_range_is_explained_and_nothing_is_kept(
    client, programme, field, value, sentence
):
    answer = client.post(page("policy-edit"), {**POLICY, field: value})

    assert answer.status_code == 400
    assert sentence in answer.text
    assert Policy.objects.get(programme=programme).places_most == 3


@pytest.mark.usefixtures("director")
def test_a_fit_of_which_no_part_counts_is_explained(client, programme):
    weights = dict.fromkeys([name for name in POLICY if name.startswith("weight_")], "0")

    answer = client.post(page("policy-edit"), {**POLICY, **weights})

    assert answer.status_code == 400
    assert "At least one part of the fit must count." in answer.text
    assert Policy.objects.get(programme=programme).places_most == 3


@pytest.mark.usefixtures("director", "resource")
def test_a_programme_that_lacks_something_says_so_instead_of_a_button(client, programme):
    text = client.get(page("policy-edit")).text

    assert "Add at least one of your own support resources first" in text
    assert page("programme-open") not in text
    client.post(page("programme-open"))
    assert Programme.objects.get(pk=programme.pk).state == ProgrammeState.DRAFT


@pytest.mark.usefixtures("director")
def test_a_programme_opens_and_closes_by_a_button(client, programme):
    SupportResourceFactory(organisation=programme.organisation, is_local=True)
    assert page("programme-open") in client.get(page("policy-edit")).text

    opened = client.post(page("programme-open"), follow=True)
    assert "The programme is open." in opened.text
    assert Programme.objects.get(pk=programme.pk).state == ProgrammeState.OPEN

    closed = client.post(page("programme-close"), follow=True)
    assert "takes no new invitations" in closed.text
    assert Programme.objects.get(pk=programme.pk).state == ProgrammeState.CLOSED


@pytest.mark.usefixtures("director")
def test_a_draft_that_is_closed_twice_is_told_why_not(client):
    answer = client.post(page("programme-close"), follow=True)

    assert "Somebody has just changed this programme" in answer.text


def test_another_programme_starts_as_a_draft_led_by_its_maker(client, director):
    answer = client.post(
        page("programme-create"), {"name": "Day School", "template": "residency"}, follow=True
    )

    made = Programme.objects.get(name="Day School")
    assert (made.state, made.office.get().person) == (ProgrammeState.DRAFT, director)
    assert "Day School is there, as a draft" in answer.text


@pytest.mark.usefixtures("director")
def test_a_programme_without_a_name_is_not_made(client):
    answer = client.post(page("programme-create"), {"template": "zoo"})

    assert answer.status_code == 400
    assert Programme.objects.count() == 1


@pytest.mark.usefixtures("director")
def test_the_house_and_its_neutral_person_are_kept(client, programme):
    answer = client.post(page("organisation-edit"), HOUSE)

    assert (answer.status_code, answer.url) == (302, page("organisation-edit"))
    kept = Organisation.objects.get(pk=programme.organisation_id)
    assert (kept.name, kept.neutral_name) == ("Lakeside", "Sam Ito")


@pytest.mark.usefixtures("director")
@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata"])
def test_a_form_shows_the_time_zone_that_is_kept(client, programme, zone):
    Organisation.objects.update(time_zone=zone)

    page_of_house = BeautifulSoup(client.get(page("organisation-edit")).text, "html.parser")

    chosen = page_of_house.select("#id_time_zone option[selected]")
    assert [option["value"] for option in chosen] == [zone]


@pytest.mark.usefixtures("director")
def test_an_address_that_is_none_is_explained(client, programme):
    answer = client.post(page("organisation-edit"), {**HOUSE, "neutral_email": "sam"})

    assert answer.status_code == 400
    assert "valid email" in answer.text
    assert Organisation.objects.get(pk=programme.organisation_id).neutral_name == "Noor Haddad"


@pytest.mark.usefixtures("director")
def test_a_resource_is_added_corrected_made_sure_of_and_removed(client, resource):
    assert "not made sure of yet" in client.get(page("organisation-edit")).text

    client.post(page("support-create"), SUPPORT)
    added = SupportResource.objects.get(name="Night buddies")
    assert (added.is_local, added.kind) == (True, "peer")

    client.post(page("support-verify", resource.uid))
    assert SupportResource.objects.get(pk=resource.pk).last_verified_date is not None

    client.post(page("support-edit", added.uid), {**SUPPORT, "how_to_reach": "Call 555 0156"})
    assert SupportResource.objects.get(pk=added.pk).how_to_reach == "Call 555 0156"
    assert "Change Night buddies" in client.get(page("support-edit", added.uid)).text

    answer = client.post(page("support-remove", added.uid))
    assert (answer.status_code, answer.url) == (302, page("organisation-edit"))
    assert not SupportResource.objects.filter(pk=added.pk).exists()


@pytest.mark.usefixtures("director")
@pytest.mark.parametrize("name", ["support-edit", "support-verify", "support-remove"])
def test_another_houses_resource_is_not_there(client, name):
    other = SupportResourceFactory()

    assert client.post(page(name, other.uid), SUPPORT).status_code == 404
    assert SupportResource.objects.get(pk=other.pk).last_verified_date is None


@pytest.mark.usefixtures("director")
def test_sites_and_units_are_added_and_changed(client, site):
    client.post(page("site-create"), SITE)
    added = Site.objects.get(name="Northgate")
    assert added.latitude == 41.9

    client.post(page("site-edit", site.uid), {**SITE, "name": "Main"})
    assert Site.objects.get(pk=site.pk).name == "Main"

    answer = client.post(page("unit-create", site.uid), {"unit": "ICU"})
    assert (answer.status_code, answer.url) == (302, page("organisation-edit"))
    assert Unit.objects.get(site=site).name == "ICU"
    assert "ICU" in client.get(page("organisation-edit")).text


@pytest.mark.usefixtures("director")
def test_names_that_are_taken_are_explained_in_the_form(client, site):
    UnitFactory(site=site, name="ICU")

    taken = client.post(page("site-create"), {**SITE, "name": site.name})
    assert taken.status_code == 400
    assert "There is a site of this name already." in taken.text

    taken = client.post(page("unit-create", site.uid), {"unit": "ICU"})
    assert taken.status_code == 400
    assert "There is a unit of this name already." in taken.text


@pytest.mark.usefixtures("director")
def test_a_place_beyond_the_poles_is_explained(client, site):
    answer = client.post(page("site-edit", site.uid), {**SITE, "latitude": "120"})

    assert answer.status_code == 400
    assert Site.objects.get(pk=site.pk).latitude is None


@pytest.mark.usefixtures("director")
def test_another_houses_site_is_not_there(client):
    other = SiteFactory()

    assert client.post(page("site-edit", other.uid), SITE).status_code == 404
    assert client.post(page("unit-create", other.uid), {"unit": "ICU"}).status_code == 404


@pytest.mark.usefixtures("director")
def test_the_office_grows_by_address(client, programme):
    newcomer = UserFactory(email="sofia.lind@example.org", name="Sofia Lind")

    answer = client.post(
        page("team-list"), {"email": "Sofia.Lind@example.org", "role": "coordinator"}, follow=True
    )

    assert OfficeRole.objects.get(programme=programme, person=newcomer).role == Role.COORDINATOR
    assert "Sofia Lind" in answer.text


@pytest.mark.usefixtures("director")
def test_an_address_without_an_account_is_explained(client):
    answer = client.post(page("team-list"), {"email": "no@example.org", "role": "leader"})

    assert answer.status_code == 400
    assert "Nobody has an account with this address yet." in answer.text
    assert not User.objects.filter(email="no@example.org").exists()


def test_the_last_director_is_kept_and_others_can_end(client, director, programme):
    last = OfficeRole.objects.get(person=director)
    other = OfficeRoleFactory(programme=programme)

    refused = client.post(page("team-remove", last.uid), follow=True)
    assert "Name another director first" in refused.text

    client.post(page("team-remove", other.uid))
    assert OfficeRole.objects.get(pk=other.pk).ended_at is not None
    assert OfficeRole.objects.get(pk=last.pk).ended_at is None


@pytest.mark.usefixtures("director")
@pytest.mark.parametrize("name", ["organisation-edit", "team-list"])
def test_a_page_asks_as_often_for_three_as_for_one(client, programme, name, count_queries):
    def grow():
        site = SiteFactory(organisation=programme.organisation)
        UnitFactory(site=site)
        SupportResourceFactory(organisation=programme.organisation)
        OfficeRoleFactory(programme=programme)

    grow()
    one = count_queries(client, page(name))
    grow()
    grow()

    assert count_queries(client, page(name)) == one


@pytest.mark.usefixtures("director")
def test_a_site_is_not_renamed_to_a_name_that_is_taken(client, programme, site):
    SiteFactory(organisation=programme.organisation, name="Northgate")
    answer = client.post(page("site-edit", site.uid), SITE)
    assert answer.status_code == 400
    assert "There is a site of this name already." in answer.text
