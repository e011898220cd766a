"""Waiting for a place of one mentor."""

from datetime import timedelta

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import emails, queries, services
from mentorwell.matching.enums import NextStep, SearchState
from mentorwell.matching.models import PlaceWish
from mentorwell.notices.emails import render
from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import Notice
from mentorwell.people import services as people
from mentorwell.people.models import Participation
from tests.factories.accounts import UserFactory
from tests.factories.matching import PlaceWishFactory, invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import ExclusionFactory, MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db


def wish(mentee, mentor, *, now=NOW):
    return services.wish_for_place(mentee=mentee, mentor=mentor, by=mentee.person, now=now)


def test_wish_for_place_is_one_wish_however_often_made():
    programme = open_programme()
    mentee, mentor = (
        MenteeFactory(programme=programme),
        MentorFactory(programme=programme, places=0),
    )

    first = wish(mentee, mentor)

    assert wish(mentee, mentor) == first
    assert list(PlaceWish.objects.values_list("mentee", "mentor", "wished_at")) == [
        (mentee.pk, mentor.pk, NOW)
    ]
    assert list(Event.objects.values_list("verb", flat=True)) == ["matching.wish.make"]


def test_wish_for_place_refuses_a_mentor_who_has_room():
    programme = open_programme()
    mentor = MentorFactory(programme=programme)

    with pytest.raises(NotPossibleNow, match="has room now"):
        wish(MenteeFactory(programme=programme), mentor)


def test_wish_for_place_refuses_a_mentee_who_has_found_their_mentor():
    programme = open_programme()
    mentee = MenteeFactory(programme=programme, places=0)

    with pytest.raises(NotPossibleNow, match="have found your mentor"):
        wish(mentee, MentorFactory(programme=programme, places=0))
    assert not PlaceWish.objects.exists()


def test_wish_for_place_refuses_anybody_but_the_mentee():
    programme = open_programme()

    with pytest.raises(NotAllowed, match="only for themselves"):
        services.wish_for_place(
            mentee=MenteeFactory(programme=programme),
            mentor=MentorFactory(programme=programme, places=0),
            by=UserFactory(),
            now=NOW,
        )


def test_drop_wish_ends_it_once():
    kept = PlaceWishFactory()

    for hours in (1, 2):
        services.drop_wish(wish=kept, by=kept.mentee.person, now=NOW + timedelta(hours=hours))

    assert PlaceWish.objects.get().ended_at == NOW + timedelta(hours=1)
    assert list(Event.objects.values_list("verb", flat=True)) == ["matching.wish.drop"]


def test_drop_wish_refuses_anybody_but_the_mentee():
    kept = PlaceWishFactory()

    with pytest.raises(NotAllowed, match="Only the person who waits"):
        services.drop_wish(wish=kept, by=kept.mentor.person, now=NOW)


def three_waiting(programme, mentor):
    return [
        PlaceWishFactory(
            mentee=MenteeFactory(programme=programme),
            mentor=mentor,
            wished_at=NOW + timedelta(minutes=minutes),
        )
        for minutes in (2, 0, 1)
    ]


def test_tell_wishers_tells_as_many_as_there_is_room_for_the_longest_first():
    programme = open_programme(open_invitations_per_place=2)
    mentor = MentorFactory(programme=programme)
    third, first, second = three_waiting(programme, mentor)

    assert services.tell_wishers(now=NOW) == 2

    told = Notice.objects.order_by("pk").values_list("person", "kind", "ids", "urgency")
    assert list(told) == [
        (one.mentee.person.pk, "matching.place.free", {"wish": str(one.uid)}, Urgency.AT_ONCE)
        for one in (first, second)
    ]
    third.refresh_from_db()
    assert third.told_at is None


def test_tell_wishers_leaves_three_days_to_those_it_told():
    programme = open_programme(open_invitations_per_place=1)
    mentor = MentorFactory(programme=programme)
    _, first, second = three_waiting(programme, mentor)
    services.tell_wishers(now=NOW)

    assert services.tell_wishers(now=NOW + timedelta(days=2, hours=23)) == 0
    assert services.tell_wishers(now=NOW + timedelta(days=3)) == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.ended_at == second.told_at == NOW + timedelta(days=3)


def test_tell_wishers_does_not_tell_where_there_is_no_room():
    programme = open_programme(open_invitations_per_place=1)
    mentor = MentorFactory(programme=programme)
    invite(MenteeFactory(programme=programme), mentor)
    three_waiting(programme, mentor)

    assert services.tell_wishers(now=NOW) == 0


def test_tell_wishers_passes_over_who_cannot_invite_any_more():
    programme = open_programme(open_invitations_per_place=1)
    mentor = MentorFactory(programme=programme)
    _, first, second = three_waiting(programme, mentor)
    Participation.objects.filter(pk=first.mentee_id).update(state=ParticipationState.PAUSED)

    assert services.tell_wishers(now=NOW) == 1

    second.refresh_from_db()
    assert second.told_at == NOW


def test_more_places_are_told_to_those_who_wait():
    programme = open_programme(open_invitations_per_place=2)
    mentor = MentorFactory(programme=programme, places=0)
    three_waiting(programme, mentor)

    people.set_places(participation=mentor, places=1, by=mentor.person, now=NOW)

    assert PlaceWish.objects.filter(told_at=NOW).count() == 2


def test_whoever_was_forestalled_waits_on_at_the_front():
    programme = open_programme(open_invitations_per_place=1)
    mentor = MentorFactory(programme=programme)
    third, first, _ = three_waiting(programme, mentor)
    services.tell_wishers(now=NOW)
    faster = invite(third.mentee, mentor)
    services.tell_wishers(now=NOW + timedelta(hours=1))

    services.withdraw_invitation(
        invitation=faster, by=faster.mentee.person, now=NOW + timedelta(days=1)
    )

    first.refresh_from_db()
    assert (first.told_at, first.ended_at) == (NOW + timedelta(days=1), None)
    assert Notice.objects.filter(person=first.mentee.person).count() == 2


def told_of_room(programme):
    """A mentor with room, and the wish of somebody who has just been told of it."""
    mentor = MentorFactory(programme=programme)
    kept = PlaceWishFactory(
        mentee=MenteeFactory(programme=programme, looking_since=NOW), mentor=mentor
    )
    services.tell_wishers(now=NOW)
    kept.refresh_from_db()
    assert kept.told_at == NOW
    return mentor, kept


def test_wishes_end_when_the_mentor_leaves():
    mentor, kept = told_of_room(open_programme())

    people.leave_programme(participation=mentor, by=mentor.person, now=NOW + timedelta(hours=1))

    kept.refresh_from_db()
    assert kept.ended_at == NOW + timedelta(hours=1)


def test_tell_wishers_ends_wishes_for_a_mentor_who_left_before():
    mentor, kept = told_of_room(open_programme())
    Participation.objects.filter(pk=mentor.pk).update(state=ParticipationState.LEFT)

    assert services.tell_wishers(now=NOW + timedelta(hours=1)) == 0

    kept.refresh_from_db()
    assert kept.ended_at == NOW + timedelta(hours=1)


def test_who_waits_for_a_mentor_who_pauses_waits_on_at_the_front():
    mentor, kept = told_of_room(open_programme())
    mail = Notice.objects.get(kind=emails.PLACE_FREE)

    people.pause_participation(
        participation=mentor, until=None, by=mentor.person, now=NOW + timedelta(hours=1)
    )
    kept.refresh_from_db()
    assert (kept.told_at, kept.ended_at) == (None, None)
    assert render(mail, now=NOW + timedelta(hours=1)) is None
    services.tell_wishers(now=NOW + timedelta(days=9))
    mentor.refresh_from_db()
    people.resume_participation(
        participation=mentor, by=mentor.person, now=NOW + timedelta(days=10)
    )

    kept.refresh_from_db()
    assert (kept.told_at, kept.ended_at) == (NOW + timedelta(days=10), None)


@pytest.mark.parametrize(
    "gone",
    [
        {"hidden_at": NOW},
        {"state": ParticipationState.PAUSED},
    ],
)
def test_a_wish_does_not_lapse_while_the_mentor_cannot_be_found(gone):
    mentor, kept = told_of_room(open_programme())
    Participation.objects.filter(pk=mentor.pk).update(**gone)

    services.tell_wishers(now=NOW + timedelta(days=3))

    kept.refresh_from_db()
    assert (kept.told_at, kept.ended_at) == (None, None)


@pytest.mark.parametrize("looked_before", [True, False])
def test_nobody_is_sent_to_write_to_a_mentor_who_cannot_be_asked(looked_before):
    mentor, kept = told_of_room(open_programme())
    status = queries.search_status(kept.mentee, now=NOW)
    assert (status.state, status.next_step) == (SearchState.WAITING, NextStep.INVITE)
    ExclusionFactory(person=mentor.person, other=kept.mentee.person)

    seen = queries.search(kept.mentee, now=NOW) if looked_before else None
    status = queries.search_status(kept.mentee, now=NOW, seen=seen)

    assert (status.state, status.next_step) == (SearchState.WAITING, NextStep.WAIT)
