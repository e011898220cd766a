from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ProgrammeState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.programmes import rules, services
from mentorwell.programmes.content import templates
from mentorwell.programmes.enums import SupportKind
from mentorwell.programmes.models import OfficeRole, Policy, Programme, Site, SupportResource, Unit
from mentorwell.programmes.roles import Permission, Role
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.programmes import (
    OfficeRoleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SiteFactory,
    SupportResourceFactory,
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def director():
    return OfficeRoleFactory(role=Role.DIRECTOR).person


@pytest.fixture
def programme(director):
    return Programme.objects.get(office__person=director)


@pytest.fixture
def organisation(programme):
    return programme.organisation


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_a_new_organisation_knows_where_to_turn_in_its_region():
    organisation = services.found_organisation(
        name="Riverside", region="US", time_zone="America/Chicago", by=None, now=NOW
    )

    resources = organisation.support_resources.all()
    assert resources[0].kind == SupportKind.EMERGENCY
    assert "911" in resources[0].how_to_reach
    assert {resource.last_verified_date for resource in resources} == {None}
    assert {resource.is_local for resource in resources} == {False}
    assert verbs() == ["programmes.organisation.found"]


def test_a_director_names_the_neutral_person(director, organisation):
    services.change_organisation(
        organisation=organisation, changes={"neutral_name": "Sam Ito"}, by=director, now=NOW
    )

    organisation.refresh_from_db()
    assert organisation.neutral_name == "Sam Ito"
    assert verbs() == ["programmes.organisation.change"]


def test_another_region_brings_its_own_numbers_and_keeps_what_the_house_entered(director):
    organisation = Programme.objects.get().organisation
    services.change_organisation(
        organisation=organisation, changes={"region": "UK"}, by=director, now=NOW
    )
    verified = organisation.support_resources.filter(region="UK").first()
    services.verify_support_resource(resource=verified, by=director, now=NOW)
    own = SupportResourceFactory(organisation=organisation, is_local=True, region="UK")

    change = {"organisation": organisation, "by": director, "now": NOW}
    services.change_organisation(changes={"region": "UK", "name": "Lakeside"}, **change)
    assert organisation.support_resources.filter(pk=verified.pk).exists()
    services.change_organisation(changes={"region": "US"}, **change)

    kept = organisation.support_resources.all()
    assert {each.region for each in kept.filter(is_local=False)} == {"US"}
    assert "911" in kept.filter(is_local=False)[0].how_to_reach
    assert kept.filter(pk=own.pk).exists()


def test_nobody_else_changes_an_organisation(organisation):
    with pytest.raises(NotAllowed, match="Only a programme director"):
        services.change_organisation(
            organisation=organisation, changes={"name": "Mine"}, by=UserFactory(), now=NOW
        )

    assert verbs() == []


def test_a_field_that_is_not_the_offices_is_refused(director, organisation):
    with pytest.raises(ValueError, match="Not to be changed here: language"):
        services.change_organisation(
            organisation=organisation, changes={"language": "de"}, by=director, now=NOW
        )


def test_a_bad_value_names_its_field_and_changes_nothing(director, organisation):
    with pytest.raises(ValidationError) as caught:
        services.change_organisation(
            organisation=organisation,
            changes={"name": "New", "neutral_email": "nonsense"},
            by=director,
            now=NOW,
        )

    assert list(caught.value.message_dict) == ["neutral_email"]
    stored = type(organisation).objects.get(pk=organisation.pk)
    assert (stored.name, stored.neutral_email) == (organisation.name, "noor.haddad@example.org")
    assert stored.name != "New"


def test_a_resource_that_the_office_enters_is_local_and_verified_that_day(director, organisation):
    resource = services.add_support_resource(
        organisation=organisation,
        kind=SupportKind.COUNSELLING,
        name="Staff counselling",
        how_to_reach="Call 555 0101",
        by=director,
        now=NOW,
    )

    assert (resource.is_local, resource.last_verified_date) == (True, NOW.date())


def test_changing_a_resource_verifies_it(director, organisation):
    resource = SupportResourceFactory(organisation=organisation)

    services.change_support_resource(
        resource=resource, changes={"how_to_reach": "Call 555 0199"}, by=director, now=NOW
    )

    resource.refresh_from_db()
    assert (resource.how_to_reach, resource.last_verified_date) == ("Call 555 0199", NOW.date())
    assert verbs() == ["programmes.support.verify"]


def test_a_removed_resource_is_gone(director, organisation):
    resource = SupportResourceFactory(organisation=organisation)

    services.remove_support_resource(resource=resource, by=director, now=NOW)

    assert not SupportResource.objects.exists()
    assert verbs() == ["programmes.support.remove"]


def test_two_sites_never_share_a_name(director, organisation):
    services.add_site(organisation=organisation, name="Main", time_zone="UTC", by=director, now=NOW)

    with pytest.raises(NotPossibleNow, match="a site of this name"):
        services.add_site(
            organisation=organisation, name="Main", time_zone="UTC", by=director, now=NOW
        )

    assert Site.objects.count() == 1


def test_moving_a_site_makes_every_search_look_again(director, organisation, programme):
    site = SiteFactory(organisation=organisation)

    services.change_site(site=site, changes={"latitude": 41.9}, by=director, now=NOW)

    before = programme.pool_version
    programme.refresh_from_db()
    assert programme.pool_version == before + 1


def test_two_units_of_a_site_never_share_a_name(director, organisation):
    site = SiteFactory(organisation=organisation)
    services.add_unit(site=site, name="ICU", by=director, now=NOW)

    with pytest.raises(NotPossibleNow, match="a unit of this name"):
        services.add_unit(site=site, name="ICU", by=director, now=NOW)

    assert Unit.objects.count() == 1


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.slug)
def test_a_programme_starts_with_every_figure_of_its_template(template, organisation, director):
    made = services.create_programme(
        organisation=organisation,
        name="Night School",
        template=template.slug,
        director=director,
        by=director,
        now=NOW,
    )

    policy = Policy.objects.get(programme=made)
    for name, figure in vars(template.policy).items():
        wanted = list(figure) if isinstance(figure, tuple) else figure
        assert getattr(policy, name) == wanted, name
    assert made.state == ProgrammeState.DRAFT
    assert OfficeRole.objects.get(programme=made).role == Role.DIRECTOR


@pytest.mark.parametrize("typed", ["main hospital", "Main  Hospital ", "MAIN HOSPITAL"])
def test_one_name_in_two_spellings_is_one_site_and_one_unit(organisation, director, typed):
    told = {"time_zone": "UTC", "by": director, "now": NOW}
    site = services.add_site(organisation=organisation, name=" Main Hospital", **told)
    other = services.add_site(organisation=organisation, name="West", **told)
    assert site.name == "Main Hospital"
    services.add_unit(site=site, name="Main Hospital", by=director, now=NOW)

    with pytest.raises(NotPossibleNow, match="a site of this name"):
        services.add_site(organisation=organisation, name=typed, **told)
    with pytest.raises(NotPossibleNow, match="a site of this name"):
        services.change_site(site=other, changes={"name": typed}, by=director, now=NOW)
    with pytest.raises(NotPossibleNow, match="a unit of this name"):
        services.add_unit(site=site, name=typed, by=director, now=NOW)

    # One's own name may be written another way.
    services.change_site(site=site, changes={"name": typed}, by=director, now=NOW)
    site.refresh_from_db()
    assert site.name == " ".join(typed.split())


def test_an_unknown_template_is_named(organisation, director):
    with pytest.raises(ValueError, match="zoo"):
        services.create_programme(
            organisation=organisation,
            name="X",
            template="zoo",
            director=director,
            by=None,
            now=NOW,
        )


def test_programmes_of_one_name_get_addresses_of_their_own(organisation, director):
    slugs = [
        services.create_programme(
            organisation=organisation,
            name="Night School",
            template="general",
            director=director,
            by=None,
            now=NOW,
        ).slug
        for _ in range(3)
    ]

    assert slugs == ["night-school", "night-school-2", "night-school-3"]


def test_a_policy_figure_out_of_range_is_refused_by_name(director, programme):
    with pytest.raises(ValidationError) as caught:
        services.change_policy(
            programme=programme, changes={"places_most": 51}, by=director, now=NOW
        )

    assert "places_most" in str(caught.value)
    assert Policy.objects.get(programme=programme).places_most == 3


def test_a_changed_policy_makes_every_search_look_again(director, programme):
    services.change_policy(
        programme=programme, changes={"weight_values": 2.0}, by=director, now=NOW
    )

    assert Policy.objects.get(programme=programme).weight_values == 2.0
    assert Programme.objects.get(pk=programme.pk).pool_version == programme.pool_version + 1


def test_a_coordinator_does_not_set_policy(programme):
    coordinator = OfficeRoleFactory(programme=programme).person

    with pytest.raises(NotAllowed):
        services.change_policy(
            programme=programme, changes={"expiry_days": 9}, by=coordinator, now=NOW
        )


def test_dates_of_a_programme_change(director, programme):
    day = NOW.date() + timedelta(days=30)

    services.change_programme(
        programme=programme, changes={"search_opens_date": day}, by=director, now=NOW
    )

    assert Programme.objects.get(pk=programme.pk).search_opens_date == day


def draft_programme(director, **organisation):
    programme = ProgrammeFactory(
        state=ProgrammeState.DRAFT,
        opened_at=None,
        organisation=OrganisationFactory(**organisation),
    )
    OfficeRoleFactory(programme=programme, person=director, role=Role.DIRECTOR)
    return programme


def test_a_programme_opens_with_a_neutral_person_and_a_place_to_turn_to(director):
    programme = draft_programme(director)
    SupportResourceFactory(organisation=programme.organisation, is_local=True)

    services.open_programme(programme=programme, by=director, now=NOW)

    assert (programme.state, programme.opened_at) == (ProgrammeState.OPEN, NOW)
    assert not rules.can_open(director, programme)


def test_a_programme_without_a_neutral_person_stays_shut(director):
    programme = draft_programme(director, neutral_email="")
    SupportResourceFactory(organisation=programme.organisation, is_local=True)

    with pytest.raises(NotPossibleNow, match="neutral person"):
        services.open_programme(programme=programme, by=director, now=NOW)


def test_a_programme_without_a_local_resource_stays_shut(director):
    programme = draft_programme(director)
    SupportResourceFactory(organisation=programme.organisation)

    with pytest.raises(NotPossibleNow, match="your own support resources"):
        services.open_programme(programme=programme, by=director, now=NOW)


def test_a_closed_programme_opens_again(director, programme):
    SupportResourceFactory(organisation=programme.organisation, is_local=True)
    services.close_programme(programme=programme, by=director, now=NOW)
    assert programme.state == ProgrammeState.CLOSED
    assert rules.can_open(director, programme)

    services.open_programme(programme=programme, by=director, now=NOW)

    assert programme.state == ProgrammeState.OPEN


def test_of_two_who_close_at_once_one_is_told(director, programme):
    stale = Programme.objects.get(pk=programme.pk)
    services.close_programme(programme=programme, by=director, now=NOW)

    with pytest.raises(NotPossibleNow, match="just changed"):
        services.close_programme(programme=stale, by=director, now=NOW)


def test_giving_a_role_twice_is_giving_it_once(director, programme):
    person = UserFactory()

    for _ in range(2):
        services.give_role(
            programme=programme, person=person, role=Role.COORDINATOR, by=director, now=NOW
        )

    assert OfficeRole.objects.filter(person=person).count() == 1
    assert verbs() == ["programmes.role.give"]
    assert rules.can(person, Permission.BRING_PEOPLE_IN, programme)


def test_an_ended_role_allows_nothing_any_more(director, programme):
    held = OfficeRoleFactory(programme=programme)

    services.end_role(held=held, by=director, now=NOW)
    services.end_role(held=held, by=director, now=NOW)

    assert verbs() == ["programmes.role.end"]
    assert not rules.can(held.person, Permission.SEE_OFFICE, programme)


def test_the_last_director_stays(director, programme):
    held = OfficeRole.objects.get(person=director)

    with pytest.raises(NotPossibleNow, match="another director"):
        services.end_role(held=held, by=director, now=NOW)

    second = OfficeRoleFactory(programme=programme, role=Role.DIRECTOR)
    services.end_role(held=held, by=second.person, now=NOW)
    assert rules.can_keep(second.person, programme.organisation)
    assert not rules.can_keep(director, programme.organisation)


def test_a_draft_that_has_never_opened_takes_new_dates(director):
    programme = draft_programme(director)

    services.change_programme(
        programme=programme, changes={"start_date": NOW.date()}, by=director, now=NOW
    )

    assert Programme.objects.get(pk=programme.pk).start_date == NOW.date()


def test_one_figure_is_judged_beside_those_that_stay(director, programme):
    with pytest.raises(ValidationError, match="reminder_before_expiry"):
        services.change_policy(
            programme=programme, changes={"reminder_days": 7}, by=director, now=NOW
        )

    assert Policy.objects.get(programme=programme).reminder_days == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"weight_values": -1.0},
        {"weight_style": 1e9},
        dict.fromkeys(
            ("weight_interest", "weight_proximity", "weight_values", "weight_style"), 0.0
        ),
        {"agreement_due_days": 0},
        {"search_opens_at_ready": 1001},
    ],
    ids=str,
)
def test_figures_that_no_search_could_use_are_refused(director, programme, changes):
    with pytest.raises(ValidationError):
        services.change_policy(programme=programme, changes=changes, by=director, now=NOW)

    kept = Policy.objects.values(*changes).get(programme=programme)
    assert kept == {name: getattr(programme.policy, name) for name in changes}
    assert kept != changes
