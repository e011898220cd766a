"""Within the hour in which an ending can be undone, no page tells anybody else of it."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.matching import queries, rules
from mentorwell.matching.enums import SearchState
from mentorwell.mentorships.services import end_mentorship, finish_endings
from mentorwell.programmes.roles import Role
from tests.factories.matching import open_programme
from tests.factories.meetings import schedule
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW
from tests.factories.people import MentorFactory
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pair():
    """A pair with a meeting ahead, in a programme where somebody else has room."""
    programme = open_programme()
    MentorFactory(programme=programme)
    pair = Pair(programme=programme)
    pair.mentee_part.looking_since = NOW
    pair.mentee_part.save()
    schedule(pair)
    return pair


def pages_of(reader, pair):
    """The pages on which the reader could notice an ending, by name."""
    slug = [pair.programme.slug]
    office = {name: reverse(f"office:{name}", args=slug) for name in OFFICE}
    member = {
        "today": "/",
        "search": reverse("matching:mentor-list"),
        "invitations": reverse("matching:invitation-list"),
        "me": reverse("people:me-show"),
        "mentorships": reverse("mentorships:mentorship-list"),
        "room": reverse("mentorships:room", args=[pair.mentorship.uid]),
    }
    return office if reader == "office" else member


OFFICE = ("overview-show", "people-list", "mentorship-list")


def words_on(client, pages):
    found = {}
    for name, address in pages.items():
        answer = client.get(address)
        assert answer.status_code == 200
        found[name] = BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)
    return found


@pytest.mark.parametrize(
    ("reader", "ender"),
    [("mentee", "mentor"), ("mentor", "mentee"), ("office", "mentor"), ("office", "mentee")],
)
def test_everybody_elses_pages_stay_as_they_were_until_they_are_told(client, pair, reader, ender):
    office = OfficeRoleFactory(programme=pair.programme, role=Role.DIRECTOR).person
    client.force_login(office if reader == "office" else getattr(pair, reader))
    pages = pages_of(reader, pair)
    before = words_on(client, pages)
    # What must not change was there to be seen.
    if reader == "office":
        assert "1 of 1 taken" in before["people-list"]
    else:
        assert "Tuesday 15 January" in before["mentorships"]

    end_mentorship(mentorship=pair.mentorship, by=getattr(pair, ender), now=NOW)
    assert words_on(client, pages) == before

    finish_endings(now=NOW + HOUR)
    assert words_on(client, pages) != before


def test_a_mentee_looks_again_when_they_are_told_and_who_ended_it_at_once(pair):
    mentee = pair.mentee_part
    mentee.refresh_from_db()

    def state(now):
        return queries.search_status(mentee, now=now).state

    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    assert (queries.knows_free_place(mentee), state(NOW)) == (False, SearchState.FOUND)
    other = MentorFactory(programme=pair.programme)
    assert not rules.can_invite(pair.mentee, mentee, other, now=NOW)

    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW + HOUR / 2)
    assert (queries.knows_free_place(mentee), state(NOW)) == (True, SearchState.CHOOSING)
    assert rules.can_invite(pair.mentee, mentee, other, now=NOW)
