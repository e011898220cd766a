"""A reminder where what was kept looks as if a patient could be known by it; nothing is blocked."""

import logging
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.accounts.models import User
from mentorwell.core.identifiers import Kind
from mentorwell.foundation.patients import listed, words_of
from mentorwell.messages.models import Message, Note
from mentorwell.people.models import Participation, Profile
from mentorwell.programmes.models import LIMITS_LENGTH, USUAL_LIMITS, Organisation
from mentorwell.programmes.roles import Role
from tests.core.identifying import NAMING, ORDINARY
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair
from tests.factories.programmes import OfficeRoleFactory


TELLING = "The one in bed 4, J.S., DOB 3/4/61."


@pytest.fixture
def pair(db):
    return Pair()


@pytest.fixture
def as_mentee(client, pair):
    client.force_login(pair.mentee)
    return client


def reminders(response):
    page = BeautifulSoup(response.content, "html.parser")
    return page.select(".notices .notice.warm")


def words(found):
    return " ".join(found.get_text(" ").split())


def sent(client, pair, text, name="thread-show"):
    address = reverse(f"messages:{name}", args=[pair.mentorship.uid])
    return client.post(address, {"text": text, "token": uuid4()}, follow=True)


def test_a_message_is_kept_and_its_writer_reminded_with_a_way_to_change_it(as_mentee, pair):
    answer = sent(as_mentee, pair, TELLING)

    message = Message.objects.get()
    assert message.text == TELLING
    (reminder,) = reminders(answer)
    assert words(reminder) == (
        "What you wrote may hold a room or bed with a name and a date of birth. "
        "Could a patient be known by it? It is kept as it is. Change it"
    )
    assert reminder.a["href"] == reverse("messages:message-edit", args=[message.uid])


def test_a_note_too(as_mentee, pair):
    answer = sent(as_mentee, pair, "MRN 4471823", "note-list")

    (reminder,) = reminders(answer)
    assert "may hold a record number." in words(reminder)
    assert reminder.a["href"] == reverse("messages:note-edit", args=[Note.objects.get().uid])


def test_every_page_on_which_members_write_reminds_without_doing_anything_for_it(as_mentee, pair):
    address = reverse("people:story-edit", args=[pair.mentee_part.uid])
    written = {"story": "I cared for patient 4471823.", "strengths": "", "hopes": ""}

    answer = as_mentee.post(address, written, follow=True)

    assert Participation.objects.get(pk=pair.mentee_part.pk).story == written["story"]
    (reminder,) = reminders(answer)
    assert reminder.a["href"] == address


@pytest.mark.parametrize("text", ORDINARY[:8])
def test_ordinary_words_are_left_in_peace(as_mentee, pair, text):
    assert reminders(sent(as_mentee, pair, text)) == []


def test_what_was_not_kept_is_not_spoken_of(as_mentee, pair):
    answer = sent(as_mentee, pair, TELLING + "x" * 4000)

    assert answer.status_code == 400
    assert reminders(answer) == []


def test_the_office_writes_of_people_and_is_not_reminded(client, pair):
    director = OfficeRoleFactory(programme=pair.programme, role=Role.DIRECTOR).person
    client.force_login(director)
    page = reverse("office:organisation-edit", args=[pair.programme.slug])
    house = {
        "name": "Riverside",
        "region": "US",
        "time_zone": "UTC",
        "neutral_name": "Noor Haddad",
        "neutral_role": "ombudsperson, room 12 Mr B.",
        "neutral_email": "noor@example.org",
        "neutral_phone": "555 0101",
        "confidentiality_notice": "",
    }

    answer = client.post(page, house, follow=True)

    assert answer.status_code == 200
    assert Organisation.objects.get().neutral_role == "ombudsperson, room 12 Mr B."
    assert reminders(answer) == []


def test_a_stranger_is_not_reminded(client, pair):
    assert reminders(sent(client, pair, TELLING)) == []


def test_neither_the_log_nor_the_sentence_holds_the_words(as_mentee, pair, caplog):
    caplog.set_level(logging.DEBUG)

    answer = sent(as_mentee, pair, "Persimmon, MRN 4471823")

    (reminder,) = reminders(answer)
    for place in (words(reminder), caplog.text, str(dict(as_mentee.session))):
        assert "4471823" not in place
        assert "Persimmon" not in place


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_words(kind):
    assert words_of(kind) in listed([kind, *Kind])


@pytest.mark.parametrize("sentence", NAMING[:3])
def test_the_page_brings_what_its_script_needs(as_mentee, pair, sentence):
    address = reverse("messages:thread-show", args=[pair.mentorship.uid])
    page = BeautifulSoup(as_mentee.get(address).content, "html.parser")

    promise = page.select_one("[data-patients]")
    assert '"regex"' in promise["data-patients"]
    assert "%s" in promise["data-patients-say"]


# --- The institution's line ---------------------------------------------------------------


def promise_on(client, pair):
    address = reverse("messages:thread-show", args=[pair.mentorship.uid])
    return words(BeautifulSoup(client.get(address).content, "html.parser").select_one(".promise"))


def test_where_one_types_stands_what_the_organisation_says_of_the_limits(as_mentee, pair):
    organisation = Profile.objects.get(person=pair.mentee).organisation
    assert USUAL_LIMITS in promise_on(as_mentee, pair)

    organisation.confidentiality_notice = "Harm to a child <b>must</b> be passed on."
    organisation.save()

    assert "Harm to a child <b>must</b> be passed on." in promise_on(as_mentee, pair)
    assert USUAL_LIMITS not in promise_on(as_mentee, pair)


def test_the_line_costs_one_query_however_often_it_stands(
    as_mentee, pair, django_assert_max_num_queries
):
    address = reverse("messages:thread-show", args=[pair.mentorship.uid])
    as_mentee.get(address)

    with django_assert_max_num_queries(40) as seen:
        as_mentee.get(address)

    asked = [each["sql"] for each in seen if "confidentiality_notice" in each["sql"]]
    assert len([sql for sql in asked if "people_profile" in sql]) == 1


@pytest.mark.parametrize(("length", "status"), [(LIMITS_LENGTH, 302), (LIMITS_LENGTH + 1, 400)])
def test_the_line_is_short(client, pair, length, status):
    director = OfficeRoleFactory(programme=pair.programme, role=Role.DIRECTOR).person
    client.force_login(director)
    page = reverse("office:organisation-edit", args=[pair.programme.slug])
    form = BeautifulSoup(client.get(page).content, "html.parser")
    assert USUAL_LIMITS in words(form)
    house = {
        "name": "Riverside",
        "region": "US",
        "time_zone": "UTC",
        "neutral_name": "",
        "neutral_role": "",
        "neutral_email": "",
        "neutral_phone": "",
        "confidentiality_notice": "x" * length,
    }

    assert client.post(page, house).status_code == status


def test_whoever_takes_part_in_nothing_reads_the_usual_line(client, db):
    client.force_login(UserFactory())
    answer = client.get("/")

    assert str(answer.context["confidentiality_limits"]) == USUAL_LIMITS
    client.logout()
    assert str(client.get("/").context["confidentiality_limits"]) == USUAL_LIMITS
    assert User.objects.count() == 1
