from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.urls import reverse

from mentorwell.accounts.services import create_account
from tests.factories.moments import NOW


pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"
AWAY = "You were away for ten minutes, so we signed you out."


@pytest.fixture
def clock():
    """A clock that the test moves."""
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def sign_in(client, clock):
    """Sign in by password, on a shared computer or on one's own."""

    def sign_in(**answers):
        ada = create_account(email="ada@example.org", name="Ada", by=None, now=NOW)
        ada.set_password(PASSWORD)
        ada.save()
        client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD, **answers})

    return sign_in


def open_page(client):
    return client.get(reverse("account_email"))


def is_signed_in(client):
    return open_page(client).status_code == 200


def test_after_ten_idle_minutes_a_shared_computer_is_signed_out(client, clock, sign_in):
    sign_in(shared="on")
    open_page(client)

    clock.shift(timedelta(minutes=10))
    response = open_page(client)

    assert (response.status_code, response["Location"].split("?")[0]) == (
        302,
        reverse("account_login"),
    )
    assert AWAY in [str(message) for message in get_messages(response.wsgi_request)]
    assert is_signed_in(client) is False


def test_ten_minutes_count_from_the_last_page_and_not_from_the_first(client, clock, sign_in):
    sign_in(shared="on")
    for _ in range(6):
        assert is_signed_in(client)
        clock.shift(timedelta(minutes=9, seconds=59))

    assert is_signed_in(client)


def test_somebody_who_leaves_right_after_signing_in_is_signed_out_too(client, clock, sign_in):
    sign_in(shared="on")

    clock.shift(timedelta(minutes=10))

    assert is_signed_in(client) is False


def test_ones_own_computer_stays_signed_in(client, clock, sign_in):
    sign_in()
    open_page(client)

    clock.shift(timedelta(days=3))

    assert is_signed_in(client)


def test_a_shared_session_ends_with_the_browser_and_its_pages_are_not_kept(client, sign_in):
    sign_in(shared="on")

    response = open_page(client)

    assert client.session.get_expire_at_browser_close() is True
    assert "no-store" in response["Cache-Control"]


def test_ones_own_session_outlives_the_browser(client, sign_in):
    sign_in()

    open_page(client)

    assert client.session.get_expire_at_browser_close() is False


def test_pages_in_quick_succession_do_not_write_the_session_each_time(
    client, clock, sign_in, django_assert_num_queries
):
    sign_in(shared="on")
    open_page(client)
    before = client.session["last_seen"]

    clock.shift(timedelta(seconds=19))
    open_page(client)
    assert client.session["last_seen"] == before

    clock.shift(timedelta(seconds=1))
    open_page(client)
    assert client.session["last_seen"] == before + 20


def test_the_next_person_is_asked_anew(client, clock, sign_in):
    sign_in(shared="on")
    client.post(reverse("account_logout"))

    client.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    open_page(client)
    clock.shift(timedelta(hours=1))

    assert is_signed_in(client)


@pytest.mark.parametrize("page", ["account_login"])
def test_the_question_stands_on_the_sign_in_form(client, page):
    assert 'name="shared"' in client.get(reverse(page)).content.decode()
