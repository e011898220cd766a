"""Every page of every route, in every state that the sweep over the routes knows, held to the bar.

The world and the rows are those of `tests/architecture/access`; the browser shows what the
test's own client was answered, so that nothing has to be stored for it.
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders

from tests.architecture.access.rows import ROWS
from tests.architecture.access.sweep import prepared
from tests.browser.looking import assert_clean, shot
from tests.world import ACTORS
from tests.world.standing import standing_world


# The marker has the database made; what is below holds it.
pytestmark = pytest.mark.django_db

HOUSE = "https://house.example"
STATIC = "/static/"
# Answers that are no pages.
FILES = {
    "site:presence-keep",
    "meetings:meeting-download",
    "meetings:feed-show",
    "mentorships:agreement-download",
    "office:problem-list",
}


@pytest.fixture
def _django_db_helper():
    """Leave out the transaction around each test: `visitors` has one around all of them."""


@pytest.fixture(scope="module")
def visitors(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing_world() as visitors:
        yield visitors


@pytest.fixture(scope="module")
def screen(browser):
    """One page for all, and what it complained of: opening a new one costs more than looking."""
    page, complaints = browser.new_page(), []
    page.add_init_script(Axe().axe_script)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    yield page, complaints
    page.close()


def reader_of(row):
    """Somebody who is answered, rather one who has a part in something."""
    return row.seen_by or next(actor for actor in (*ACTORS[2:], *ACTORS[:2]) if actor in row.get)


def showing(response):
    """Answer the browser with one page and the files it asks for."""

    def answer(route):
        path = urlsplit(route.request.url).path
        if path.startswith(STATIC):
            route.fulfill(path=finders.find(path.removeprefix(STATIC)))
        elif "hx-request" in route.request.headers:
            route.fulfill(status=204)  # a page that asks how far something is: nothing new
        else:
            headers = dict(response.items())
            route.fulfill(status=response.status_code, headers=headers, body=response.content)

    return answer


PAGES = [row for row in ROWS if set(row.get) and row.route not in FILES and 302 not in row.shows]


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_is_clean_in_both_themes_wide_and_narrow(screen, visitors, row):
    page, complaints = screen
    page.goto("about:blank")  # the page before may still ask how far something is
    complaints.clear()
    with prepared(visitors.world, row) as address:
        response = visitors.browser(reader_of(row)).get(address)
    page.unroute_all()
    page.route("**/*", showing(response))
    page.goto(HOUSE + address)
    shot(page, f"page {row}".replace(" ", "-").replace(":", "-"), width=360)

    assert_clean(page)
    # What the browser itself notes of an answer such as 410 is no complaint about the page.
    assert [each for each in complaints if "the server responded with" not in each] == []
