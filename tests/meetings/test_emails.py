"""What members are told of their meetings, and only while it is true."""

from datetime import timedelta

import pytest

from mentorwell.meetings import emails
from mentorwell.meetings.services import (
    cancel_meeting,
    change_setting,
    choose_time,
    log_meeting,
    move_meeting,
    offer_other_times,
    remind_of_meetings,
)
from mentorwell.mentorships.services import end_mentorship, finish_endings, pause_mentorship
from mentorwell.notices.emails import Told
from mentorwell.notices.emails.kinds import KINDS
from tests.factories.accounts import UserFactory
from tests.factories.meetings import TUESDAY, propose, schedule
from tests.factories.mentorships import mail_of
from tests.factories.moments import NOW


OURS = [
    emails.PROPOSED,
    emails.SCHEDULED,
    emails.CALLED_OFF,
    emails.REMINDER,
    emails.CHANGED,
    emails.AGENDA_WANTED,
    emails.HELD_ASKED,
]
DAY = timedelta(days=1)


def render(kind, meeting, person):
    told = Told(ids=emails.meeting_ids(meeting), language="en", person=person, now=NOW)
    return KINDS[kind].renderer(told)


def test_all_mails_of_meetings_are_calendar_mails():
    assert sorted(kind for kind in KINDS if kind.startswith("meetings.")) == sorted(OURS)
    assert all(KINDS[kind].calendar for kind in OURS)


@pytest.mark.parametrize("kind", OURS)
def test_nobody_but_members_is_told(pair, kind):
    meeting = schedule(pair)
    assert render(kind, meeting, UserFactory()) is None
    assert render(kind, meeting, None) is None


@pytest.mark.parametrize("kind", OURS)
def test_a_line_on_the_page_needs_no_query(pair, kind, django_assert_num_queries):
    ids = emails.meeting_ids(propose(pair))
    with django_assert_num_queries(0):
        line = KINDS[kind].line(ids)
    assert line.path == f"/meetings/{ids['meeting']}/"


def test_a_proposal_says_who_offers_and_not_what_was_written(pair):
    propose(pair, where="A planted room")
    mail = mail_of(pair.mentee, emails.PROPOSED)
    assert mail.subject == f"When suits you to meet {pair.mentor.first_name}?"
    assert mail.attachments == ()
    assert "planted" not in repr(mail)


def test_a_proposal_is_not_sent_once_a_time_is_chosen(pair):
    schedule(pair)
    assert mail_of(pair.mentee, emails.PROPOSED) is None


def test_a_proposal_is_not_sent_to_who_has_offered_other_times_since(pair):
    meeting = propose(pair)
    offer_other_times(meeting=meeting, times=[TUESDAY + DAY], by=pair.mentee, now=NOW)
    assert mail_of(pair.mentee, emails.PROPOSED) is None
    assert mail_of(pair.mentor, emails.PROPOSED) is not None


def test_the_date_that_was_moved_before_its_mail_left_is_not_sent(pair):
    meeting = schedule(pair)
    move_meeting(meeting=meeting, times=[TUESDAY + DAY], by=pair.mentor, now=NOW)
    assert mail_of(pair.mentee, emails.SCHEDULED) is None


def test_the_old_date_is_not_called_off_once_a_new_one_stands(pair):
    meeting = schedule(pair)
    move_meeting(meeting=meeting, times=[TUESDAY + DAY], by=pair.mentor, now=NOW)
    assert mail_of(pair.mentee, emails.CALLED_OFF) is not None
    choose_time(offer=meeting.offers.get(), by=pair.mentee, now=NOW)
    assert mail_of(pair.mentee, emails.CALLED_OFF) is None


def test_what_was_called_off_is_neither_scheduled_nor_reminded_of(pair):
    meeting = schedule(pair)
    remind_of_meetings(now=TUESDAY - DAY)
    cancel_meeting(meeting=meeting, by=pair.mentor, now=TUESDAY - DAY)
    assert mail_of(pair.mentee, emails.SCHEDULED) is None
    assert mail_of(pair.mentee, emails.REMINDER) is None


def test_a_date_that_was_held_already_is_not_announced(pair):
    meeting = schedule(pair)
    log_meeting(meeting=meeting, by=pair.mentor, now=TUESDAY)
    assert mail_of(pair.mentee, emails.SCHEDULED, now=TUESDAY) is None


def test_a_reminder_says_when_and_with_whom_and_only_before_it(pair):
    schedule(pair)
    remind_of_meetings(now=TUESDAY - DAY)
    mail = mail_of(pair.mentee, emails.REMINDER, now=TUESDAY - DAY)
    assert mail.headline == f"You meet {pair.mentor.first_name} on Tuesday 15 January at 12:00."
    # The same entry once more, for a calendar that lost or never got it.
    assert [attachment.name for attachment in mail.attachments] == ["meeting.ics"]
    assert mail_of(pair.mentee, emails.REMINDER, now=TUESDAY) is None


def test_the_calling_off_is_told_also_after_the_end(pair):
    schedule(pair)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=NOW)
    finish_endings(now=NOW + DAY)
    mail = mail_of(pair.mentee, emails.CALLED_OFF, now=NOW + DAY)
    assert mail.subject == "Not on Tuesday 15 January at 12:00"


# --- Only while it is of use --------------------------------------------------------------


def test_a_change_says_nothing_of_where(pair):
    meeting = schedule(pair)
    change_setting(
        meeting=meeting, minutes=60, where="A planted room", by=pair.mentor, now=NOW + DAY
    )
    mail = mail_of(pair.mentee, emails.CHANGED)
    assert (
        mail.headline == "Something about your meeting on Tuesday 15 January at 12:00 has changed."
    )
    assert b"planted" not in repr(mail).encode() + mail.attachments[0].content
    assert b"SEQUENCE:1" in mail.attachments[0].content


def test_a_date_that_has_passed_is_announced_to_nobody(pair):
    schedule(pair)
    for kind in (emails.SCHEDULED,):
        assert mail_of(pair.mentor, kind, now=TUESDAY - DAY)
        assert mail_of(pair.mentor, kind, now=TUESDAY) is None


def test_times_that_have_all_passed_are_offered_to_nobody(pair):
    propose(pair, times=[TUESDAY, TUESDAY + DAY])
    assert mail_of(pair.mentee, emails.PROPOSED, now=TUESDAY)
    assert mail_of(pair.mentee, emails.PROPOSED, now=TUESDAY + DAY) is None


def test_who_has_ended_it_hears_of_no_meeting_while_the_other_still_does(pair):
    schedule(pair)
    propose(pair, times=[TUESDAY + DAY])
    remind_of_meetings(now=TUESDAY - DAY)
    now = TUESDAY - DAY / 2
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)

    assert mail_of(pair.mentee, emails.PROPOSED, now=now) is None
    for kind in (emails.SCHEDULED, emails.REMINDER):
        assert mail_of(pair.mentee, kind, now=now) is None
        assert mail_of(pair.mentor, kind, now=now)


def test_a_reminder_offers_to_move_only_what_can_be_moved(pair):
    schedule(pair)
    remind_of_meetings(now=TUESDAY - DAY)
    now = TUESDAY - DAY / 2
    assert mail_of(pair.mentor, emails.REMINDER, now=now).lines == (
        "Cannot make it? One tap moves it.",
    )
    pause_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=now)
    assert mail_of(pair.mentor, emails.REMINDER, now=now).lines == ()
