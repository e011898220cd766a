import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mentorwell.accounts.http import LAST_SEEN, SHARED_COMPUTER
from mentorwell.foundation import clock
from tests.browser.looking import assert_clean
from tests.factories.accounts import UserFactory


@pytest.fixture
def gallery(page, live_server):
    page.goto(live_server.url + reverse("site:gallery-show"))
    return page


def test_pages_about_errors_are_clean(page, live_server):
    page.goto(live_server.url + "/there-is-no-such-page")

    expect(page.get_by_role("heading", level=1)).to_have_text("We cannot find that page")
    assert_clean(page)


def test_the_bar_of_five_stands_at_the_foot_of_a_phone(page, live_server, sign_in):
    sign_in(UserFactory())
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(live_server.url + reverse("site:gallery-show"))

    bar = page.get_by_role("navigation", name="Main").bounding_box()

    assert bar["x"] == 0
    assert bar["width"] == 360
    assert bar["y"] + bar["height"] == 780


def test_focus_goes_first_to_the_skip_link_and_is_seen(gallery):
    gallery.keyboard.press("Tab")

    expect(gallery.get_by_role("link", name="Skip to the page")).to_be_focused()
    expect(gallery.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    gallery.keyboard.press("Enter")
    expect(gallery.locator("main")).to_be_focused()


def test_colours_chosen_stay_whatever_the_device_says(gallery):
    gallery.emulate_media(color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = gallery.evaluate(paper)

    gallery.get_by_role("button", name="Dark").click()

    expect(gallery.locator("html")).to_have_attribute("data-theme", "dark")
    assert gallery.evaluate(paper) != light
    gallery.get_by_role("button", name="As this device").click()
    expect(gallery.locator("html")).not_to_have_attribute("data-theme", re.compile(".*"))
    assert gallery.evaluate(paper) == light


def test_a_dialog_opens_in_place_and_closes_with_escape(gallery):
    gallery.get_by_role("link", name="Read or change").click()
    dialog = gallery.get_by_role("dialog", name="Change the agreement?")
    expect(dialog).to_be_visible()

    gallery.keyboard.press("Escape")

    expect(dialog).to_be_hidden()


def test_the_same_link_leads_to_a_page_without_javascript(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + reverse("site:gallery-show"))

    page.get_by_role("link", name="Read or change").click()

    expect(page).to_have_url(re.compile("#time$"))
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    expect(page.get_by_role("button", name="Show the list again")).to_be_visible()
    context.close()


def test_values_are_ordered_by_keyboard_without_leaving_the_page(gallery):
    picker = gallery.locator("#picker-values")
    for value in ("Caring", "Honesty", "Growth"):
        picker.get_by_role("button", name=value, exact=True).press("Enter")
        expect(picker.locator(".picked b", has_text=value)).to_be_visible()

    picker.get_by_role("button", name="Move Growth up").press("Enter")

    expect(picker.locator(".picked b")).to_have_text(["Caring", "Growth", "Honesty"])
    expect(picker.get_by_role("button", name="Move Growth up")).to_be_focused()


def test_a_shared_computer_warns_then_signs_out(page, live_server, sign_in):
    page.clock.install()
    sign_in(UserFactory(), **{SHARED_COMPUTER: True, LAST_SEEN: clock.now().timestamp()})
    page.goto(live_server.url + reverse("site:gallery-show"))
    warning = page.get_by_role("dialog", name="Still there?")

    page.clock.run_for("08:50")
    expect(warning).to_be_hidden()
    page.clock.run_for("00:15")
    expect(warning).to_be_visible()
    assert_clean(page, widths=(1280, 320))
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()

    page.clock.run_for("09:05")
    expect(warning).to_be_visible()
    page.clock.run_for("01:00")
    page.wait_for_url(lambda url: "design" not in url)
    page.goto(live_server.url + reverse("site:gallery-show"))
    expect(page.get_by_role("link", name="Sign out")).to_have_count(0)


def test_a_computer_of_ones_own_is_left_in_peace(page, live_server, sign_in):
    sign_in(UserFactory())
    page.goto(live_server.url + reverse("site:gallery-show"))

    expect(page.locator("#idle")).to_have_count(0)
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


def test_a_request_that_never_arrives_is_said_in_words(gallery):
    gallery.context.set_offline(True)

    gallery.locator("#picker-values").get_by_role("button", name="Caring").click()

    expect(gallery.get_by_role("alert").filter(has_text="That did not reach us")).to_be_visible()
    gallery.context.set_offline(False)


def test_whoever_saves_on_a_slow_line_saves_what_was_just_added(gallery):
    waiting = []
    here = re.compile("design$")
    hold = lambda route: waiting.append(route)  # noqa: E731, PLW0108 -- Playwright counts its arguments
    gallery.route(here, hold, times=1)
    gallery.locator("#picker-values").get_by_role("button", name="Caring", exact=True).click()
    form = gallery.locator("form").filter(has=gallery.locator("#picker-values"))
    form.evaluate("form => form.requestSubmit()")
    assert len(waiting) == 1

    with gallery.expect_request(
        lambda request: "values_add" not in str(request.post_data)
    ) as saved:
        waiting[0].continue_()

    assert "values=care" in saved.value.post_data
