"""The whole story in the browser: from a file of the office's to a good end."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from mentorwell.accounts import services as accounts
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.ops.worker import run_once
from mentorwell.people.models import TopicChoice
from mentorwell.programmes.roles import Role
from tests.browser.story import (
    DESKTOP,
    PHONE,
    Somebody,
    entry_in,
    letter_to,
    link_in,
)
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db(transaction=True)

ZONE = "Europe/London"
COLUMNS = (
    "first name,last name,email address,both mentor and mentee,job title,grade,organisation,"
    "profession"
)
MENTORS = f"""{COLUMNS},characteristics,biography
Helen,Marsh,helen.marsh@example.org,no,Cardiologist,Grade 7,Riverside,Cardiology,,"I failed my first board exam. Ask me about coming back."
Tunde,Adeyemi,tunde.adeyemi@example.org,no,Hospitalist,Grade 6,Northgate,Hospital medicine,,Quality improvement is where I found my joy again.
"""
MENTEES = f"""{COLUMNS},match with similar identity,identity to match,biography
Amara,Okafor,amara.okafor@example.org,no,Resident,HEO,Riverside,Cardiology,no,,I came to hearts late.
"""
WHY_YOU = "You came back after an exam that went wrong. I would like to ask you how."
THANKS = "I still hear your questions when I stand at a bedside."
TWO = 2  # taps, the one on the mail's link among them


@pytest.fixture
def clock():
    """The story begins on a Wednesday noon, and goes on as it is told to."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def house(clock, live_server, settings):
    """A hospital with one open programme, and nobody in it but its director."""
    settings.SITE_URL = live_server.url
    cache.clear()  # it counts who signs in how often, and outlives a test
    director = accounts.create_account(
        email="ruth.abrams@example.org", name="Ruth Abrams", by=None, now=NOW, time_zone=ZONE
    )
    programme = ProgrammeFactory(
        name="Medicine",
        template="general",
        search_opens_date=NOW.date(),
        organisation__name="Riverside Health",
        organisation__time_zone=ZONE,
    )
    OfficeRoleFactory(programme=programme, person=director, role=Role.DIRECTOR)
    return programme


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


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_whole_story(clock, somebody, size, tmp_path, record_property):
    ruth = somebody("ruth.abrams@example.org", size)
    helen = somebody("helen.marsh@example.org", size)
    tunde = somebody("tunde.adeyemi@example.org", size)
    amara = somebody("amara.okafor@example.org", size)

    the_office_brings_people_in(ruth, tmp_path)
    the_mentor_says_yes_on_one_screen(helen)
    another_is_entered_after_a_call(ruth, tunde)
    the_mentee_finds_somebody(amara)
    the_mentee_writes(amara)
    taps = the_mentor_accepts_in_two_taps(helen)
    record_property("taps: answer an invitation", (taps, TWO))
    they_choose_a_time(amara, helen)
    they_agree(amara, helen)
    they_meet(amara, clock)
    taps = they_part(amara, helen, clock)
    record_property("taps: end", (taps, 3))


def the_office_brings_people_in(ruth, folder):
    ruth.sign_in()
    ruth.press("Office")
    for name, part, rows in (("mentors", "Mentors", MENTORS), ("mentees", "Mentees", MENTEES)):
        file = folder / f"{name}.csv"
        file.write_text(rows)
        ruth.press("Bring people in")
        ruth.page.get_by_label("File with people").set_input_files(file)
        ruth.press("Read this file")
        ruth.page.get_by_label("Who is in it").select_option(label=part)
        ruth.press("Check every row")
        run_once()
        ruth.sees("Every row is good")
        ruth.press("Bring them in")
        run_once()
        ruth.sees("They are in")
    assert mail.outbox[1:] == []  # but for the director's own code
    ruth.press("Look at the welcome")
    ruth.press("Send the welcome")
    ruth.sees("Nobody waits for a welcome")


def the_mentor_says_yes_on_one_screen(helen):
    helen.open(link_in(letter_to(helen.email, "Welcome")))
    helen.sign_in()
    helen.press("Have a look")
    helen.choose("Cardiology")
    helen.press("Yes, I would like to mentor")
    helen.reads("Mentees can find you now.")


def another_is_entered_after_a_call(ruth, tunde):
    """The coordinator notes what was said; the mentor presses one button, without signing in."""
    ruth.press("People")
    ruth.press("Enter a mentor after a call")
    ruth.fill("Name", "Tunde Adeyemi")
    ruth.fill("E-mail", tunde.email)
    ruth.page.get_by_label("One topic").select_option("quality-improvement")
    ruth.press("Ask them to confirm")
    tunde.follow(letter_to(tunde.email, "Please confirm"))
    tunde.press("Yes, that is right")
    assert tunde.taps == TWO


def the_mentee_finds_somebody(amara):
    amara.open(link_in(letter_to(amara.email, "Welcome")))
    amara.sign_in()
    amara.press("Begin")
    amara.choose("Exams and applications")
    amara.choose("By video too")
    amara.press("Show me mentors")
    amara.reads("2 mentors, those who fit you best first.")
    amara.reads(re.compile("Helen offers (it|Cardiology)"))
    amara.press("Compare Helen Marsh")
    amara.press("Compare these two")
    amara.sees("Two people, side by side")


def the_mentee_writes(amara):
    amara.press("Invite Helen")
    amara.fill("Why this mentor?", WHY_YOU)
    amara.fill("What do you bring?", "Time on Thursdays.")
    amara.press("Send it to Helen")
    amara.reads("Waits for an answer")
    amara.reads(WHY_YOU)


def the_mentor_accepts_in_two_taps(helen):
    """The mail says who, and nothing of what was written; its page needs no signing in."""
    letter = letter_to(helen.email, "would like to learn from you")
    assert WHY_YOU not in letter.message().as_string()
    stranger = helen.elsewhere()
    stranger.follow(letter)
    stranger.reads(WHY_YOU)
    stranger.press("Yes, I will mentor Amara")
    stranger.sees("You said yes")
    assert stranger.taps == TWO
    return stranger.taps


def they_choose_a_time(amara, helen):
    amara.open(link_in(letter_to(amara.email, "has said yes")))
    amara.press("See what comes next")
    amara.press("Choose a time")
    amara.press("This one")
    amara.reads("Both confirmed")
    for one in (amara, helen):
        meeting = meeting_in(letter_to(one.email, " and you: "))
        assert (meeting["SUMMARY"], meeting["CLASS"]) == ("Meeting", "PRIVATE")
        assert meeting.end - meeting.start == timedelta(minutes=45)


def meeting_in(letter):
    entry = entry_in(letter)
    assert entry["METHOD"] == "REQUEST"
    return entry.events[0]


def they_agree(amara, helen):
    """Each alone, then side by side with the differences first, then both say yes."""
    amara.press("Mentorships")
    amara.press("Open the room")
    amara.press("Make a start")
    for question, answer in (
        ("What kind of relationship would you like?", "Career"),
        ("What should your meetings be like?", "Over coffee or lunch"),
        ("Who should bring the agenda?", "The mentee"),
    ):
        amara.choose(answer, within=question)
    amara.press("Send my answers")
    amara.reads("It opens when all of you have answered")

    helen.press("Sign in to see more")
    helen.sign_in()
    helen.press("Mentorships")
    helen.press("Open the room")
    helen.press("Make a start")
    for question, answer in (
        ("What kind of relationship would you like?", "Career"),
        ("What should your meetings be like?", "Walk and talk"),
        ("Who should bring the agenda?", "The mentee"),
    ):
        helen.choose(answer, within=question)
    helen.press("Send my answers")

    helen.reads("When did you last talk with somebody so that it helped")
    helen.choose("Over coffee or lunch", within="What are your meetings like?")
    helen.fill("What do you meet for?", "To find out whether hearts are her place.")
    helen.choose("Both, before you part", within="Who finds the time?")
    helen.press("Send it to Amara")

    amara.press("Read or change")
    amara.reads("To find out whether hearts are her place.")
    amara.press("I agree")
    amara.press("Read or change")
    amara.reads("Agreed on")


def they_meet(amara, clock):
    clock.move_to(meeting_in(letter_to(amara.email, " and you: ")).end)
    amara.press("Today")
    amara.press("Say so")
    amara.press("Yes, 45 minutes")
    amara.reads("Good. It counts.")
    amara.press("Not now")
    amara.reads("You met")


def they_part(amara, helen, clock):
    before = amara.taps
    amara.press("End this mentorship")
    amara.fill("A word of thanks", THANKS)
    amara.press("End it")
    amara.sees("You have ended this mentorship")
    taps = amara.taps - before
    clock.shift(timedelta(minutes=61))
    helen.open(link_in(letter_to(helen.email, "has ended")))
    for one in (amara, helen):
        one.press("Mentorships")
        one.press("Look back")
        one.reads("Ended on")
        one.reads(THANKS)
        one.reads("You met")
    return taps


# --- Without JavaScript, and without a mouse ----------------------------------------------


@pytest.fixture
def mentors(house):
    """Two ready mentors whom a mentee of the house may ask."""
    for name, topic in (("Helen Marsh", "cardiology"), ("Tunde Adeyemi", "quality-improvement")):
        mentor = MentorFactory(programme=house, person__name=f"Dr. {name}", places=2)
        TopicChoice.objects.create(participation=mentor, topic=topic)


@pytest.fixture
def newcomer(house):
    """A mentee whom the office has brought in, and who has an account."""
    person = accounts.create_account(
        email="amara.okafor@example.org", name="Amara Okafor", by=None, now=NOW, time_zone=ZONE
    )
    return MenteeFactory(programme=house, person=person, state=ParticipationState.INVITED)


@pytest.mark.usefixtures("mentors")
def test_a_mentee_needs_no_javascript(newcomer, somebody):
    amara = somebody(newcomer.person.email, PHONE, scripts=False)
    amara.sign_in()
    amara.press("Begin")
    amara.choose("Exams and applications")
    amara.press("Show me mentors")
    amara.reads("2 mentors, those who fit you best first.")

    amara.press("Me", exact=True)
    amara.press("Tell it")
    amara.fill("Find a topic", "heart")
    amara.press("Find", exact=True, within="main")
    amara.choose("Cardiology")
    amara.press("Keep these")
    amara.press("Find", exact=True, within="nav")
    amara.reads("Cardiology")
    amara.choose("Most", within="Shared interests")
    amara.press("Show the list again")
    expect(amara.page.locator(".person .who").first).to_contain_text("Helen Marsh")

    amara.press("Compare Dr. Helen Marsh")
    amara.press("Compare these two")
    amara.press("Invite Helen")
    amara.press("Send it to Helen")
    amara.reads("Please fill this in.")
    amara.fill("Why this mentor?", WHY_YOU)
    amara.press("Keep for later")
    amara.press("Send it to Helen")
    amara.reads("Waits for an answer")


def test_topics_are_found_by_keyboard_alone(newcomer, somebody):
    amara = somebody(newcomer.person.email, DESKTOP)
    amara.sign_in()
    keys = amara.page.keyboard
    amara.open(f"/me/{newcomer.uid}/topics/")

    amara.page.get_by_label("Find a topic").focus()
    keys.type("heart")
    expect(amara.page.get_by_role("checkbox", name="Cardiology", exact=True)).to_be_visible()
    walk_to(amara.page, "Cardiology")
    keys.press("Space")
    walk_to(amara.page, "Keep these")
    keys.press("Enter")

    expect(amara.page).not_to_have_url(re.compile("topics"))
    assert [choice.topic for choice in newcomer.topic_choices.all()] == ["cardiology"]


def test_values_are_chosen_and_ordered_by_keyboard_alone(newcomer, somebody):
    amara = somebody(newcomer.person.email, DESKTOP)
    amara.sign_in()
    amara.open("/me/values/")

    for value in ("Caring", "Honesty", "Growth"):
        walk_to(amara.page, value)
        amara.page.keyboard.press("Enter")
        expect(amara.page.locator(".picked b", has_text=value)).to_be_visible()
    walk_to(amara.page, "Move Growth up")
    amara.page.keyboard.press("Enter")
    expect(amara.page.locator(".picked b")).to_have_text(["Caring", "Growth", "Honesty"])
    walk_to(amara.page, "Keep these")
    amara.page.keyboard.press("Enter")

    expect(amara.page).not_to_have_url(re.compile("values"))
    chosen = newcomer.person.value_choices.order_by("rank")
    assert [choice.value for choice in chosen] == ["caring", "growth", "honesty"]


def walk_to(page, name):
    """Press Tab until the control of this name has the focus, as somebody without a mouse does."""
    for _ in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_OF_FOCUSED) == name:
            return
    raise AssertionError(f"{name!r} is not on the way of the keyboard")


LONGEST_WALK = 120  # presses: more than any page of ours has stops
NAME_OF_FOCUSED = """() => {
    const focused = document.activeElement;
    return (focused.closest("label") || focused).textContent.trim();
}"""
