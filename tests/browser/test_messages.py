"""Two people write to each other, each keeps a note, and somebody is reminded of a patient."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import expect

from mentorwell.accounts.services import create_account
from mentorwell.core.identifiers import kinds_in
from mentorwell.foundation.patients import words_of
from mentorwell.messages.models import Message
from tests.browser.looking import assert_clean, shot
from tests.browser.story import DESKTOP, PHONE, Somebody, letter_to, letters_to
from tests.core.identifying import NAMING, ORDINARY
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "I have an offer from Northgate. Can we talk about it before Friday?"
ANSWER = "Gladly. Read https://example.org/offers first.\nThen tell me what you would miss here."
TELLING = "It began with the patient in bed 4, J.S., DOB 3/4/61."


def account(name, address):
    return create_account(
        email=f"{address}@example.org", name=name, by=None, now=NOW, time_zone="UTC"
    )


@pytest.fixture
def pair(live_server, settings):
    """Amara and Helen, since a month, on a Wednesday noon."""
    settings.SITE_URL = live_server.url
    cache.clear()  # it counts who signs in how often, and outlives a test
    with time_machine.travel(NOW, tick=True) as clock:
        programme = ProgrammeFactory()
        pair = Pair(
            now=NOW - timedelta(days=30),
            programme=programme,
            mentor=MentorFactory(programme=programme, person=account("Dr. Helen Marsh", "helen")),
            mentee=MenteeFactory(programme=programme, person=account("Amara Okafor", "amara")),
        )
        pair.clock = clock
        yield pair


@pytest.fixture
def somebody(browser, live_server):
    """Call it with an address: that person, at a device of their own."""
    there = []

    def come(email, size, **more):
        there.append(Somebody(browser, live_server.url, email, size, **more))
        return there[-1]

    yield come
    for each in there:
        each.leave()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_two_people_write_to_each_other(pair, somebody, size):
    name = "phone" if size is PHONE else "desktop"
    amara, helen = somebody("amara@example.org", size), somebody("helen@example.org", size)

    amara.sign_in()
    amara.open(f"/mentorships/{pair.mentorship.uid}/")
    amara.press("Write a line")
    shot(amara.page, f"thread-empty-{name}")
    amara.fill("Write a message", QUESTION)
    amara.press("Send")
    amara.reads(QUESTION)

    pair.clock.shift(timedelta(minutes=11))
    letter = letter_to("helen@example.org", "Amara has written to you")
    assert "Northgate" not in str(letter.message())
    helen.sign_in()
    helen.open("/")
    helen.reads("A message from Amara")
    helen.follow(letter)
    helen.reads(QUESTION)
    expect(helen.page.get_by_text("I have read this")).to_have_count(0)  # it was said by itself
    helen.fill("Write a message", ANSWER)
    shot(helen.page, f"thread-writing-{name}")
    helen.press("Send")
    assert_clean(helen.page)
    helen.open("/")
    expect(helen.page.get_by_text("A message from Amara")).to_have_count(0)

    amara.open(f"/mentorships/{pair.mentorship.uid}/")
    amara.reads("1 new")
    for theme in ("light", "dark"):
        shot(amara.page, f"room-messages-{name}-{theme}", theme=theme)
    amara.press("Read and write")
    expect(amara.page.get_by_role("link", name="https://example.org/offers")).to_be_visible()
    for theme in ("light", "dark"):
        shot(amara.page, f"thread-{name}-{theme}", theme=theme)
    amara.press("Change")
    amara.fill("Your message", "Can we talk before Thursday?")
    amara.press("Keep this")
    amara.reads("changed")
    amara.press("Take back")
    amara.reads("Taken back")
    assert [message.text for message in Message.objects.all()] == ["", ANSWER]
    assert len([one for one in letters_to("helen@example.org") if "written" in one.subject]) == 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_reminder_comes_while_one_types_and_holds_nothing_back(pair, somebody, size):
    name = "phone" if size is PHONE else "desktop"
    amara = somebody("amara@example.org", size)
    amara.sign_in()
    amara.open(f"/mentorships/{pair.mentorship.uid}/messages/")
    reminder = amara.page.locator(".looks-like")

    amara.fill("Write a message", "Shall we meet in room 4 at 14:30?")
    expect(reminder).to_be_hidden()
    amara.fill("Write a message", TELLING)
    expect(reminder).to_contain_text("a room or bed with a name and a date of birth")
    assert_clean(amara.page, widths=(1280, 320))
    for theme in ("light", "dark"):
        shot(amara.page, f"reminder-{name}-{theme}", theme=theme)
    amara.press("Send")

    amara.reads(TELLING)
    amara.reads("Could a patient be known by it? It is kept as it is.")
    shot(amara.page, f"reminder-after-{name}")
    amara.press("Change it")
    amara.sees("Change what you wrote")
    amara.fill("Your message", "It began with a patient I could not forget.")
    expect(reminder).to_be_hidden()
    amara.press("Keep this")
    expect(amara.page.get_by_text("Could a patient be known")).to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_note_for_oneself(pair, somebody, size):
    name = "phone" if size is PHONE else "desktop"
    helen = somebody("helen@example.org", size)
    helen.sign_in()
    helen.open(f"/mentorships/{pair.mentorship.uid}/")
    helen.press("Write one")
    helen.fill("Write a note", "She answers faster when I wait.")
    helen.reads("Kept as a draft")
    helen.open(f"/mentorships/{pair.mentorship.uid}/notes/")  # as after a session that timed out
    expect(helen.page.get_by_label("Write a note")).to_have_value("She answers faster when I wait.")
    helen.press("Keep it")
    helen.reads("Kept, for you alone.")
    for theme in ("light", "dark"):
        shot(helen.page, f"notes-{name}-{theme}", theme=theme)
    helen.press("Delete")
    helen.sees("Note deleted")
    shot(helen.page, f"note-deleted-{name}")
    helen.press("Bring it back")
    helen.reads("She answers faster when I wait.")
    assert_clean(helen.page)


def test_the_script_reminds_of_just_what_the_server_finds(pair, sign_in, live_server):
    page = sign_in(pair.mentee)
    page.goto(f"{live_server.url}/mentorships/{pair.mentorship.uid}/messages/")
    box, reminder = page.get_by_label("Write a message"), page.locator(".looks-like")
    differ = []
    for sentence in (*NAMING, *ORDINARY):
        box.fill(sentence)
        said = reminder.text_content() if reminder.count() else ""
        if {words for words in map(words_of, kinds_in(sentence)) if words not in said} or (
            bool(said) != bool(kinds_in(sentence))
        ):
            differ.append((sentence, said))

    assert differ == []
