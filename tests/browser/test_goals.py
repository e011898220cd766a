"""From a line to a goal that is reached: written, shared with one mentor, celebrated, taken back."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from mentorwell.accounts.services import create_account
from mentorwell.foundation import clock
from tests.browser.looking import assert_clean
from tests.browser.story import DESKTOP, PHONE, Somebody
from tests.factories.mentorships import Pair
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


pytestmark = pytest.mark.django_db(transaction=True)

GOAL = "Lead a resuscitation without a lump in my throat."


def account(name, address):
    return create_account(
        email=f"{address}@example.org", name=name, by=None, now=clock.now(), time_zone="UTC"
    )


@pytest.fixture
def pair(live_server, settings):
    settings.SITE_URL = live_server.url
    cache.clear()  # it counts who signs in how often, and outlives a test
    programme = ProgrammeFactory()
    return Pair(
        now=clock.now(),
        programme=programme,
        mentor=MentorFactory(programme=programme, person=account("Dr. Helen Marsh", "helen")),
        mentee=MenteeFactory(programme=programme, person=account("Amara Okafor", "amara")),
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_goal_is_written_shared_reached_and_taken_up_again(pair, browser, live_server, size):
    amara = Somebody(browser, live_server.url, pair.mentee.email, size)
    helen = Somebody(browser, live_server.url, pair.mentor.email, size)
    amara.sign_in()
    amara.open("/goals/")
    amara.press("Write one down")
    amara.fill("What would you like?", GOAL)
    amara.choose("Clinical craft", within="What is it about?")
    amara.fill("What is the smallest next step?", "Stand at the head next time.")
    assert_clean(amara.page)
    amara.press("Keep it")
    amara.reads("Kept, for you alone.")
    amara.choose("Amara and Helen")
    amara.press("Keep this")

    helen.sign_in()
    helen.press("Mentorships")
    helen.press("Open the room")
    helen.press(GOAL)
    helen.reads("Amara shares this goal")
    expect(helen.page.get_by_role("button", name="I got there")).to_have_count(0)

    amara.fill("What do you keep from it?", "I can be afraid and still lead.")
    amara.press("I got there")
    amara.reads("You got there. Let that stand for a moment.")
    amara.reads("I can be afraid and still lead.")
    assert_clean(amara.page)
    amara.press("Take it up again")
    amara.reads("It is yours again.")
    amara.leave()
    helen.leave()
