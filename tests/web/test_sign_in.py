"""Signing in by password or mailed code, and the mails about an account."""

import re

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse

from mentorwell.accounts.http import SHARED_COMPUTER
from tests.factories.accounts import UserFactory


pytestmark = pytest.mark.django_db

PASSWORD = "three calm words"


@pytest.fixture
def helen():
    person = UserFactory(email="helen@example.org", name="Dr. Helen Marsh")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_password_signs_in(client, helen):
    client.post(reverse("account_login"), {"login": "Helen@Example.org", "password": PASSWORD})

    assert signed_in(client)
    assert client.session[SHARED_COMPUTER] is False


def test_a_wrong_password_is_said_kindly_and_nothing_more(client, helen):
    known = client.post(reverse("account_login"), {"login": helen.email, "password": "wrong"})
    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"}
    )

    alerts = [
        page_of(response).find(role="alert").get_text(strip=True) for response in (known, unknown)
    ]
    assert alerts[0] == alerts[1] != ""
    assert not signed_in(client)


def test_the_same_page_mails_a_code_and_the_code_signs_in(client, helen):
    page = page_of(client.get(reverse("account_login")))
    button = page.find("button", formaction=True)
    field = page.find("input", type="email")

    response = client.post(button["formaction"], {field["name"]: helen.email, "password": ""})

    assert response["Location"] == reverse("account_confirm_login_code")
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject == "Your code to sign in"
    assert mail.outbox[0].body.startswith("Hello,\n")
    code = re.search(r"^ {4}(\S+)$", mail.outbox[0].body, re.MULTILINE)[1]
    client.post(response["Location"], {"code": code, "shared": "on"})
    assert signed_in(client)
    assert client.session[SHARED_COMPUTER] is True


@pytest.mark.parametrize("shared", [True, False])
def test_whose_computer_it_is_is_asked_once(client, helen, shared):
    """The tick beside the password stands on the page of the code, too, and can be taken back."""
    asked = {"login": helen.email, **({"shared": "on"} if shared else {})}

    answer = client.post(reverse("account_request_login_code"), asked, follow=True)

    assert page_of(answer).find("input", {"name": "shared"}).has_attr("checked") is shared


def test_a_code_for_nobody_looks_the_same(client, helen):
    known = client.post(reverse("account_request_login_code"), {"login": helen.email}, follow=True)
    client.cookies.clear()
    unknown = client.post(
        reverse("account_request_login_code"), {"login": "nobody@example.org"}, follow=True
    )

    titles = [page_of(response).find("h1").get_text() for response in (known, unknown)]
    assert titles == ["Look in your mail", "Look in your mail"]
    assert "no account for it" in mail.outbox[-1].body


def test_a_wrong_code_leaves_one_outside(client, helen):
    client.post(reverse("account_request_login_code"), {"login": helen.email})

    response = client.post(reverse("account_confirm_login_code"), {"code": "NOPE-NOPE"})

    assert page_of(response).find(id="id_code")["aria-invalid"] == "true"
    assert not signed_in(client)


def test_a_lost_password_is_replaced_by_the_mailed_link(client, helen):
    sent = client.post(reverse("account_reset_password"), {"email": helen.email}, follow=True)
    assert page_of(sent).find("h1").get_text() == "Look in your mail"
    assert mail.outbox[0].subject == "Choose a new password"
    link = re.search(r"http://127.0.0.1:8000(/\S+)", mail.outbox[0].body)[1]

    form = client.get(link, follow=True)
    assert page_of(form).find("h1").get_text() == "Choose a new password"
    done = client.post(
        form.redirect_chain[-1][0],
        {"password1": "four quite other words", "password2": "four quite other words"},
        follow=True,
    )

    assert page_of(done).find("h1").get_text() == "Your password is changed"
    helen.refresh_from_db()
    assert helen.check_password("four quite other words")
    assert mail.outbox[-1].subject == "Your password was changed"
    assert "Was it you?" in mail.outbox[-1].body


def test_a_spent_link_offers_a_new_one(client):
    response = client.get(
        reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "spent-link"})
    )

    page = page_of(response)
    assert page.find("h1").get_text() == "This link no longer works"
    assert page.find("a", href=reverse("account_reset_password"))


def test_signing_out_needs_the_button(client, helen):
    client.force_login(helen)

    asked = client.get(reverse("account_logout"))
    assert page_of(asked).find("h1").get_text() == "Sign out?"
    assert signed_in(client)
    client.post(reverse("account_logout"))

    assert not signed_in(client)


def test_nobody_signs_up_alone(client):
    response = client.post(
        reverse("account_signup"), {"email": "me@example.org", "password1": PASSWORD}
    )

    assert page_of(response).find("h1").get_text() == "Accounts come from your programme"
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("account_change_password", "Change my password"),
        ("account_email", "My e-mail"),
        ("account_logout", "Sign out?"),
        ("account_reauthenticate", "Is it you?"),
        ("account_inactive", "This account is resting"),
    ],
)
def test_pages_about_the_account_speak_our_words(client, helen, address, title):
    client.force_login(helen)

    page = page_of(client.get(reverse(address)))

    assert page.find("h1").get_text() == title
    assert page.find("title").get_text().endswith("Mentorwell")
    assert page.find("a", href="/help")


def test_a_changed_password_counts_and_is_told_by_mail(client, helen):
    client.force_login(helen)
    new = "four quite other words"

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    helen.refresh_from_db()
    assert helen.check_password(new)
    assert mail.outbox[0].subject == "Your password was changed"


def test_mails_about_accounts_name_no_browser_and_no_address_of_a_computer(client, helen):
    client.force_login(helen)
    new = "four quite other words"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        headers={"user-agent": "Planted-Browser"},
    )

    assert "Planted-Browser" not in mail.outbox[0].body
    assert "127.0.0.1" not in mail.outbox[0].body


def test_a_new_address_is_proved_before_the_first_sign_in(client, helen):
    EmailAddress.objects.update(verified=False)

    asked = client.post(
        reverse("account_login"), {"login": helen.email, "password": PASSWORD}, follow=True
    )

    assert page_of(asked).find("h1").get_text() == "Is this your address?"
    assert not signed_in(client)
    assert mail.outbox[0].subject == "Is this your address?"
    code = re.search(r"^ {4}(\S+)$", mail.outbox[0].body, re.MULTILINE)[1]
    client.post(asked.redirect_chain[-1][0], {"code": code})
    assert signed_in(client)


@pytest.mark.parametrize(
    "address", ["account_login", "account_request_login_code", "account_reset_password"]
)
def test_fields_are_named_above_and_hold_no_words_that_vanish(client, address):
    fields = page_of(client.get(reverse(address))).find("main").find_all("input", class_="input")

    assert fields
    assert all(not field.has_attr("placeholder") for field in fields)
    assert fields[0]["type"] == "email"
    assert fields[0]["autocomplete"] == "username"
