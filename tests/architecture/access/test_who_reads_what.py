"""Everybody looks around: each comes across the words that are for them, and no others.

The words are those that `tests/world` has people write; `tests/world/visibility.py` says for
each who may read it. That no other answer holds one, whatever is asked, is part of
`tests/architecture/access`.
"""

import re
from collections import defaultdict

import pytest

from tests.architecture.access.rows import ROWS
from tests.architecture.access.sweep import prepared
from tests.world import ACTORS
from tests.world.standing import standing_world
from tests.world.visibility import READERS
from tests.world.visitors import words_in


# The marker has the database made; what is below holds it.
pytestmark = pytest.mark.django_db


@pytest.fixture
def _django_db_helper():
    """Leave out the transaction around each test: `visitors` has one around all of them."""


@pytest.fixture(scope="module")
def visitors(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing_world() as visitors:
        yield visitors


START = ("/", "/me/", "/me/notices/", "/mentors/", "/invitations/", "/mentorships/", "/office/")
NOT_FOLLOWED = ("/static/", "/accounts/", "/help")


def test_every_word_has_its_line_in_the_table(visitors):
    assert set(visitors.world.words.planted) == set(READERS)


@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_comes_across_the_words_for_them_and_no_others(visitors, actor):
    """Follow every link, and open every page that the person may open."""
    seen = defaultdict(set)
    for address, response in (*opened(visitors, actor), *followed(visitors, actor)):
        for key in words_in(response, visitors.world):
            seen[key].add(address)
    theirs = {key for key, readers in READERS.items() if actor in readers}

    assert {key: seen[key] for key in seen if key not in theirs} == {}
    assert set(seen) == theirs


def opened(visitors, actor):
    for row in ROWS:
        if actor in row.get and not row.opens_as:
            with prepared(visitors.world, row) as address:
                yield address, visitors.browser(actor).get(address)


def followed(visitors, actor):
    waiting, known = list(START), set(START)
    while waiting:
        address = waiting.pop()
        response = visitors.browser(actor).get(address)
        yield address, response
        links = re.findall(r'href="(/[^"#?]*)', response.content.decode(errors="replace"))
        links += [response.headers.get("Location", "/").partition("?")[0]]
        new = {link for link in links if not link.startswith(NOT_FOLLOWED)} - known
        known |= new
        waiting += sorted(new)
