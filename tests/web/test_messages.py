"""Pages of messages and notes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from mentorwell.core.lifecycles import MentorshipState
from mentorwell.mentorships.services import (
    end_mentorship,
    finish_endings,
    pause_mentorship,
    stop_contact,
)
from mentorwell.messages import rules
from mentorwell.messages.models import Message, Note, Reading
from mentorwell.messages.services import (
    delete_note,
    edit_message,
    mark_read,
    take_back_message,
)
from mentorwell.people.queries import draft_of
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair, begin
from tests.factories.messages import note, write
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

CHANGE = "Change what you wrote at 12:00 Take back what you wrote at 12:00"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def pair(db):
    """Amara learns from Helen, since two months."""
    programme = ProgrammeFactory()
    return Pair(
        now=NOW - 60 * DAY,
        programme=programme,
        mentor=MentorFactory(programme=programme, person=UserFactory(name="Dr. Helen Marsh")),
        mentee=MenteeFactory(programme=programme, person=UserFactory(name="Amara Okafor")),
    )


@pytest.fixture
def as_mentee(client, pair):
    client.force_login(pair.mentee)
    return client


@pytest.fixture
def as_mentor(client, pair):
    client.force_login(pair.mentor)
    return client


def at(name, thing):
    return reverse(f"messages:{name}", args=[thing.uid])


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def look(client, name, thing):
    return soup(client.get(at(name, thing)))


def words(found):
    return " ".join(found.get_text(" ").split()) if found else ""


def room(client, pair):
    return soup(client.get(reverse("mentorships:room", args=[pair.mentorship.uid])))


def card(page, title):
    (found,) = [each for each in page.select(".card") if each.h2 and words(each.h2) == title]
    return found


def lines(page):
    return [words(each) for each in page.select(".talk .message")]


def send(client, pair, text, **more):
    given = {"text": text, "token": uuid4(), **more}
    return client.post(at("thread-show", pair.mentorship), given)


# --- The thread ---------------------------------------------------------------------------


def test_what_is_sent_stands_in_the_thread_the_newest_last(as_mentee, pair):
    write(pair.mentorship, pair.mentor, "How was the week?", now=NOW - HOUR)

    answer = send(as_mentee, pair, "Long, but good.")

    thread = at("thread-show", pair.mentorship)
    assert (answer.status_code, answer.url) == (302, f"{thread}#newest")
    assert lines(look(as_mentee, "thread-show", pair.mentorship)) == [
        "Helen 9 January, 11:00 · new How was the week?",
        f"You 9 January, 12:00 Long, but good. {CHANGE}",
    ]


def test_lines_stay_lines_links_can_be_followed_and_tags_are_words(as_mentee, pair):
    write(
        pair.mentorship,
        pair.mentor,
        "First <b>line</b>\nSee https://example.org/a?b=1&c=2 and javascript:alert(1)",
    )

    page = look(as_mentee, "thread-show", pair.mentorship)
    said = page.select_one(".message .words")

    assert said.find("b") is None
    assert "First <b>line</b>" in said.get_text()
    assert len(said.select("br")) == 1
    (link,) = said.select("a")
    assert (link["href"], link["rel"]) == ("https://example.org/a?b=1&c=2", ["nofollow"])


def test_the_page_sent_twice_makes_one_message(as_mentee, pair):
    token = look(as_mentee, "thread-show", pair.mentorship).select_one("[name=token]")["value"]

    for _ in range(2):
        assert send(as_mentee, pair, "Once.", token=token).status_code == 302

    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Please fill this in."),
        ("   ", "Please fill this in."),
        ("x" * 4001, "Keep it to 4000 letters, please. This has 4001."),
    ],
)
def test_nothing_and_too_much_come_back_with_a_sentence_and_the_words(
    as_mentee, pair, text, sentence
):
    page = soup(send(as_mentee, pair, text), 400)

    assert sentence in words(page)
    assert page.textarea.get_text().strip() == text.strip()
    assert Message.objects.count() == 0


def test_a_token_that_is_none_is_refused(as_mentee, pair):
    assert send(as_mentee, pair, "Hello.", token="mine").status_code == 400


def test_the_thread_says_to_whom_it_is_open(as_mentee, pair):
    page = look(as_mentee, "thread-show", pair.mentorship)

    assert "stays between you two" in words(page.select_one(".promise"))
    assert "Nothing written yet" in words(page)


def test_a_group_reads_that_it_is_one(client):
    mentor = MentorFactory()
    mentees = MenteeFactory.create_batch(2, programme=mentor.programme)
    circle = begin(mentor, *mentees, form="circle")
    client.force_login(mentor.person)

    page = look(client, "thread-show", circle)

    assert "stays in this group" in words(page.select_one(".promise"))


def test_while_it_rests_the_thread_is_there_and_the_box_is_not(as_mentee, pair):
    write(pair.mentorship, pair.mentor, "Rest well.", now=NOW - HOUR)
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)

    page = look(as_mentee, "thread-show", pair.mentorship)

    assert "Rest well." in words(page)
    assert page.textarea is None
    assert rules.RESTING in words(page)
    refused = soup(send(as_mentee, pair, "One more thing."), 400)
    assert rules.RESTING in words(refused)
    assert "One more thing." in words(card(refused, "This was not sent"))
    assert Message.objects.count() == 1


def test_who_was_stopped_reads_no_more_than_that_it_is_paused(as_mentor, pair):
    stop_contact(mentorship=pair.mentorship, by=pair.mentee, now=NOW)

    page = look(as_mentor, "thread-show", pair.mentorship)

    assert rules.RESTING in words(page)
    for telling in ("stopped", "contact", "right"):
        assert telling not in words(page.select_one(".column"))


def test_a_long_thread_comes_in_pages_the_latest_first(as_mentee, pair):
    for number in range(65):
        write(pair.mentorship, pair.mentor, f"Message {number}.", now=NOW + number * MINUTE)

    def shown(query):
        page = soup(as_mentee.get(at("thread-show", pair.mentorship) + query))
        said = [each.get_text().strip() for each in page.select(".message .words")]
        links = [words(each) for each in page.select(".column a") if "messages" in words(each)]
        return said[0], said[-1], len(said), links, page.textarea is not None

    assert shown("") == ("Message 35.", "Message 64.", 30, ["Earlier messages"], True)
    both = ["Earlier messages", "Later messages"]
    assert shown("?page=2") == ("Message 5.", "Message 34.", 30, both, False)
    assert shown("?page=3") == ("Message 0.", "Message 4.", 5, ["Later messages"], False)


def test_the_thread_asks_as_often_for_twenty_as_for_one(as_mentee, pair, count_queries):
    address = at("thread-show", pair.mentorship)
    write(pair.mentorship, pair.mentor, "Message", now=NOW)
    write(pair.mentorship, pair.mentee, "Answer", now=NOW)
    few = count_queries(as_mentee, address)
    for number in range(9):
        write(pair.mentorship, pair.mentor, f"Message {number}", now=NOW)
        write(pair.mentorship, pair.mentee, f"Answer {number}", now=NOW)

    assert count_queries(as_mentee, address) == few


# --- Reading ------------------------------------------------------------------------------


def test_looking_marks_nothing_and_the_button_marks_what_was_shown(as_mentor, pair):
    write(pair.mentorship, pair.mentee, "One.")
    shown = look(as_mentor, "thread-show", pair.mentorship).select_one("[name=up_to]")["value"]
    write(pair.mentorship, pair.mentee, "Two.")
    assert Reading.objects.count() == 0

    answer = as_mentor.post(at("thread-read", pair.mentorship), {"up_to": shown})

    assert answer.status_code == 302
    new = [each for each in lines(look(as_mentor, "thread-show", pair.mentorship)) if "new" in each]
    assert new == ["Amara 9 January, 12:00 · new Two."]


def test_where_scripts_run_the_page_says_by_itself_that_it_was_read(as_mentor, pair):
    message = write(pair.mentorship, pair.mentee, "One.")
    form = look(as_mentor, "thread-show", pair.mentorship).select_one("form[hx-trigger*=load]")

    answer = as_mentor.post(form["hx-post"], {"up_to": message.uid}, headers={"hx-request": "true"})

    assert (answer.status_code, answer.content) == (200, b"")
    page = look(as_mentor, "thread-show", pair.mentorship)
    assert page.select_one("form[hx-trigger*=load]") is None


@pytest.mark.parametrize("up_to", ["", "soon", "5cbd0c16-f17e-4975-b8a0-c93cf8be7d71"])
def test_what_is_not_in_the_thread_cannot_be_read(as_mentor, pair, up_to):
    write(pair.mentorship, pair.mentee)

    answer = as_mentor.post(at("thread-read", pair.mentorship), {"up_to": up_to})

    assert (answer.status_code, Reading.objects.count()) == (404, 0)


def test_the_writer_does_not_see_whether_it_was_read(as_mentee, pair):
    message = write(pair.mentorship, pair.mentee, "Did you see it?")
    before = lines(look(as_mentee, "thread-show", pair.mentorship))
    mark_read(up_to=message, by=pair.mentor, now=NOW)

    assert lines(look(as_mentee, "thread-show", pair.mentorship)) == before


# --- Changing -----------------------------------------------------------------------------


def test_a_message_is_changed_on_its_own_page(as_mentee, pair):
    message = write(pair.mentorship, pair.mentee, "On Tuseday?", now=NOW - 10 * MINUTE)
    page = look(as_mentee, "message-edit", message)
    assert page.textarea.get_text().strip() == "On Tuseday?"
    assert "Until 12:50." in words(page)

    answer = as_mentee.post(at("message-edit", message), {"text": "On Tuesday?"})

    assert answer.status_code == 302
    (line,) = lines(look(as_mentee, "thread-show", pair.mentorship))
    assert line.startswith("You 9 January, 11:50 · changed On Tuesday?")


def test_a_change_to_nothing_comes_back(as_mentee, pair):
    message = write(pair.mentorship, pair.mentee, "Something.")

    assert as_mentee.post(at("message-edit", message), {"text": " "}).status_code == 400
    assert Message.objects.get().text == "Something."


def test_a_message_is_taken_back_for_both(as_mentee, pair):
    message = write(pair.mentorship, pair.mentee, "Wrong room.")

    assert as_mentee.post(at("message-take-back", message)).status_code == 302

    page = look(as_mentee, "thread-show", pair.mentorship)
    assert lines(page) == ["You 9 January, 12:00 Taken back"]
    assert "Wrong room." not in words(page)


def test_after_an_hour_the_page_offers_no_change_and_its_address_says_why(as_mentee, pair):
    message = write(pair.mentorship, pair.mentee, "As it is.", now=NOW - HOUR)

    assert lines(look(as_mentee, "thread-show", pair.mentorship)) == [
        "You 9 January, 11:00 As it is."
    ]
    for answer in (
        as_mentee.get(at("message-edit", message)),
        as_mentee.post(at("message-take-back", message)),
    ):
        assert "can be changed for an hour" in words(soup(answer, 409))


def test_the_message_of_the_other_has_no_page_of_its_own(as_mentor, pair):
    message = write(pair.mentorship, pair.mentee)

    assert as_mentor.get(at("message-edit", message)).status_code == 404
    assert as_mentor.post(at("message-take-back", message)).status_code == 404


# --- Drafts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key"), [("thread-show", "message"), ("note-list", "note")], ids=["message", "note"]
)
def test_what_is_half_written_is_there_at_the_next_visit(as_mentee, pair, name, key):
    address = at(name, pair.mentorship)
    kept = {"text": "I have been", "token": uuid4(), "keep_draft": "yes"}

    answer = as_mentee.post(address, kept, headers={"hx-request": "true"})
    assert "Kept as a draft" in answer.text
    as_mentee.logout()  # the session has timed out
    as_mentee.force_login(pair.mentee)

    page = look(as_mentee, name, pair.mentorship)
    assert page.textarea.get_text().strip() == "I have been"
    assert draft_of(pair.mentor, f"{key}:{pair.mentorship.uid}") == {}


@pytest.mark.parametrize("name", ["thread-show", "note-list"])
def test_a_draft_that_arrives_after_it_was_sent_is_not_offered_again(as_mentee, pair, name):
    address, sent = at(name, pair.mentorship), {"text": "All of it.", "token": uuid4()}
    as_mentee.post(address, sent)
    as_mentee.post(address, {**sent, "keep_draft": "yes"})

    assert look(as_mentee, name, pair.mentorship).textarea.get_text().strip() == ""


# --- The room -----------------------------------------------------------------------------


def test_the_room_shows_the_latest_lines_and_how_many_are_new(as_mentor, pair):
    for number in range(5):
        write(pair.mentorship, pair.mentee, f"Message {number}.", now=NOW + number * MINUTE)

    found = card(room(as_mentor, pair), "Messages")

    assert [each.partition("new ")[2] for each in lines(found)] == [
        "Message 2.",
        "Message 3.",
        "Message 4.",
    ]
    assert words(found.header) == "Messages 5 new"
    assert words(found.footer) == "Read and write"


def test_an_empty_room_invites_to_write(as_mentee, pair):
    assert words(card(room(as_mentee, pair), "Messages").footer) == "Write a line"


def test_an_ended_room_keeps_its_messages_and_one_without_shows_none(as_mentee, pair):
    write(pair.mentorship, pair.mentor, "It was good.", now=NOW - 3 * HOUR)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW - 2 * HOUR)
    finish_endings(now=NOW)
    assert pair.fresh().state == MentorshipState.CLOSED

    found = card(room(as_mentee, pair), "Messages")
    assert "It was good." in words(found)
    assert words(found.footer) == "Read all"
    Message.objects.all().delete()
    assert [each for each in room(as_mentee, pair).select("h2") if words(each) == "Messages"] == []


def test_the_room_asks_as_often_for_many_messages_as_for_two(as_mentor, pair, count_queries):
    address = reverse("mentorships:room", args=[pair.mentorship.uid])
    write(pair.mentorship, pair.mentee, "One.")
    write(pair.mentorship, pair.mentor, "Two.")
    few = count_queries(as_mentor, address)
    for number in range(6):
        write(pair.mentorship, pair.mentee, f"Message {number}.")
        note(pair.mentorship, pair.mentor, f"Note {number}.")

    assert count_queries(as_mentor, address) == few


def test_the_room_says_that_one_keeps_notes_but_not_what_they_say(as_mentee, pair):
    assert "Nobody learns that there are any" in words(card(room(as_mentee, pair), "Only for me"))
    note(pair.mentorship, pair.mentee, "I talk too much.", now=NOW - DAY)
    note(pair.mentorship, pair.mentee, "I still do.", now=NOW)

    found = words(card(room(as_mentee, pair), "Only for me"))

    assert "You keep 2 notes here, the last of 9 January 2030." in found
    assert "I still do." not in found


def test_the_other_cannot_tell_whether_there_are_notes(as_mentor, pair):
    before = [words(room(as_mentor, pair)), words(look(as_mentor, "note-list", pair.mentorship))]
    note(pair.mentorship, pair.mentee, "I talk too much.")

    assert before == [
        words(room(as_mentor, pair)),
        words(look(as_mentor, "note-list", pair.mentorship)),
    ]


# --- Notes --------------------------------------------------------------------------------


def notes(page):
    return [each.get_text().strip() for each in page.select(".column .words")]


def test_a_note_is_written_changed_deleted_and_brought_back(as_mentee, pair):
    address = at("note-list", pair.mentorship)
    answer = as_mentee.post(address, {"text": "Ask about fellowship.", "token": uuid4()})
    assert (answer.status_code, answer.url) == (302, address)
    assert notes(look(as_mentee, "note-list", pair.mentorship)) == ["Ask about fellowship."]

    written = Note.objects.get()
    assert "Ask about fellowship." in look(as_mentee, "note-edit", written).textarea.get_text()
    as_mentee.post(at("note-edit", written), {"text": "Ask about research."})
    page = look(as_mentee, "note-list", pair.mentorship)
    assert notes(page) == ["Ask about research."]
    assert "changed 9 January 2030" in words(page)

    answer = as_mentee.post(at("note-delete", written))
    assert answer.url == at("note-edit", written)
    deleted = look(as_mentee, "note-edit", written)
    assert "Until 13:00 you can bring it back." in words(deleted)
    assert deleted.textarea is None
    assert notes(look(as_mentee, "note-list", pair.mentorship)) == []

    answer = as_mentee.post(at("note-undo", written))
    assert answer.url == address
    assert notes(look(as_mentee, "note-list", pair.mentorship)) == ["Ask about research."]


@pytest.mark.parametrize("text", ["", "x" * 10_001])
def test_a_note_of_nothing_or_too_much_comes_back(as_mentee, pair, text):
    given = {"text": text, "token": uuid4()}
    assert as_mentee.post(at("note-list", pair.mentorship), given).status_code == 400
    written = note(pair.mentorship, pair.mentee, "Enough.")
    assert as_mentee.post(at("note-edit", written), given).status_code == 400

    assert [each.text for each in Note.objects.all()] == ["Enough."]


@pytest.mark.parametrize("name", ["note-edit", "note-delete", "note-undo"])
def test_the_note_of_another_is_not_there(as_mentor, pair, name):
    written = note(pair.mentorship, pair.mentee, "Mine.")

    assert as_mentor.get(at("note-edit", written)).status_code == 404
    assert as_mentor.post(at(name, written), {"text": "Ha."}).status_code == 404
    assert Note.objects.get().text == "Mine."


def test_all_notes_are_found_on_one_page_also_of_a_circle_that_one_left(client):
    mentor = MentorFactory()
    mentees = MenteeFactory.create_batch(3, programme=mentor.programme)
    circle = begin(mentor, *mentees, form="circle")
    leaver = mentees[0].person
    written = note(circle, leaver, "What I keep.")
    note(circle, mentees[1].person, "Of somebody else.")
    end_mentorship(mentorship=circle, by=leaver, now=NOW - 2 * HOUR)
    finish_endings(now=NOW)
    client.force_login(leaver)

    assert client.get(at("note-list", circle)).status_code == 404
    assert notes(soup(client.get(reverse("messages:note-find")))) == ["What I keep."]
    page = look(client, "note-edit", written)
    assert page.select_one("a.back, .back a, a[href='/notes/']")["href"] == "/notes/"
    answer = client.post(at("note-edit", written), {"text": "What I still keep."})
    assert answer.url == "/notes/"
    delete_note(note=written, by=leaver, now=NOW)
    assert client.post(at("note-undo", written)).url == "/notes/"


def test_whoever_has_no_notes_reads_where_they_could_be_written(client):
    client.force_login(UserFactory())

    assert "No notes yet" in words(soup(client.get(reverse("messages:note-find"))))


@pytest.mark.parametrize("name", ["note-list", "note-find"])
def test_notes_ask_as_often_for_many_as_for_one(as_mentee, pair, count_queries, name):
    arguments = [pair.mentorship.uid] if name == "note-list" else []
    address = reverse(f"messages:{name}", args=arguments)
    note(pair.mentorship, pair.mentee, "One.")
    few = count_queries(as_mentee, address)
    for number in range(4):
        note(pair.mentorship, pair.mentee, f"Note {number}.")

    assert count_queries(as_mentee, address) == few


def test_a_message_taken_back_or_changed_while_its_page_was_open_says_so(as_mentee, pair):
    message = write(pair.mentorship, pair.mentee, "First.")
    edit_message(message=message, text="Second.", by=pair.mentee, now=NOW)
    take_back_message(message=message, by=pair.mentee, now=NOW)

    answer = as_mentee.post(at("message-edit", message), {"text": "Third."})

    assert "You have taken this back." in words(soup(answer, 409))
