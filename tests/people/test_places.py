"""How many mentorships at a time somebody has room for."""

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation import hooks
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.people import queries, rules, services
from mentorwell.people.models import Place
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db


def set_places(mentor, places, by=None):
    services.set_places(participation=mentor, places=places, by=by or mentor.person, now=NOW)


def numbers(mentor):
    return [place.number for place in queries.open_places(mentor)]


@pytest.fixture
def heard(monkeypatch):
    """Collect what the hooks announce, besides whoever listens already."""
    events = []
    for hook in (hooks.places_freed, hooks.places_closed):
        monkeypatch.setattr(hook, "listeners", [events.append])
    monkeypatch.setattr(hooks.places_closing, "listeners", [])
    return events


@pytest.mark.parametrize("had", [0, 1, 3])
@pytest.mark.parametrize("wanted", [0, 1, 2, 3])
def test_a_mentor_sets_places_from_none_to_the_most_of_the_policy(had, wanted):
    mentor = MentorFactory(places=had)

    set_places(mentor, wanted)

    assert numbers(mentor) == list(range(1, wanted + 1))


def test_closed_places_open_again_before_new_ones_are_added():
    mentor = MentorFactory(places=3)
    set_places(mentor, 1)
    set_places(mentor, 3)

    assert list(mentor.places.values_list("number", "closed_at")) == [
        (1, None),
        (2, None),
        (3, None),
    ]


def test_more_places_are_announced_to_those_who_wait(heard):
    mentor = MentorFactory(places=1)

    set_places(mentor, 2)

    assert heard == [hooks.PlacesFreed(mentor.pk, NOW)]


def test_fewer_places_are_announced_with_those_that_closed(heard):
    mentor = MentorFactory(places=3)
    closed = {place.pk for place in mentor.places.filter(number__gte=2)}

    set_places(mentor, 1)

    assert heard == [hooks.PlacesClosed(mentor.pk, frozenset(closed), mentor.person, NOW)]


def test_the_same_number_announces_nothing(heard):
    set_places(MentorFactory(places=2), 2)

    assert heard == []


def test_free_places_close_before_held_ones(heard, monkeypatch):
    mentor = MentorFactory(places=3)
    held = set(mentor.places.filter(number__gte=2).values_list("pk", flat=True))

    def hold(event):
        assert (event.participation_id, event.now) == (mentor.pk, NOW)
        event.held.update(held)

    monkeypatch.setattr(hooks.places_closing, "listeners", [hold])

    set_places(mentor, 2)
    assert numbers(mentor) == [2, 3]

    set_places(mentor, 1)
    assert numbers(mentor) == [2]


def test_a_closed_place_keeps_its_row_with_the_moment():
    mentor = MentorFactory(places=2)

    set_places(mentor, 1)

    assert Place.objects.get(participation=mentor, number=2).closed_at == NOW


def test_setting_places_makes_searches_stale_and_is_audited():
    mentor = MentorFactory(places=1)

    set_places(mentor, 2)

    programme = Programme.objects.get(pk=mentor.programme_id)
    assert programme.pool_version == mentor.programme.pool_version + 1
    assert Event.objects.get().verb == "people.places.set"


@pytest.mark.parametrize("places", [-1, 4])
def test_set_places_refuses_a_number_outside_the_policy(places):
    mentor = MentorFactory(places=1)

    with pytest.raises(NotPossibleNow, match="up to 3 places"):
        set_places(mentor, places)

    assert numbers(mentor) == [1]


def test_the_office_may_give_more_and_the_mentor_keeps_what_was_given():
    mentor = MentorFactory(places=1)
    office = OfficeRoleFactory(programme=mentor.programme).person
    assert rules.places_most(mentor.person, mentor) == 3

    set_places(mentor, 6, by=office)

    assert rules.places_most(mentor.person, mentor) == 6
    set_places(mentor, 5)
    with pytest.raises(NotPossibleNow, match="up to 5 places"):
        set_places(mentor, 6)
    with pytest.raises(NotPossibleNow, match="up to 50 places"):
        set_places(mentor, 51, by=office)


def test_set_places_refuses_other_people():
    mentor = MentorFactory()
    other = MenteeFactory(programme=mentor.programme).person

    for stranger in (UserFactory(), other):
        with pytest.raises(NotAllowed, match="Only the person or the programme office"):
            set_places(mentor, 1, by=stranger)


def test_who_has_left_has_no_places():
    mentor = MentorFactory(state=ParticipationState.LEFT)

    with pytest.raises(NotPossibleNow, match="has left"):
        set_places(mentor, 1)
