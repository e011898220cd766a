import re
from smtplib import SMTPServerDisconnected

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mentorwell.accounts.models import User
from mentorwell.accounts.services import create_account
from tests.factories.moments import NOW


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_rate_limits():
    cache.clear()


@pytest.fixture
def ada():
    return create_account(email="ada@example.org", name="Ada Obi", by=None, now=NOW)


def ask_for_code(client, email):
    return client.post(reverse("account_request_login_code"), {"login": email})


def code_in_mail():
    (code,) = re.findall(
        r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]{4,})*)\s*$", mail.outbox[-1].body, re.MULTILINE
    )
    return code


def enter(client, code, **more):
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more})


def signed_in(client):
    return client.session.get("_auth_user_id")


def test_somebody_brought_in_by_the_office_signs_in_with_a_mailed_code(client, ada):
    ask_for_code(client, "ADA@example.org")
    response = enter(client, code_in_mail())

    assert (response.status_code, response["Location"]) == (302, "/")
    assert signed_in(client) == str(ada.pk)
    assert len(mail.outbox) == 1


def test_a_wrong_code_signs_nobody_in(client, ada):
    ask_for_code(client, ada.email)
    code = code_in_mail()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")

    response = enter(client, wrong)

    assert (response.status_code, signed_in(client)) == (200, None)


def test_somebody_switched_off_cannot_sign_in_and_is_signed_out(client, ada):
    client.force_login(ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)

    response = client.get(reverse("account_email"))
    assert (response.status_code, response["Location"].split("?")[0]) == (
        302,
        reverse("account_login"),
    )


def test_a_password_signs_in_too(client, ada):
    ada.set_password("a long enough password")
    ada.save()

    client.post(
        reverse("account_login"), {"login": ada.email, "password": "a long enough password"}
    )

    assert signed_in(client) == str(ada.pk)


def test_nobody_signs_up_by_themselves(client):
    client.post(
        reverse("account_signup"),
        {"email": "new@example.org", "password1": "a long enough password"},
    )

    assert User.objects.count() == 0


def test_an_unknown_address_is_answered_like_a_known_one(client, ada):
    known = ask_for_code(client, ada.email)
    client.session.flush()
    unknown = ask_for_code(client, "nobody@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_where_the_mail_server_is_away_the_page_says_so(client, ada, monkeypatch, caplog):
    def away(*_args, **_kwargs):
        raise SMTPServerDisconnected("ada@example.org")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)

    response = ask_for_code(client, ada.email)

    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["We cannot send mail at this moment. Please try again in a few minutes."]
    assert "SMTPServerDisconnected" in caplog.text
    assert "ada@example.org" not in caplog.text


def test_nobody_fills_anothers_inbox_with_codes(ada):
    answers = [ask_for_code(Client(), ada.email) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200, 200, 200]
    assert "That was often in a short time." in answers[-1].text
    assert len(mail.outbox) == 3


def test_a_password_cannot_be_guessed_by_trying(ada):
    ada.set_password("a long enough password")
    ada.save()
    for guess in range(5):
        attempt = {"login": ada.email, "password": f"guess {guess}"}
        Client().post(reverse("account_login"), attempt)

    late = Client()
    late.post(reverse("account_login"), {"login": ada.email, "password": "a long enough password"})

    assert signed_in(late) is None


def test_fifty_people_sign_in_from_one_hospital_within_a_minute():
    people = [
        create_account(email=f"p{number}@example.org", name="P", by=None, now=NOW)
        for number in range(50)
    ]

    for person in people:
        client = Client()
        ask_for_code(client, person.email)
        enter(client, code_in_mail())
        assert signed_in(client) == str(person.pk)
