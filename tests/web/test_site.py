import pytest
from django.urls import reverse

from mentorwell.accounts.http import SHARED_COMPUTER
from tests.factories.accounts import UserFactory


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
    session[SHARED_COMPUTER] = True
    session.save()

    assert 'data-idle-seconds="600"' in client.get("/design").content.decode()


def test_a_page_that_does_not_exist_says_so_in_our_words(client):
    response = client.get("/nothing-here")

    assert response.status_code == 404
    assert "We cannot find that page" in response.content.decode()
