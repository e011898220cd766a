"""Bringing people in from a file, as the office sees it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mentorwell.core.lifecycles import ImportState
from mentorwell.foundation import clock
from mentorwell.foundation.services import jobs
from mentorwell.office.models import ImportRun
from mentorwell.people.models import Participation
from tests.browser.looking import THEMES, assert_clean, shot
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, SiteFactory
from tests.office.rosters import ADA, BEN, checked, crowd, written


@pytest.fixture
def programme(transactional_db):
    return ProgrammeFactory(slug="night-school", name="Internal Medicine Residency")


@pytest.fixture
def office(page, live_server, sign_in, programme):
    """Call it with a page's name: the office's director opens it."""
    director = OfficeRoleFactory(programme=programme, role="director").person
    sign_in(director)

    def opened(name, *uids):
        page.goto(live_server.url + reverse(f"office:{name}", args=["night-school", *uids]))
        return page

    return opened


def work():
    while jobs.run_next_job(worker="test", now=clock.now()):
        pass


def look(page, name):
    for theme in THEMES:
        shot(page, f"{name}-1280-{theme}", width=1280, theme=theme)
        shot(page, f"{name}-360-{theme}", width=360, theme=theme)
    assert_clean(page)


FULL = {
    "headline": "Consultant cardiologist",
    "stage": "PGY-1",
    "hospital": "Riverside West",
    "topics": "Research; Night float",
    "start date": "2026-07-01",
    "gender": "x",
    "biography": "I came to cardiology by a detour through rural practice.",
    "parking permit": "12",
}


def test_people_come_in_from_a_file(office, page, programme):
    office("import-list")
    look(page, "import-list-empty")
    page.get_by_label("File with people").set_input_files(
        {
            "name": "residents 2026.csv",
            "mimeType": "text/csv",
            "buffer": written(*({**each, **FULL} for each in crowd(6))),
        }
    )
    page.get_by_role("button", name="Read this file").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What is in each column?")
    page.get_by_role("button", name="Check every row").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("One moment")
    look(page, "import-checking")
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every row is good")
    look(page, "import-good")
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("Bringing everyone in at once")).to_be_visible()
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("They are in")
    assert Participation.objects.count() == 6

    page.get_by_role("link", name="Look at the welcome").click()
    page.get_by_label("How many at most").select_option("10")
    page.get_by_role("button", name="Send the welcome").click()
    expect(page.get_by_text("on its way to 6 people")).to_be_visible()
    look(page, "welcome-none")


def test_what_is_wrong_is_put_right_on_the_page(office, page, programme):
    SiteFactory(organisation=programme.organisation, name="Riverside Main")
    run = checked(
        programme,
        {**ADA, "site": "Riverside Mian", "stage": "Boss", "places": "12"},
        {**BEN, "email": "ben at home", "site": "HQ", "stage": "Boss"},
        create=(),
    )
    office("import-show", run.uid)
    page.get_by_label("Boss").select_option("Dean")
    page.get_by_role("button", name="Check again with these").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One moment")
    work()
    expect(page.get_by_text("What to put right")).to_be_visible()
    expect(page.get_by_role("cell", name="Boss")).to_have_count(0)


def test_what_failed_is_said(office, page, programme):
    run = checked(programme, ADA)
    failure = "A site or unit of this file was removed. Check the file once more."
    ImportRun.objects.update(state=ImportState.FAILED, failure=failure)
    office("import-show", run.uid)
    look(page, "import-failed")
