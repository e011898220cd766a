"""Every link that a person sees leads somewhere."""

from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import resolve

from tests.world import ACTORS
from tests.world.standing import standing_world


# The marker has the database made; what is below holds it.
pytestmark = pytest.mark.django_db

OF_ONE_KIND = 4  # pages of one route tell little more after these
ELSEWHERE = ("/static/",)


@pytest.fixture
def _django_db_helper():
    """Leave out the transaction around each test: `visitors` has one around all of them."""


@pytest.fixture(scope="module")
def visitors(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing_world() as visitors:
        yield visitors


@pytest.mark.parametrize("actor", ACTORS)
def test_every_link_leads_somewhere(visitors, actor):
    browser = visitors.browser(actor)
    seen, kinds, dead = {"/"}, Counter(), []
    waiting = [("/", "")]
    while waiting:
        address, page = waiting.pop(0)
        answer = browser.get(address, follow=True)
        if answer.status_code != 200:
            dead.append(f"{page} → {address}: {answer.status_code}")
        for link in links_in(answer, address):
            kind = resolve(urlsplit(link).path).view_name
            if link not in seen and kinds[kind] < OF_ONE_KIND:
                seen.add(link)
                kinds[kind] += 1
                waiting.append((link, address))

    assert not dead, "\n".join(dead)
    assert len(seen) > 3  # there was something to follow


def links_in(answer, address):
    """The addresses of this house that a page leads to by a link."""
    if "html" not in answer["Content-Type"]:
        return
    here = answer.redirect_chain[-1][0] if answer.redirect_chain else address
    for link in BeautifulSoup(answer.content, "html.parser").select("a[href]"):
        found = urlsplit(urljoin(here, link["href"]))
        if found.netloc == found.scheme == "" and not found.path.startswith(ELSEWHERE):
            yield found._replace(fragment="").geturl()
