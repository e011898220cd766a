"""Mail of messages: one for all that is new, at a good moment, never with a word of it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail

from mentorwell.mentorships.services import (
    end_mentorship,
    pause_mentorship,
    resume_mentorship,
    stop_contact,
)
from mentorwell.messages import emails
from mentorwell.messages.services import mark_read, take_back_message
from mentorwell.notices.emails import lines_of, render
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import Notice
from mentorwell.notices.queries import notices_visible_to
from mentorwell.notices.services import Outcome, choose_mail, gather_digests, send_next
from tests.factories.mentorships import told
from tests.factories.messages import write
from tests.factories.moments import NOW


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVENING = datetime(2030, 1, 9, 22, 0, tzinfo=UTC)  # people live in UTC unless a test moves them
MORNING = datetime(2030, 1, 10, 7, 0, tzinfo=UTC)


def choose(person, **changes):
    given = {"digest": True, "digest_weekday": 0, "quiet_from": time(21), "quiet_until": time(7)}
    choose_mail(**{**given, **changes}, by=person, now=NOW)


def post(now):
    """Send all that is due, and return the subjects of what has been sent so far, by address."""
    gather_digests(now=now)
    while send_next(now=now) is not Outcome.NOTHING_DUE:
        pass
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


def written(person):
    return list(Notice.objects.filter(person=person, kind=emails.WRITTEN))


@pytest.fixture
def subject(pair):
    return (pair.mentor.email, f"{pair.mentee.first_name} has written to you")


def test_the_other_is_told_after_ten_minutes_and_the_writer_is_not(pair, subject):
    write(pair.mentorship, pair.mentee)

    assert post(NOW + 9 * MINUTE) == []
    assert post(NOW + 10 * MINUTE) == [subject]
    assert emails.WRITTEN not in told(pair.mentee)


def test_a_mail_names_who_wrote_and_how_much_and_holds_no_word(pair):
    write(pair.mentorship, pair.mentee, "Persimmon is my word.")
    write(pair.mentorship, pair.mentee, "And quince.", now=NOW + MINUTE)
    post(NOW + HOUR)

    (letter,) = mail.outbox
    assert "2 new messages are in your room." in letter.body
    assert f"/mentorships/{pair.mentorship.uid}/messages/" in letter.body
    assert "ersimmon" not in str(letter.message())
    assert "quince" not in str(letter.message())


def test_many_messages_make_one_mail_until_they_are_read(pair, subject):
    for number in range(5):
        write(pair.mentorship, pair.mentee, f"Message {number}", now=NOW + number * HOUR)
        post(NOW + number * HOUR + 30 * MINUTE)
    assert post(NOW + DAY) == [subject]

    last = write(pair.mentorship, pair.mentee, "Still there?", now=NOW + DAY)
    mark_read(up_to=last, by=pair.mentor, now=NOW + DAY + MINUTE)
    write(pair.mentorship, pair.mentee, "Good.", now=NOW + DAY + 2 * MINUTE)

    assert post(NOW + 2 * DAY) == [subject, subject]


def test_who_reads_it_in_the_room_gets_no_mail(pair):
    message = write(pair.mentorship, pair.mentee)
    mark_read(up_to=message, by=pair.mentor, now=NOW + MINUTE)

    assert post(NOW + DAY) == []
    assert written(pair.mentor)[0].state == NoticeState.DROPPED


def test_what_was_taken_back_is_not_told(pair):
    message = write(pair.mentorship, pair.mentee)
    take_back_message(message=message, by=pair.mentee, now=NOW + MINUTE)

    assert post(NOW + DAY) == []


def test_what_follows_a_message_that_was_taken_back_is_told(pair, subject):
    first = write(pair.mentorship, pair.mentee, "Oh.")
    take_back_message(message=first, by=pair.mentee, now=NOW + MINUTE)
    post(NOW + HOUR)

    write(pair.mentorship, pair.mentee, "Now then.", now=NOW + HOUR)

    assert post(NOW + DAY) == [subject]


def test_a_quiet_night_ends_with_one_mail(pair, subject):
    for number in range(3):
        write(pair.mentorship, pair.mentee, f"Night {number}", now=EVENING + number * HOUR)

    assert post(MORNING - MINUTE) == []
    assert post(MORNING) == [subject]


def test_who_prefers_the_digest_is_told_there(pair):
    choose(pair.mentor, messages_at_once=False)
    write(pair.mentorship, pair.mentee, "Persimmon is my word.")

    (notice,) = written(pair.mentor)
    assert notice.urgency == Urgency.DIGEST
    assert post(NOW + 4 * DAY) == []
    ((address, subject),) = post(NOW + 7 * DAY)
    assert (address, subject) == (pair.mentor.email, "One thing for this week")
    assert f"{pair.mentee.first_name} has written to you" in mail.outbox[0].body
    assert "ersimmon" not in str(mail.outbox[0].message())


def test_in_a_circle_each_is_told_of_all_who_wrote(circle):
    write(circle.mentorship, circle.ada, "Hello.")
    write(circle.mentorship, circle.mentor, "Hello!", now=NOW + MINUTE)

    subjects = dict(post(NOW + HOUR))

    first = {name: getattr(circle, name).first_name for name in ("ada", "mentor")}
    assert subjects == {
        circle.mentor.email: f"{first['ada']} has written to you",
        circle.ada.email: f"{first['mentor']} has written to you",
        circle.ben.email: f"{first['mentor']} and {first['ada']} have written to you",
        circle.cleo.email: f"{first['mentor']} and {first['ada']} have written to you",
    }


@pytest.mark.parametrize("away", [pause_mentorship, stop_contact, end_mentorship])
def test_who_rests_stopped_contact_or_has_ended_it_is_not_told(circle, away):
    away(mentorship=circle.mentorship, by=circle.ben, now=NOW)

    write(circle.mentorship, circle.ada)

    assert written(circle.ben) == []
    assert len(written(circle.cleo)) == 1


@pytest.mark.parametrize("away", [pause_mentorship, stop_contact, end_mentorship])
def test_no_mail_comes_after_one_has_gone(pair, away):
    """A mail that waits for its moment is dropped when its reader rests meanwhile."""
    write(pair.mentorship, pair.mentee)
    away(mentorship=pair.mentorship, by=pair.mentor, now=NOW + MINUTE)

    assert [subject for _, subject in post(NOW + HOUR) if "written" in subject] == []


def test_after_a_rest_what_is_new_is_told_again(circle):
    pause_mentorship(mentorship=circle.mentorship, by=circle.ben, now=NOW)
    write(circle.mentorship, circle.ada, "Rest well.", now=NOW + MINUTE)
    resume_mentorship(mentorship=circle.mentorship, by=circle.ben, now=NOW + DAY)
    write(circle.mentorship, circle.ada, "You are back!", now=NOW + DAY)

    post(NOW + 2 * DAY)

    bodies = [letter.body for letter in mail.outbox if letter.to == [circle.ben.email]]
    assert ["2 new messages" in body for body in bodies] == [True]


def test_what_was_not_told_because_of_a_rest_is_told_with_the_next_message(pair, subject):
    write(pair.mentorship, pair.mentee, "Before.")
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW + MINUTE)
    post(NOW + HOUR)
    resume_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW + DAY)

    write(pair.mentorship, pair.mentee, "And now.", now=NOW + DAY)

    assert post(NOW + 2 * DAY)[-1] == subject
    assert "2 new messages" in mail.outbox[-1].body


def test_who_joins_by_a_clock_that_runs_ahead_is_told_from_then_on(circle):
    circle.mentorship.members.filter(participation__person=circle.ben).update(
        joined_at=NOW + MINUTE
    )

    write(circle.mentorship, circle.ada)

    assert written(circle.ben) == []
    assert len(written(circle.cleo)) == 1


def test_a_stranger_to_the_mentorship_is_told_nothing(pair, circle):
    write(pair.mentorship, pair.mentee)
    (notice,) = written(pair.mentor)
    notice.person = circle.ada

    assert render(notice, now=NOW) is None
    notice.person, notice.address = None, "somebody@example.org"
    assert render(notice, now=NOW) is None


def test_the_page_says_it_without_a_name_until_it_is_read(pair):
    message = write(pair.mentorship, pair.mentee)
    (line,) = lines_of(notices_visible_to(pair.mentor).filter(kind=emails.WRITTEN))
    assert (line.text, line.path) == (
        "There is a message for you.",
        f"/mentorships/{pair.mentorship.uid}/messages/",
    )

    mark_read(up_to=message, by=pair.mentor, now=NOW + MINUTE)

    assert written(pair.mentor)[0].seen_at == NOW + MINUTE
