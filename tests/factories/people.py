import factory

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation, Place, Profile
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
