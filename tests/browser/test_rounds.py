"""A round in the browser: three runs side by side, one changed by hand, published, answered."""

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import expect

from mentorwell.accounts import services as accounts
from mentorwell.matching import services
from mentorwell.matching.models import Round
from mentorwell.matching.queries.snapshot import forget
from mentorwell.ops.worker import run_once
from mentorwell.people.models import TopicChoice
from mentorwell.programmes.roles import Role
from tests.browser.looking import assert_clean, shot
from tests.browser.story import DESKTOP, PHONE, Somebody, letter_to, link_in
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db(transaction=True)

ZONE = "Europe/London"
MENTORS = {
    "Helen Marsh": "cardiology",
    "Tunde Adeyemi": "quality-improvement",
    "Maya Lindqvist": "cardiology",
    "Omar Haddad": "quality-improvement",
    "Grace Liu": "cardiology",
}
MENTEES = {
    "Amara Okafor": "cardiology",
    "Jonas Weber": "cardiology",
    "Lucia Romero": "quality-improvement",
    "Priya Nair": "cardiology",
    "Tomas Novak": "quality-improvement",
}


def address(name):
    return f"{name.lower().replace(' ', '.')}@example.org"


def account(name):
    return accounts.create_account(email=address(name), name=name, by=None, now=NOW, time_zone=ZONE)


@pytest.fixture
def house(live_server, settings):
    """One open programme with five mentors and five mentees who look."""
    with time_machine.travel(NOW, tick=True):
        settings.SITE_URL = live_server.url
        cache.clear()
        forget()
        programme = ProgrammeFactory(
            name="Medicine",
            template="general",
            search_opens_date=NOW.date(),
            organisation__name="Riverside Health",
            organisation__time_zone=ZONE,
        )
        OfficeRoleFactory(programme=programme, person=account("Ruth Abrams"), role=Role.DIRECTOR)
        for name, topic in MENTORS.items():
            mentor = MentorFactory(programme=programme, person=account(name), places=2)
            TopicChoice.objects.create(participation=mentor, topic=topic)
        for name, topic in MENTEES.items():
            mentee = MenteeFactory(programme=programme, person=account(name), looking_since=NOW)
            TopicChoice.objects.create(participation=mentee, topic=topic)
        yield programme


@pytest.fixture
def somebody(browser, live_server):
    """Call it with a name: that person, at a device of their own."""
    there = []

    def come(name, size):
        there.append(Somebody(browser, live_server.url, address(name), size))
        return there[-1]

    yield come
    for each in there:
        each.leave()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_round_from_its_beginning_to_the_next_suggestion(house, somebody, size):
    ruth, amara = somebody("Ruth Abrams", size), somebody("Amara Okafor", size)
    the_office_begins_it(ruth)
    a_mentee_joins_and_says_whom_she_would_like(amara)
    the_others_join(house)
    the_office_tries_three_runs(ruth)
    the_office_changes_one_by_hand_and_publishes(ruth)
    first = the_mentee_writes_to_the_first(amara)
    the_mentor_says_not_now(somebody(first, size))
    the_next_one_is_named(amara, first)


def the_office_begins_it(ruth):
    ruth.sign_in()
    ruth.press("Office")
    ruth.press("Rounds")
    ruth.press("Begin a round")
    ruth.fill("Name", "Winter 2030")
    ruth.fill("Last day to join and wish", "2030-01-20")
    ruth.fill("The round closes on", "2030-03-15")
    ruth.press("Begin it")
    ruth.sees("Winter 2030")
    ruth.reads("People join and wish")


def a_mentee_joins_and_says_whom_she_would_like(amara):
    amara.sign_in()
    amara.press("See what it means")
    assert_clean(amara.page, widths=(1280, 320))
    shot(amara.page, "round-to-join")
    amara.choose("Mentors may read what I look for")
    amara.press("Join the round")
    amara.press("Name some")
    amara.press("Grace Liu")
    expect(amara.page.locator(".picked")).to_contain_text("Grace Liu")
    shot(amara.page, "round-wishes")
    amara.press("Keep this")
    amara.reads("Grace Liu")
    amara.reads("Only you can read it.")


def the_others_join(house):
    round_ = Round.objects.get()
    liked = house.participations.get(person__name="Helen Marsh")
    for name in list(MENTEES)[1:]:
        one = house.participations.get(person__name=name)
        told = {"round_": round_, "by": one.person, "now": NOW}
        services.speak_in_round(participation=one, takes_part=True, **told)
        services.wish_in_round(mentee=one, ranked=[liked], **told)


def the_office_tries_three_runs(ruth):
    ruth.page.reload()
    ruth.press("Stop the wishes")
    for way in ("Most people, best fit", "Most people, nobody badly off", "Mentees' own order"):
        ruth.choose(way)
        ruth.press("Run it")
        ruth.reads("Waits for its turn")
    run_once()
    expect(ruth.page.get_by_text("5 of 5", exact=True)).to_have_count(3)  # the page asks by itself
    assert_clean(ruth.page, widths=(1280, 320))
    shot(ruth.page, "round-runs-side-by-side")
    ruth.press("Show pair by pair")
    ruth.sees("Run 2 and Run 3")
    assert_clean(ruth.page, widths=(1280, 320))
    shot(ruth.page, "round-differences")
    ruth.press("Winter 2030")


def the_office_changes_one_by_hand_and_publishes(ruth):
    ruth.press("Run 1")
    shot(ruth.page, "round-run")
    row = ruth.page.get_by_role("row", name="Lucia Romero")
    row.get_by_text("Change", exact=False).first.click()
    helen = row.get_by_role("option", name="Helen Marsh", exact=False, include_hidden=True)
    row.get_by_label("Rather with").select_option(value=helen.get_attribute("value"))
    row.get_by_role("button", name="See what it costs").click()
    ruth.reads("As many mentees have a mentor as before.")
    ruth.reads("All pairs together fit")
    assert_clean(ruth.page, widths=(1280, 320))
    shot(ruth.page, "round-what-a-change-costs")
    ruth.press("Make this change")
    ruth.sees("Run 1, by hand")
    ruth.reads("Lucia Romero with Helen Marsh")
    shot(ruth.page, "round-run-by-hand")
    ruth.press("Publish this run")
    shot(ruth.page, "round-publish")
    ruth.press("Publish it")
    ruth.reads("It runs by itself now")
    run_once()
    shot(ruth.page, "round-published")


def the_mentee_writes_to_the_first(amara):
    letter = letter_to(amara.email, "There are suggestions for you")
    assert not any(name in letter.body for name in MENTORS)
    amara.open(link_in(letter))
    names = suggested(amara)
    assert len(names) == 3
    assert_clean(amara.page, widths=(1280, 320))
    shot(amara.page, "round-suggestions")
    amara.press(f"Write to {names[0].split()[0]}")
    expect(amara.page.get_by_label("Why this mentor?")).to_have_value(
        f"Dear {names[0]},\n"
        "I am looking for somebody to learn from about Cardiology, which you offer.\n"
        "I would like to ask you for a first conversation."
    )
    amara.press("Send it to")
    amara.reads("Waits for an answer")
    return names[0]


def suggested(mentee):
    return mentee.page.locator("section[aria-labelledby=suggestions] article h3").all_inner_texts()


def the_mentor_says_not_now(mentor):
    mentor.follow(letter_to(mentor.email, "would like to learn from you"))
    mentor.press("Not now")
    mentor.sees("You have answered")


def the_next_one_is_named(amara, first):
    run_once()
    amara.open("/")
    amara.press("See them")
    names = suggested(amara)
    assert len(names) == 3
    assert first not in names
    amara.reads("Your invitation")
    shot(amara.page, "round-the-next-suggestion")
