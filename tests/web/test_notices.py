"""What happened, and when we write, as pages."""

from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.notices import queries
from mentorwell.notices.emails import KINDS, Line, register
from mentorwell.notices.models import MailChoice, Notice
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.notices import tell_something


pytestmark = pytest.mark.django_db

LIST = "notices:notice-list"
CHOOSE = "notices:mail-choose"


@pytest.fixture(autouse=True)
def kind():
    """One kind of notice for these pages."""
    register(
        "test.thing.happened",
        lambda _told: None,
        line=lambda ids: Line(f"Thing {ids['thing']} happened", f"/things/{ids['thing']}/"),
    )
    yield
    del KINDS["test.thing.happened"]


@pytest.fixture
def ada(client):
    ada = UserFactory(time_zone="Asia/Kolkata")
    client.force_login(ada)
    return ada


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_the_list_shows_ones_own_the_latest_first_with_its_local_day(client, ada):
    tell_something(ada, ids={"thing": 1}, now=NOW.replace(hour=20))
    tell_something(ada, ids={"thing": 2}, now=NOW + timedelta(days=2))
    tell_something(UserFactory(), ids={"thing": 3})

    page = page_of(client.get(reverse(LIST)))

    links = [(a.text, a["href"]) for a in page.select("main .todo a")]
    assert links == [
        ("Look: Thing 2 happened", "/things/2/"),
        ("Look: Thing 1 happened", "/things/1/"),
    ]
    assert "11 January 2030" in page.text
    assert "10 January 2030" in page.text  # past midnight in Kolkata


def test_looking_marks_nothing_and_the_button_marks_all(client, ada):
    tell_something(ada)
    client.get(reverse(LIST))
    client.head(reverse(LIST))
    assert queries.notices_visible_to(ada).filter(seen_at=None).exists()

    response = client.post(reverse("notices:notices-see"))

    assert (response.status_code, response["Location"]) == (302, reverse(LIST))
    assert not queries.notices_visible_to(ada).filter(seen_at=None).exists()
    assert "New" not in page_of(client.get(reverse(LIST))).select_one("main").text


def test_an_empty_list_says_so_kindly(client, ada):
    assert "All is quiet" in page_of(client.get(reverse(LIST))).text


def test_a_long_list_has_pages(client, ada):
    for number in range(26):
        tell_something(ada, ids={"thing": number})

    pages = [page_of(client.get(reverse(LIST), {"page": number})) for number in (1, 2, "x")]

    assert [str(page).count("/things/") for page in pages] == [25, 1, 25]


def test_the_list_costs_the_same_for_one_and_for_three(client, ada, count_queries):
    tell_something(ada)
    one = count_queries(client, reverse(LIST))
    tell_something(ada)
    tell_something(ada)

    assert count_queries(client, reverse(LIST)) == one


CHOSEN = {
    "digest": "yes",
    "digest_weekday": "4",
    "messages_at_once": "yes",
    "quiet_from": "18:30",
    "quiet_until": "09:00",
}


def test_the_form_shows_what_holds(client, ada):
    page = page_of(client.get(reverse(CHOOSE)))

    assert page.select_one("input[name=digest][checked]")["value"] == "yes"
    assert page.select_one("select[name=digest_weekday] option[selected]").text == "Monday"
    assert page.select_one("input[name=quiet_from]")["value"] == "21:00"


def test_the_form_keeps_what_is_chosen(client, ada):
    chosen = {**CHOSEN, "digest": "no", "messages_at_once": "no"}

    response = client.post(reverse(CHOOSE), chosen)

    assert (response.status_code, response["Location"]) == (302, reverse(CHOOSE))
    kept = queries.mail_choice_of(ada)
    assert (kept.digest, kept.digest_weekday, kept.quiet_from, kept.quiet_until) == (
        False,
        4,
        time(18, 30),
        time(9),
    )
    assert kept.messages_at_once is False
    page = page_of(client.get(reverse(CHOOSE)))
    assert page.select_one("input[name=digest][checked]")["value"] == "no"


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest": "maybe"},
        {"digest_weekday": "7"},
        {"quiet_from": "late"},
        {"quiet_until": ""},
        {"messages_at_once": "often"},
    ],
)
def test_the_form_refuses_what_makes_no_sense_and_keeps_nothing(client, ada, wrong):
    response = client.post(reverse(CHOOSE), {**CHOSEN, **wrong})

    assert response.status_code == 400
    assert MailChoice.objects.count() == 0


@pytest.mark.parametrize("name", [LIST, CHOOSE])
def test_strangers_are_asked_to_sign_in(client, name):
    response = client.get(reverse(name))

    assert response["Location"].split("?")[0] == reverse("account_login")


def test_a_stranger_marks_nothing(client):
    ada = UserFactory()
    tell_something(ada)

    client.post(reverse("notices:notices-see"))

    assert Notice.objects.get().seen_at is None
