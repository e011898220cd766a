"""A meeting from its agenda to what stays: prepared in three taps, held by the guide, logged in two."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import expect

from mentorwell.accounts.services import create_account
from mentorwell.core.lifecycles import MeetingState
from mentorwell.meetings.models import Meeting
from tests.browser.looking import assert_clean
from tests.browser.story import DESKTOP, PHONE, Somebody, letter_to
from tests.factories.meetings import schedule
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


pytestmark = pytest.mark.django_db(transaction=True)

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def account(name, address):
    return create_account(
        email=f"{address}@example.org", name=name, by=None, now=NOW, time_zone="UTC"
    )


@pytest.fixture
def pair(live_server, settings):
    """Amara and Helen, since two months, on a Wednesday noon."""
    settings.SITE_URL = live_server.url
    cache.clear()  # it counts who signs in how often, and outlives a test
    with time_machine.travel(NOW, tick=True) as clock:
        programme = ProgrammeFactory()
        pair = Pair(
            now=NOW - timedelta(days=60),
            programme=programme,
            mentor=MentorFactory(programme=programme, person=account("Dr. Helen Marsh", "helen")),
            mentee=MenteeFactory(programme=programme, person=account("Amara Okafor", "amara")),
        )
        pair.clock = clock
        yield pair


@pytest.fixture
def somebody(browser, live_server):
    there = []

    def come(person, size):
        there.append(Somebody(browser, live_server.url, person.email, size))
        return there[-1]

    yield come
    for each in there:
        each.leave()


@SIZES
def test_an_agenda_is_prepared_in_three_taps(pair, somebody, size, record_property):
    at = NOW + timedelta(days=4)
    schedule(pair, at=at, now=NOW)
    amara = somebody(pair.mentee, size)
    amara.sign_in()
    pair.clock.move_to(at - timedelta(hours=40))

    amara.follow(letter_to(pair.mentee.email, "What would make it worth it?"))
    amara.press("A decision I am turning over")
    assert_clean(amara.page)
    amara.press("Keep it")

    amara.reads("A decision I am turning over")
    record_property("taps: prepare an agenda", (amara.taps, 3))
    assert amara.taps <= 3


@SIZES
def test_a_meeting_is_logged_in_two_taps_from_the_mail(pair, somebody, size, record_property):
    meeting = schedule(pair, at=NOW + timedelta(days=4), now=NOW)
    pair.clock.move_to(NOW + timedelta(days=4, minutes=46))
    amara = somebody(pair.mentee, size)

    amara.follow(letter_to(pair.mentee.email, "Did you and Helen meet?"))
    assert_clean(amara.page)
    amara.press("Yes, 45 minutes")

    amara.reads("Good. It counts.")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes_held) == (MeetingState.HELD, 45)
    record_property("taps: log a meeting", (amara.taps, 2))
    assert amara.taps <= 2


@SIZES
def test_what_stays_is_written_settled_and_opened_again(pair, somebody, size):
    schedule(pair, at=NOW - timedelta(hours=2), now=NOW - timedelta(days=3))
    helen = somebody(pair.mentor, size)
    helen.sign_in()
    helen.press("Mentorships")
    helen.press("Open the room")
    helen.press("Yes, 45 minutes")
    helen.fill("What do you take with you?", "She knows more than she thinks.")
    helen.fill("A next step", "Send her the paper.")
    helen.page.get_by_label("Rather: I listened more").check(force=True)
    assert_clean(helen.page)
    helen.press("Keep it")

    helen.reads("Send her the paper.")
    helen.press("Done")
    helen.reads("Done. Well done.")

    amara = somebody(pair.mentee, size)
    amara.sign_in()
    amara.open(f"/meetings/{Meeting.objects.get().uid}/")
    amara.reads("She knows more than she thinks.")
    expect(amara.page.get_by_text("listened more")).to_have_count(0)


@SIZES
def test_the_guide_is_walked_to_the_end_without_a_line(pair, somebody, size):
    meeting = schedule(pair, at=NOW + timedelta(hours=1), now=NOW - timedelta(days=1))
    helen = somebody(pair.mentor, size)
    helen.sign_in()
    helen.page.clock.install(time=NOW)
    helen.open(f"/meetings/{meeting.uid}/")
    helen.press("Open the guide")
    helen.press("30 min")
    assert_clean(helen.page)
    steps = helen.page.locator(".guide > details")
    expect(steps).to_have_count(6)

    helen.page.context.set_offline(True)
    helen.press("Start the clock")
    for minute, title in ((0, "Listen"), (4, "Observe"), (10, "Ask openly"), (25, "Next step")):
        helen.page.clock.fast_forward(timedelta(minutes=minute).seconds * 1000 - gone(helen))
        expect(helen.page.locator(".guide > details[open]")).to_have_count(1)
        expect(helen.page.locator(".guide > details[open] > summary")).to_contain_text(title)
    helen.page.locator(".guide > details[open] summary", has_text="Another three").first.click()
    expect(helen.page.locator(".guide > details[open] .questions:visible")).to_have_count(2)
    helen.reads("5 minutes left")
    helen.press("Stop the clock")
    helen.page.context.set_offline(False)


def gone(helen):
    """How long the clock of the guide has run, in whole minutes and milliseconds."""
    value = helen.page.locator(".guide progress").evaluate("bar => bar.value")
    return round(value) * 60_000
