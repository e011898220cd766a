"""Sites and units by the dozen, as a file names them."""

import pytest

from mentorwell.audit.models import Event
from mentorwell.foundation.errors import NotAllowed
from mentorwell.programmes.models import Site, Unit
from mentorwell.programmes.services import add_sites, add_units
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.programmes import (
    OfficeRoleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SiteFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(time_zone="Europe/London")


def test_missing_sites_are_added_in_the_organisation_s_zone(organisation):
    known = SiteFactory(organisation=organisation, name="Main Hospital")
    sites = add_sites(organisation=organisation, names=["main hospital", "West"], by=None, now=NOW)
    assert sites["main hospital"] == known
    west = Site.objects.get(name="West")
    assert sites["West"] == west
    assert (west.organisation, west.time_zone, west.latitude) == (
        organisation,
        "Europe/London",
        None,
    )
    assert Event.objects.get(verb="programmes.site.add").target_uid == west.uid


def test_sites_of_another_organisation_are_not_taken_for_one_s_own(organisation):
    SiteFactory(name="West")
    sites = add_sites(organisation=organisation, names=["West"], by=None, now=NOW)
    assert sites["West"].organisation == organisation


def test_missing_units_are_added_at_their_site(organisation):
    main, west = SiteFactory.create_batch(2, organisation=organisation)
    known = UnitFactory(site=main, name="Cardiology")
    units = add_units(
        units=[(main, "cardiology"), (west, "Cardiology"), (west, "Ward 1")], by=None, now=NOW
    )
    assert units[main.pk, "cardiology"] == known
    assert units[west.pk, "Cardiology"].site == west
    assert Unit.objects.count() == 3
    assert Event.objects.filter(verb="programmes.unit.add").count() == 2


def test_only_a_director_adds_them(organisation):
    programme = ProgrammeFactory(organisation=organisation)
    site = SiteFactory(organisation=organisation)
    director = OfficeRoleFactory(programme=programme, role="director").person
    coordinator = OfficeRoleFactory(programme=programme).person
    for stranger in (coordinator, UserFactory()):
        with pytest.raises(NotAllowed):
            add_sites(organisation=organisation, names=["West"], by=stranger, now=NOW)
        with pytest.raises(NotAllowed):
            add_units(units=[(site, "Ward 1")], by=stranger, now=NOW)
    assert (Site.objects.count(), Unit.objects.count()) == (1, 0)
    add_sites(organisation=organisation, names=["West"], by=director, now=NOW)
    add_units(units=[(site, "Ward 1")], by=director, now=NOW)
    assert (Site.objects.count(), Unit.objects.count()) == (2, 1)


def test_whoever_adds_nothing_need_not_be_a_director(organisation):
    """A coordinator's file that names what is there already, or nothing, comes in."""
    coordinator = OfficeRoleFactory(programme=ProgrammeFactory(organisation=organisation)).person
    main = SiteFactory(organisation=organisation, name="Main")
    ward = UnitFactory(site=main, name="Ward 1")
    asked = {"by": coordinator, "now": NOW}
    assert add_sites(organisation=organisation, names=["main"], **asked) == {"main": main}
    assert add_units(units=[(main, "ward 1")], **asked) == {(main.pk, "ward 1"): ward}


def test_nothing_named_is_nothing_added(organisation):
    assert add_sites(organisation=organisation, names=[], by=None, now=NOW) == {}
    assert add_units(units=[], by=None, now=NOW) == {}
