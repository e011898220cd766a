import factory

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.people.enums import BlockKind, LinkKind, Part, Relation
from mentorwell.people.models import (
    Block,
    EvaluationLink,
    Exclusion,
    LinkOverride,
    Participation,
    Place,
    Profile,
)
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.programmes import OrganisationFactory, ProgrammeFactory


class ProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Profile

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class ParticipationFactory(factory.django.DjangoModelFactory):
    """A ready participation with its person's profile and, by `places=2`, its places."""

    class Meta:
        model = Participation
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(UserFactory)
    part = Part.MENTEE
    state = ParticipationState.READY
    entered_at = NOW
    confirmed_at = NOW

    @factory.post_generation
    def profile(self, create, extracted, **fields):
        if create and not Profile.objects.filter(person=self.person).exists():
            ProfileFactory(person=self.person, organisation=self.programme.organisation, **fields)

    @factory.post_generation
    def places(self, create, extracted, **_):
        if create:
            numbers = range(1, (1 if extracted is None else extracted) + 1)
            Place.objects.bulk_create(Place(participation=self, number=n) for n in numbers)


class MenteeFactory(ParticipationFactory):
    part = Part.MENTEE


class MentorFactory(ParticipationFactory):
    part = Part.MENTOR


class EvaluationLinkFactory(factory.django.DjangoModelFactory):
    """An open *never* link; name both sides: `evaluator_person=…, evaluated_unit=…`."""

    class Meta:
        model = EvaluationLink

    organisation = factory.SubFactory(OrganisationFactory)
    kind = LinkKind.NEVER
    relation = Relation.PRECEPTOR
    start_date = NOW.date()
    checked_date = NOW.date()


class LinkOverrideFactory(factory.django.DjangoModelFactory):
    """Leave for one pair that waits for a second person; `approved=True` has it."""

    class Meta:
        model = LinkOverride

    class Params:
        approved = factory.Trait(approved_by=factory.SubFactory(UserFactory), approved_at=NOW)

    asked_by = factory.SubFactory(UserFactory)
    asked_at = NOW


class BlockFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Block

    person = factory.SubFactory(UserFactory)
    kind = BlockKind.LEAVE
    start_date = NOW.date()
    end_date = NOW.date()


class ExclusionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exclusion

    person = factory.SubFactory(UserFactory)
    other = factory.SubFactory(UserFactory)
