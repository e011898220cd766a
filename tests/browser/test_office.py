"""Pages of the programme office that answer while one stays on them."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.looking import assert_clean
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


@pytest.fixture
def coordinator(transactional_db):
    programme = ProgrammeFactory(slug="night-school", name="Internal Medicine Residency")
    MenteeFactory.create_batch(8, programme=programme)
    MentorFactory.create_batch(2, programme=programme)
    return OfficeRoleFactory(programme=programme).person


def test_the_list_follows_its_filters_without_a_button(coordinator, page, live_server, sign_in):
    sign_in(coordinator)
    page.goto(live_server.url + reverse("office:people-list", args=["night-school"]))
    rows = page.locator("#people tbody tr")
    expect(rows).to_have_count(10)

    page.locator("#id_part").select_option("mentor")
    expect(rows).to_have_count(2)
    expect(page).to_have_url(re.compile("part=mentor"))

    page.locator("#id_standing").select_option("left")
    expect(page.get_by_text("Nobody like that here")).to_be_visible()


def test_a_form_sent_too_early_says_what_is_missing(coordinator, page, live_server, sign_in):
    sign_in(coordinator)
    page.goto(live_server.url + reverse("office:link-create", args=["night-school"]))

    page.get_by_role("button", name="Enter this link").click()

    expect(page.get_by_role("alert")).to_contain_text("Something is missing")
    assert_clean(page, widths=(1280, 320))
