import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import resolve

from mentorwell.notices.emails import KINDS, calendar_kinds, compose, render
from mentorwell.notices.emails.layout import CHOICES_PATH, HELP_PATH
from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import Notice
from mentorwell.notices.services import gather_digests, send_next, tell_address
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.notices import tell_something


pytestmark = pytest.mark.django_db


def composed(notice):
    return compose(notice, render(notice, now=NOW), now=NOW)


def html_of(message):
    return next(part.content for part in message.alternatives if part.mimetype == "text/html")


def test_a_mail_has_text_and_html_that_say_the_same():
    message = composed(tell_something(UserFactory(), ids={"thing": 5}))

    page = BeautifulSoup(html_of(message), "html.parser").get_text(" ", strip=True)
    for words in ("Thing 5 happened", "It happened today.", "If you need help now"):
        assert (words in message.body, words in page) == (True, True)
    assert message.body == (
        "Thing 5 happened\n"
        "\n"
        "It happened today.\n"
        "\n"
        "Look:\n"
        "http://127.0.0.1:8000/things/5/\n"
        "\n"
        "--\n"
        "Mentorwell. This mail holds nothing that anybody wrote; that stays behind your sign-in.\n"
        "If you need help now: http://127.0.0.1:8000/help\n"
        "Choose when we write: http://127.0.0.1:8000/me/notices/mail/\n"
    )


def test_the_page_of_a_mail_carries_its_style_on_each_element_and_a_dark_theme():
    page = BeautifulSoup(html_of(composed(tell_something(UserFactory()))), "html.parser")

    assert "background: #0d5c56" in page.select_one("a.button")["style"]
    assert [("dark" in style.text) for style in page.select("style")] == [True]
    assert page.select_one("html")["lang"] == "en"
    assert page.select("script, img, link") == []


def test_a_mail_leads_to_the_page_and_to_right_help_and_to_the_choice_of_mails():
    page = BeautifulSoup(
        html_of(composed(tell_something(UserFactory(), ids={"thing": 5}))), "html.parser"
    )

    assert [link["href"] for link in page.select("a")] == [
        "http://127.0.0.1:8000/things/5/",
        "http://127.0.0.1:8000/help",
        "http://127.0.0.1:8000/me/notices/mail/",
    ]


def test_a_mail_to_an_address_offers_no_choice_that_needs_an_account():
    tell_address(
        address="noor@example.org", kind="test.thing.happened", ids={"thing": 1}, now=NOW, key="a"
    )

    message = composed(Notice.objects.get())

    assert "/me/notices/mail/" not in message.body + html_of(message)
    assert "List-Unsubscribe" not in message.extra_headers


def test_headers_name_the_notice_and_ask_for_no_answer():
    notice = tell_something(UserFactory())

    assert composed(notice).extra_headers == {
        "Message-ID": f"<{notice.uid}@localhost>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<http://127.0.0.1:8000/me/notices/mail/>",
    }


def test_a_calendar_entry_is_a_view_of_the_mail_and_a_file_with_its_method():
    message = composed(tell_something(UserFactory(), kind="test.meeting.set")).message()

    parts = [
        (part.get_content_type(), part.get_param("method"), part.get_filename())
        for part in message.walk()
        if not part.is_multipart()
    ]
    assert parts == [
        ("text/plain", None, None),
        ("text/html", None, None),
        ("text/calendar", "REQUEST", None),
        ("text/calendar", "REQUEST", "invite.ics"),
        ("application/pdf", None, "notes.pdf"),
    ]
    view = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert view.get_payload(decode=True).splitlines()[1] == b"METHOD:REQUEST"


def test_names_are_escaped_in_the_page_and_left_alone_in_the_text():
    person = UserFactory(name="Ada <b>& Co</b>")

    message = composed(tell_something(person, kind="test.person.hello", ids={"user": person.pk}))

    assert "Hello Ada <b>& Co</b>" in message.body
    assert "Hello Ada &lt;b&gt;&amp; Co&lt;/b&gt;" in html_of(message)


def test_a_digest_lists_each_thing_with_its_link():
    person = UserFactory()
    tell_something(person, urgency=Urgency.DIGEST, ids={"thing": 8})
    monday = NOW.replace(day=14)
    gather_digests(now=monday)
    send_next(now=monday)

    page = BeautifulSoup(html_of(mail.outbox[0]), "html.parser")
    assert [(link.text, link["href"]) for link in page.select("li a")] == [
        ("Thing 8 happened", "http://127.0.0.1:8000/things/8/")
    ]


def test_calendar_kinds_are_those_registered_so():
    assert "test.meeting.set" in calendar_kinds()
    assert "test.thing.happened" not in calendar_kinds()


def test_every_installed_kind_has_a_line_that_needs_no_query(django_assert_num_queries):
    """Lines are made from ids alone; the digest's own stands here for all."""
    with django_assert_num_queries(0):
        assert KINDS["notices.digest"].line({}).path == "/"


@pytest.mark.parametrize("path", [HELP_PATH, CHOICES_PATH])
def test_what_every_mail_links_to_is_there(path):
    assert resolve(path).func is not None
