"""Invitations that are let go without anybody's answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation import hooks
from mentorwell.matching import services
from mentorwell.matching.enums import Release
from mentorwell.matching.models import Invitation, PlaceWish
from mentorwell.notices.models import Notice
from mentorwell.people import services as people
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models import EvaluationLink, Place
from tests.factories.matching import (
    HelpRequestFactory,
    InvitationFactory,
    PlaceWishFactory,
    invite,
    open_programme,
)
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def states():
    return list(Invitation.objects.order_by("pk").values_list("state", "release"))


def test_a_mentor_who_pauses_lets_open_invitations_go_kindly():
    programme = open_programme()
    next_best = MentorFactory(programme=programme)
    invitation = InvitationFactory(programme=programme)

    people.pause_participation(
        participation=invitation.mentor, until=None, by=invitation.mentor.person, now=LATER
    )

    invitation.refresh_from_db()
    assert (invitation.state, invitation.release) == (
        InvitationState.RELEASED,
        Release.NOT_POSSIBLE,
    )
    assert invitation.next_suggestion == next_best
    assert list(
        Notice.objects.filter(person=invitation.mentee.person).values_list("kind", flat=True)
    ) == ["matching.invitation.released"]
    released = Event.objects.get(verb="matching.invitation.release")
    assert released.actor_uid == invitation.mentor.person.uid


def test_a_mentee_who_pauses_waits_for_nothing_any_more():
    invitation = InvitationFactory()
    mentee = invitation.mentee
    PlaceWishFactory(mentee=mentee, mentor=MentorFactory(programme=mentee.programme))
    request = HelpRequestFactory(mentee=mentee)

    people.pause_participation(participation=mentee, until=None, by=mentee.person, now=LATER)

    request.refresh_from_db()
    assert states() == [(InvitationState.RELEASED, Release.NOT_POSSIBLE)]
    assert PlaceWish.objects.get().ended_at == LATER
    assert request.withdrawn_at == LATER
    # They know that they have paused: no mail says that an invitation of theirs was let go.
    assert not Notice.objects.filter(person=mentee.person).exists()


def never(invitation, **dates):
    return EvaluationLink.objects.create(
        organisation=invitation.mentor.programme.organisation,
        kind=LinkKind.NEVER,
        relation=Relation.DIRECTOR,
        evaluator_person=invitation.mentor.person,
        evaluated_person=invitation.mentee.person,
        **{"start_date": NOW.date(), "checked_date": NOW.date()} | dates,
    )


def test_a_new_link_lets_go_of_the_open_invitation_it_bars_and_of_no_other():
    barred, other = InvitationFactory(), InvitationFactory()
    link = never(barred)

    hooks.evaluation_linked.announce(hooks.EvaluationLinked(link.uid, by=None, now=LATER))

    assert states() == [
        (InvitationState.RELEASED, Release.NOT_POSSIBLE),
        (InvitationState.SENT, None),
    ]
    assert list(Notice.objects.values_list("person", flat=True)) == [barred.mentee.person.pk]
    assert other.state == InvitationState.SENT


def test_release_barred_finds_a_link_whose_first_day_has_come():
    invitation = InvitationFactory()
    never(invitation, start_date=LATER.date())

    assert services.release_barred(now=NOW) == 0
    assert services.release_barred(now=LATER) == 1


def test_fewer_places_move_invitations_to_what_is_left_or_let_them_go():
    programme = open_programme(open_invitations_per_place=1)
    mentor = MentorFactory(programme=programme, places=2)
    for _ in range(2):
        invite(MenteeFactory(programme=programme), mentor)

    people.set_places(participation=mentor, places=1, by=mentor.person, now=LATER)

    assert sorted(states(), key=str) == [
        (InvitationState.RELEASED, Release.PLACE_GONE),
        (InvitationState.SENT, None),
    ]
    assert Invitation.objects.get(state=InvitationState.SENT).place.closed_at is None


def test_release_stranded_heals_what_lost_its_place_on_another_path():
    invitation = InvitationFactory()
    Place.objects.filter(pk=invitation.place_id).update(closed_at=NOW)

    assert services.release_stranded(now=LATER) == 1
    assert services.release_stranded(now=LATER) == 0
    assert states() == [(InvitationState.RELEASED, Release.PLACE_GONE)]


def test_release_stranded_leaves_invitations_on_free_places_alone():
    InvitationFactory()

    assert services.release_stranded(now=LATER) == 0
    assert states() == [(InvitationState.SENT, None)]


def test_a_new_link_looks_at_the_invitations_of_its_own_people_only():
    def taken():
        barred = InvitationFactory()
        link = never(barred)
        with CaptureQueriesContext(connection) as queries:
            hooks.evaluation_linked.announce(hooks.EvaluationLinked(link.uid, by=None, now=LATER))
        barred.refresh_from_db()
        assert barred.state == InvitationState.RELEASED
        return len(queries)

    alone = taken()
    for _ in range(3):
        InvitationFactory()

    assert taken() == alone
