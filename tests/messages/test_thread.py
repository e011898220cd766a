"""Messages: who writes, who reads, what can be changed, and for how long."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.mentorships.services import (
    ask_about_silence,
    end_mentorship,
    finish_endings,
    pause_mentorship,
    resume_mentorship,
    stop_contact,
    undo_ending,
)
from mentorwell.messages import queries, rules
from mentorwell.messages.models import Message, Reading
from mentorwell.messages.services import (
    edit_message,
    mark_read,
    take_back_message,
)
from mentorwell.people.queries import draft_of
from mentorwell.people.services import keep_draft
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair, verbs
from tests.factories.messages import write
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def texts(user, mentorship):
    return [each.text for each in queries.thread_of(user, mentorship)]


def new(user):
    return [each.text for each in queries.new_to(user)]


# --- Writing ------------------------------------------------------------------------------


def test_both_read_what_each_wrote_in_its_order(pair):
    write(pair.mentorship, pair.mentee, "Are you in on Friday?")
    write(pair.mentorship, pair.mentor, "From noon on.", now=NOW + MINUTE)

    for person in (pair.mentee, pair.mentor):
        assert texts(person, pair.mentorship) == ["Are you in on Friday?", "From noon on."]


def test_writing_leaves_a_line_without_words(pair):
    message = write(pair.mentorship, pair.mentee)

    assert verbs(message) == ["messages.message.write"]


def test_nobody_else_reads_or_writes(pair):
    write(pair.mentorship, pair.mentee)
    others = [
        UserFactory(),
        UserFactory(is_staff=True, is_superuser=True),
        Pair(programme=pair.programme).mentor,
        *(OfficeRoleFactory(programme=pair.programme, role=role).person for role in Role),
    ]

    for person in others:
        assert texts(person, pair.mentorship) == []
        assert rules.can_write(person, pair.mentorship) is False
        with pytest.raises(NotAllowed, match="not yours"):
            write(pair.mentorship, person)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", ["", "  \r\n ", "x" * (rules.MESSAGE_LENGTH + 1)])
def test_nothing_and_too_much_are_refused(pair, text):
    with pytest.raises(NotPossibleNow, match=r"nothing in it|4000 letters, please\. This has 4001"):
        write(pair.mentorship, pair.mentee, text)

    assert Message.objects.count() == 0


def test_the_longest_message_fits_and_lines_stay_lines(pair):
    long = "x" * (rules.MESSAGE_LENGTH - 2) + "\r\nx"
    write(pair.mentorship, pair.mentee, f"  {long}\r\n")

    assert texts(pair.mentor, pair.mentorship) == ["x" * (rules.MESSAGE_LENGTH - 2) + "\nx"]


def test_the_same_page_sent_twice_is_one_message(pair):
    token = uuid4()
    first = write(pair.mentorship, pair.mentee, "Thank you!", token=token)
    write(pair.mentorship, pair.mentee, "And more.", now=NOW + MINUTE)

    again = write(pair.mentorship, pair.mentee, "Thank you!", token=token, now=NOW + DAY)

    assert again == first
    assert texts(pair.mentor, pair.mentorship) == ["Thank you!", "And more."]


@pytest.mark.parametrize(
    ("later", "count"),
    [(timedelta(0), 1), (rules.AGAIN_TIME - timedelta(seconds=1), 1), (rules.AGAIN_TIME, 2)],
)
def test_the_same_words_within_half_a_minute_are_one_message(pair, later, count):
    write(pair.mentorship, pair.mentee, "Thank you!")

    write(pair.mentorship, pair.mentee, "Thank you!", now=NOW + later)

    assert len(texts(pair.mentor, pair.mentorship)) == count


def test_two_people_may_say_the_same(pair):
    write(pair.mentorship, pair.mentee, "Yes!")
    write(pair.mentorship, pair.mentor, "Yes!")

    assert texts(pair.mentor, pair.mentorship) == ["Yes!", "Yes!"]


def test_the_database_keeps_one_message_a_page(pair):
    token = uuid4()
    given = {"mentorship": pair.mentorship, "author": pair.member(pair.mentee), "token": token}
    Message.objects.create(**given, text="One", written_at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**given, text="Two", written_at=NOW)


def test_the_database_keeps_no_words_of_what_was_taken_back(pair):
    message = write(pair.mentorship, pair.mentee)

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(taken_back_at=NOW)


def test_a_sent_message_takes_its_draft_along(pair):
    keep_draft(
        key=f"message:{pair.mentorship.uid}", fields={"text": ["Half"]}, by=pair.mentee, now=NOW
    )

    write(pair.mentorship, pair.mentee)

    assert draft_of(pair.mentee, f"message:{pair.mentorship.uid}") == {}


def test_a_message_answers_the_question_after_a_silence(pair):
    later = NOW + timedelta(days=400)
    ask_about_silence(now=later)
    assert pair.fresh().silence_asked_at == later

    write(pair.mentorship, pair.mentor, now=later + DAY)

    assert pair.fresh().silence_asked_at is None


# --- When it rests, and when it is over ---------------------------------------------------


def refused(mentorship, person, sentence, *, now=NOW + DAY):
    mentorship.refresh_from_db()
    assert rules.why_not_write(person, mentorship) == sentence
    with pytest.raises(NotPossibleNow, match=sentence):
        write(mentorship, person, "One more thing", now=now)


def test_while_it_rests_reading_stays_and_writing_waits(pair):
    write(pair.mentorship, pair.mentee, "See you in June.")
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)

    for person in (pair.mentee, pair.mentor):
        refused(pair.mentorship, person, rules.RESTING)
        assert texts(person, pair.mentorship) == ["See you in June."]

    resume_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW + DAY)
    write(pair.mentorship, pair.mentor, "Welcome back.", now=NOW + DAY)
    assert rules.can_write(pair.mentee, pair.fresh()) is True


def test_who_stopped_contact_and_who_did_not_read_the_same_sentence(pair):
    write(pair.mentorship, pair.mentee, "Before.")
    stop_contact(mentorship=pair.mentorship, by=pair.mentee, now=NOW + MINUTE)

    for person in (pair.mentee, pair.mentor):
        refused(pair.mentorship, person, rules.RESTING)
        assert texts(person, pair.mentorship) == ["Before."]


def test_an_ending_binds_its_writer_at_once_and_the_other_when_told(pair):
    write(pair.mentorship, pair.mentee, "It was good.")
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    refused(pair.mentorship, pair.mentee, "You have ended this mentorship.", now=NOW)
    write(pair.mentorship, pair.mentor, "It was.", now=NOW + MINUTE)

    finish_endings(now=NOW + 2 * HOUR)

    for person in (pair.mentee, pair.mentor):
        refused(pair.mentorship, person, "This mentorship has ended.")
        assert texts(person, pair.mentorship) == ["It was good.", "It was."]


def test_an_ending_taken_back_lets_one_write_again(pair):
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    undo_ending(mentorship=pair.mentorship, by=pair.mentee, now=NOW + MINUTE)

    write(pair.mentorship, pair.mentee, "I stay.", now=NOW + MINUTE)

    assert texts(pair.mentor, pair.mentorship) == ["I stay."]


# --- Changing and taking back -------------------------------------------------------------


def test_an_own_message_can_be_changed_for_an_hour(pair):
    message = write(pair.mentorship, pair.mentee, "On Tuseday?")

    edit_message(
        message=message, text="On Tuesday? ", by=pair.mentee, now=NOW + HOUR - timedelta(seconds=1)
    )

    stored = queries.thread_of(pair.mentor, pair.mentorship).get()
    assert (stored.text, stored.edited_at) == ("On Tuesday?", NOW + HOUR - timedelta(seconds=1))
    assert verbs(message) == ["messages.message.write", "messages.message.edit"]


def test_an_own_message_can_be_taken_back_for_an_hour_and_its_words_are_gone(pair):
    message = write(pair.mentorship, pair.mentee, "Wrong room.")

    take_back_message(message=message, by=pair.mentee, now=NOW + MINUTE)

    stored = queries.thread_of(pair.mentor, pair.mentorship).get()
    assert (stored.text, stored.taken_back_at) == ("", NOW + MINUTE)
    assert new(pair.mentor) == []
    assert verbs(message) == ["messages.message.write", "messages.message.take_back"]


CHANGES = {
    "edit": (lambda message, by, now: edit_message(message=message, text="No.", by=by, now=now)),
    "take back": (lambda message, by, now: take_back_message(message=message, by=by, now=now)),
}


def allowed(message, by, now):
    return [rules.can_edit(by, message, now=now), rules.can_take_back(by, message, now=now)]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_the_hour_a_message_stays(pair, change):
    message = write(pair.mentorship, pair.mentee, "As it is.")

    assert allowed(message, pair.mentee, NOW + HOUR) == [False, False]
    assert rules.is_own(pair.mentee, message, now=NOW + HOUR) is False
    with pytest.raises(NotPossibleNow, match="for an hour"):
        change(message, pair.mentee, NOW + HOUR)
    assert texts(pair.mentor, pair.mentorship) == ["As it is."]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nobody_changes_what_another_wrote(pair, change):
    message = write(pair.mentorship, pair.mentee, "Mine.")

    assert allowed(message, pair.mentor, NOW) == [False, False]
    with pytest.raises(NotAllowed, match="Somebody else"):
        change(message, pair.mentor, NOW)
    assert texts(pair.mentee, pair.mentorship) == ["Mine."]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_taken_back_is_gone_for_good(pair, change):
    message = write(pair.mentorship, pair.mentee)
    take_back_message(message=Message.objects.get(pk=message.pk), by=pair.mentee, now=NOW)

    with pytest.raises(NotPossibleNow, match="taken this back"):
        change(message, pair.mentee, NOW + MINUTE)


def test_while_it_rests_a_message_can_be_taken_back_but_not_changed(pair):
    message = write(pair.mentorship, pair.mentee)
    assert allowed(message, pair.mentee, NOW) == [True, True]
    assert rules.is_own(pair.mentee, message, now=NOW) is True
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)

    assert allowed(message, pair.mentee, NOW) == [False, True]
    with pytest.raises(NotPossibleNow, match="paused"):
        edit_message(message=message, text="Please!", by=pair.mentee, now=NOW)
    take_back_message(message=message, by=pair.mentee, now=NOW)
    assert texts(pair.mentor, pair.mentorship) == [""]


def test_a_change_to_nothing_is_refused(pair):
    message = write(pair.mentorship, pair.mentee, "Something.")

    with pytest.raises(NotPossibleNow, match="nothing in it"):
        edit_message(message=message, text=" ", by=pair.mentee, now=NOW)


# --- Reading ------------------------------------------------------------------------------


def test_what_the_other_wrote_is_new_until_it_is_read(pair):
    first = write(pair.mentorship, pair.mentee, "One.")
    write(pair.mentorship, pair.mentee, "Two.", now=NOW + MINUTE)
    assert (new(pair.mentor), new(pair.mentee)) == (["One.", "Two."], [])

    mark_read(up_to=first, by=pair.mentor, now=NOW + HOUR)

    assert new(pair.mentor) == ["Two."]
    assert queries.news_of(pair.mentor) == {
        pair.mentorship.pk: queries.News(1, [pair.mentee.first_name])
    }


def test_an_old_page_does_not_make_old_messages_new_again(pair):
    first = write(pair.mentorship, pair.mentee, "One.")
    second = write(pair.mentorship, pair.mentee, "Two.", now=NOW + MINUTE)
    mark_read(up_to=second, by=pair.mentor, now=NOW + HOUR)

    mark_read(up_to=first, by=pair.mentor, now=NOW + HOUR)

    assert new(pair.mentor) == []
    assert Reading.objects.count() == 1


def test_reading_leaves_no_line_and_is_for_members(pair):
    message = write(pair.mentorship, pair.mentee)
    mark_read(up_to=message, by=pair.mentor, now=NOW)

    assert verbs(message) == ["messages.message.write"]
    with pytest.raises(NotAllowed, match="not yours"):
        mark_read(up_to=message, by=UserFactory(), now=NOW)


# --- More than two ------------------------------------------------------------------------


def test_in_a_circle_all_read_and_are_told_who_wrote(circle):
    write(circle.mentorship, circle.ada, "Hello all.")
    write(circle.mentorship, circle.mentor, "Hello.", now=NOW + MINUTE)
    write(circle.mentorship, circle.ada, "How are you?", now=NOW + 2 * MINUTE)

    assert new(circle.ben) == ["Hello all.", "Hello.", "How are you?"]
    assert queries.news_of(circle.ben)[circle.mentorship.pk] == queries.News(
        3, [circle.mentor.first_name, circle.ada.first_name]
    )
    assert new(circle.mentor) == ["Hello all.", "How are you?"]


def test_who_joins_later_reads_from_then_on(circle):
    write(circle.mentorship, circle.ada, "Among us four.")
    newcomer = MenteeFactory(programme=circle.mentor_part.programme)
    circle.mentorship.members.create(
        participation=newcomer, part=newcomer.part, joined_at=NOW + DAY
    )
    write(circle.mentorship, circle.ada, "Welcome!", now=NOW + DAY)

    assert texts(newcomer.person, circle.mentorship) == ["Welcome!"]
    assert texts(circle.ben, circle.mentorship) == ["Among us four.", "Welcome!"]


def test_who_left_a_circle_reads_nothing_there_any_more(circle):
    write(circle.mentorship, circle.ada, "Good bye, Ben.")
    end_mentorship(mentorship=circle.mentorship, by=circle.ben, now=NOW + MINUTE)
    finish_endings(now=NOW + 2 * HOUR)
    write(circle.mentorship, circle.ada, "We go on.", now=NOW + DAY)

    assert texts(circle.ben, circle.mentorship) == []
    assert new(circle.ben) == []
    assert texts(circle.cleo, circle.mentorship) == ["Good bye, Ben.", "We go on."]


def test_in_a_circle_nothing_comes_to_who_stopped_contact_until_they_go_on(circle):
    write(circle.mentorship, circle.ada, "Before.")
    stop_contact(mentorship=circle.mentorship, by=circle.ben, now=NOW + MINUTE)
    write(circle.mentorship, circle.ada, "Since.", now=NOW + HOUR)

    assert texts(circle.ben, circle.mentorship) == ["Before."]
    refused(circle.mentorship, circle.ben, rules.RESTING)

    resume_mentorship(mentorship=circle.mentorship, by=circle.ben, now=NOW + DAY)
    assert texts(circle.ben, circle.mentorship) == ["Before.", "Since."]


def test_in_a_circle_who_rests_goes_on_reading(circle):
    pause_mentorship(mentorship=circle.mentorship, by=circle.ben, now=NOW)
    write(circle.mentorship, circle.ada, "Rest well, Ben.", now=NOW + HOUR)

    assert texts(circle.ben, circle.mentorship) == ["Rest well, Ben."]
    refused(circle.mentorship, circle.ben, rules.RESTING)


def test_two_mentorships_are_two_threads(db):
    mentor = MentorFactory(places=2)
    pair, other = (Pair(programme=mentor.programme, mentor=mentor) for _ in range(2))
    write(pair.mentorship, pair.mentee, "Here.")
    write(other.mentorship, other.mentee, "There.")

    assert texts(pair.mentor, pair.mentorship) == ["Here."]
    assert {pk: news.count for pk, news in queries.news_of(pair.mentor).items()} == {
        pair.mentorship.pk: 1,
        other.mentorship.pk: 1,
    }
    assert texts(pair.mentee, other.mentorship) == []
