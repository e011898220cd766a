"""Every route of the house is tried as every kind of person."""

import pytest
from django.urls import reverse

from tests.architecture.access.rows import ROWS
from tests.architecture.access.sweep import (
    Answer,
    Row,
    answer_elsewhere,
    answers,
    digest,
    routes,
    sent_to_sign_in,
    turned_away,
)
from tests.world import ACTORS, World
from tests.world.standing import standing_world
from tests.world.visibility import READERS
from tests.world.visitors import words_in


# The marker has the database made; what is below holds it.
pytestmark = pytest.mark.django_db

SORRY = {
    200,
    302,
    400,
    403,
    409,
    410,
}  # what whoever may know of a thing is answered with a sentence


@pytest.fixture
def _django_db_helper():
    """Leave out the transaction around each test: `visitors` has one around all of them."""


@pytest.fixture(scope="module")
def visitors(django_db_setup, django_db_blocker):
    """One world for all rows: every request of theirs is undone."""
    with django_db_blocker.unblock(), standing_world() as visitors:
        yield visitors


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted({row.route for row in ROWS}) == sorted(routes())


def test_rows_name_actors():
    named = {actor for row in ROWS for actor in (*row.get, *row.post, *row.later)}
    assert named <= set(ACTORS)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_route_answers_those_who_may_and_turns_all_others_away(visitors, row):
    wrong = [
        f"{method} as {actor}: {answer.status}, but {problem}"
        # Scanners of mail open links by HEAD; elsewhere it is the same code as GET.
        for method in ("get", "head", "post")
        if method != "head" or row.opens_as
        for actor, answer in answers(visitors, row, method)
        if (problem := problem_of(row, method, actor, answer))
        or (problem := leak_in(row, actor, answer, visitors.world))
    ]

    assert not wrong, "\n".join(wrong)


def problem_of(row: Row, method: str, actor: str, answer: Answer) -> str:
    """What is wrong with one answer, or nothing."""
    reading = method != "post"
    may, expected = (row.get, row.shows) if reading else (row.post, row.does)
    if actor in may:
        if answer.status not in expected or sent_to_sign_in(answer.response):
            return "should be answered"
        if answer.changed != (row.changes and not reading):
            return "the database changed" if answer.changed else "nothing changed"
        return ""
    if answer.changed:
        return "the database changed"
    if actor in row.later and answer.status in SORRY:
        return ""
    away = turned_away(answer.response, actor, offered=bool(set(may)))
    return "" if away else "should be turned away"


def leak_in(row: Row, actor: str, answer: Answer, world: World) -> str:
    """What an answer tells of what its reader may not read, or nothing."""
    eyes = row.opens_as or actor
    leaked = sorted(key for key in words_in(answer.response, world) if eyes not in READERS[key])
    return f"it tells {', '.join(leaked)}" if leaked else ""


@pytest.mark.parametrize("row", [row for row in ROWS if set(row.post)], ids=str)
def test_a_button_does_nothing_from_a_page_that_is_not_ours(visitors, row):
    answer = answer_elsewhere(visitors, row, next(actor for actor in ACTORS if actor in row.post))

    assert (answer.status, answer.changed) == (403, False)


ADMIN = ("index", "password_change", "jsi18n", "autocomplete", "accounts_user_changelist")
OF_AN_ACCOUNT = ("change", "history", "delete")


@pytest.mark.parametrize("name", [*ADMIN, "accounts_user_add", *OF_AN_ACCOUNT])
def test_the_admin_is_there_for_it_alone(visitors, name):
    """What IT sees there is told in `tests/accounts/test_admin.py`."""
    account = visitors.world.person("mentee").pk
    address = (
        reverse(f"admin:accounts_user_{name}", args=[account])
        if name in OF_AN_ACCOUNT
        else reverse(f"admin:{name}")
    )
    standing = digest()

    sent_away = {
        actor
        for actor in ACTORS
        if visitors.browser(actor)
        .get(address)
        .headers.get("Location", "")
        .startswith(reverse("admin:login"))
    }

    assert sent_away == set(ACTORS) - {"superuser"}
    assert digest() == standing
