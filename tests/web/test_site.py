import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentorwell.accounts.http import LAST_SEEN, SHARED_COMPUTER
from mentorwell.foundation import clock
from mentorwell.web.site.context import navigation
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db


def choose(client, theme, back="/help"):
    return client.post(reverse("site:theme-set"), {"theme": theme, "next": back})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chosen_colours_are_kept_and_written_into_the_page(client, theme):
    response = choose(client, theme, back="/design")

    assert response.status_code == 302
    assert response["Location"] == "/design"
    assert f'data-theme="{theme}"' in client.get("/design").content.decode()


def test_the_devices_colours_are_nobodys_choice(client):
    choose(client, "dark")
    choose(client, "device")

    assert "data-theme" not in client.get("/design").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_colours_never_lead_to_another_house(client, back):
    assert choose(client, "dark", back=back)["Location"] == "/"


def test_colours_that_do_not_exist_are_not_kept(client):
    response = choose(client, "<script>")

    assert "theme" not in response.cookies


def test_colours_are_set_by_a_button_only(client):
    assert client.get(reverse("site:theme-set")).status_code == 405


def test_a_strangers_page_has_no_navigation_but_right_help(client):
    page = client.get("/design").content.decode()

    assert 'href="/help"' in page
    assert "Sign out" not in page


def test_a_sign_of_life_answers_nothing(client):
    response = client.get(reverse("site:presence-keep"))

    assert (response.status_code, response.content) == (204, b"")


def test_only_a_shared_computer_is_watched(client):
    client.force_login(UserFactory())
    assert "data-idle-seconds" not in client.get("/design").content.decode()

    session = client.session
    session.update({SHARED_COMPUTER: True, LAST_SEEN: clock.now().timestamp()})
    session.save()

    assert 'data-idle-seconds="600"' in client.get("/design").content.decode()


def test_a_page_that_does_not_exist_says_so_in_our_words(client):
    response = client.get("/nothing-here")

    assert response.status_code == 404
    assert "We cannot find that page" in response.content.decode()


def lines_for(rf, person, path="/design"):
    request = rf.get(path)
    request.user = person
    return navigation(request)


def test_only_who_works_in_an_office_sees_its_line(rf):
    now, before = OfficeRoleFactory(), OfficeRoleFactory(ended_at=NOW)

    assert "Office" in [line.label for line in lines_for(rf, now.person)]
    assert "Office" not in [line.label for line in lines_for(rf, before.person)]
    assert "Office" not in [line.label for line in lines_for(rf, UserFactory())]


def test_the_line_of_the_area_one_is_in_is_marked(rf):
    person = OfficeRoleFactory().person

    for path, marked in [
        ("/office/", True),
        ("/office/medicine/rules/", True),
        ("/officers", False),
        ("/", False),
    ]:
        office = lines_for(rf, person, path)[-1]
        assert (office.label, office.is_current) == ("Office", marked)


def test_a_stranger_has_no_lines(rf):
    request = rf.get("/")

    assert navigation(request) == []


def test_a_broken_server_still_answers_in_our_words_without_request_or_database():
    with CaptureQueriesContext(connection) as asked:
        page = get_template("500.html").render()

    assert "That was our fault" in page
    assert 'href="/help"' in page
    assert len(asked) == 0


def test_a_form_that_waited_too_long_is_explained():
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})

    assert response.status_code == 403
    assert "This page waited too long" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "title"), [("400.html", "We could not read that"), ("403.html", "This door is closed")]
)
def test_refusals_are_calm(rf, name, title):
    assert title in get_template(name).render({}, rf.get("/"))
