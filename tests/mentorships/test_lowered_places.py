"""Fewer places never end a mentorship: free places close first, held ones as they fall free."""

import pytest

from mentorwell.mentorships import queries
from mentorwell.people.services import set_places
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW
from tests.factories.people import MentorFactory
from tests.factories.programmes import ProgrammeFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    programme = ProgrammeFactory()
    return Pair(programme=programme, mentor=MentorFactory(programme=programme, places=3))


def lower(pair, places):
    set_places(participation=pair.mentor_part, places=places, by=pair.mentor, now=NOW)


def open_numbers(pair):
    return list(pair.mentor_part.places.filter(closed_at=None).values_list("number", flat=True))


def test_the_held_place_is_the_last_to_close(pair):
    pair.mentor_part.places.filter(number=1).update(number=9)  # what is held stands last now

    lower(pair, 1)

    assert open_numbers(pair) == [9]
    assert queries.free_places([pair.mentor_part.pk]) == {pair.mentor_part.pk: []}


def test_a_mentor_without_places_keeps_the_mentorship_that_runs(pair):
    lower(pair, 0)

    assert open_numbers(pair) == []
    assert pair.fresh().state == "forming"
    assert queries.free_places([pair.mentor_part.pk]) == {pair.mentor_part.pk: []}
