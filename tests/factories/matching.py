from datetime import timedelta

import factory

from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching import services
from mentorwell.matching.models import HelpRequest, Invitation, PlaceWish
from mentorwell.programmes.models import OfficeRole
from mentorwell.programmes.roles import Role
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


class DraftFactory(factory.django.DjangoModelFactory):
    """A draft between two people of one programme whose search is open."""

    class Meta:
        model = Invitation

    class Params:
        programme = factory.SubFactory(ProgrammeFactory, search_opens_date=NOW.date())

    mentee = factory.SubFactory(
        MenteeFactory, programme=factory.SelfAttribute("..programme"), looking_since=NOW
    )
    mentor = factory.SubFactory(MentorFactory, programme=factory.SelfAttribute("..programme"))
    why_you = "You came back after failing an exam. I would like to ask you how."
    what_i_bring = "An open mind, and an agenda every time."
    drafted_at = NOW


class InvitationFactory(DraftFactory):
    """A sent invitation that holds the first slot on both sides."""

    state = InvitationState.SENT
    sent_at = NOW
    remind_at = NOW + timedelta(days=3)
    expires_at = NOW + timedelta(days=7)
    mentee_slot = 1
    place = factory.LazyAttribute(lambda invitation: invitation.mentor.places.first())
    place_slot = 1


class PlaceWishFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlaceWish

    mentee = factory.SubFactory(MenteeFactory)
    mentor = factory.SubFactory(
        MentorFactory, programme=factory.SelfAttribute("..mentee.programme")
    )
    wished_at = NOW


class HelpRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HelpRequest
        skip_postgeneration_save = True

    mentee = factory.SubFactory(MenteeFactory)
    coordinator = factory.SubFactory("tests.factories.accounts.UserFactory")
    asked_at = NOW
    due_date = NOW.date() + timedelta(days=5)

    @factory.post_generation
    def office(self, _create, _extracted, **_more):
        """Whoever is named is in the programme's office."""
        OfficeRole.objects.get_or_create(
            programme=self.mentee.programme,
            person=self.coordinator,
            role=Role.COORDINATOR,
            defaults={"given_at": NOW},
        )


def open_programme(**policy):
    """A programme whose search is open by date, with a policy of one's own."""
    figures = {f"policy__{name}": value for name, value in policy.items()}
    return ProgrammeFactory(search_opens_date=NOW.date(), **figures)


def invite(mentee, mentor, *, now=NOW, **more):
    """Write and send an invitation through the services, as its mentee."""
    draft = services.draft_invitation(
        mentee=mentee,
        mentor=mentor,
        why_you="You teach what I want to learn.",
        what_i_bring="Questions.",
        by=mentee.person,
        now=now,
    )
    return services.send_invitation(invitation=draft, by=mentee.person, now=now, **more)
