import factory

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
from tests.factories.moments import NOW


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Riverside Hospital {n}")
    neutral_name = "Noor Haddad"
    neutral_email = "noor.haddad@example.org"
    neutral_phone = "+1 555 0100"


class SupportResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupportResource

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "counselling"
    region = "US"
    name = factory.Sequence(lambda n: f"Staff counselling {n}")
    how_to_reach = "Call 555 0101"


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Site {n}")


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    site = factory.SubFactory(SiteFactory)
    name = factory.Sequence(lambda n: f"Unit {n}")


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """An open programme with its policy; `policy__places_most=5` sets a figure."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Residency {n}")
    slug = factory.Sequence(lambda n: f"residency-{n}")
    template = "residency"
    state = ProgrammeState.OPEN
    opened_at = NOW
    policy = factory.RelatedFactory(
        "tests.factories.programmes.PolicyFactory", factory_related_name="programme"
    )


class PolicyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Policy

    programme = factory.SubFactory(ProgrammeFactory, policy=None)
    kinds = ["mentor", "advisor", "coach"]
    review_days = [90, 180, 365]


class OfficeRoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfficeRole

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    given_at = NOW
