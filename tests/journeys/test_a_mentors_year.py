"""A mentor of three lives through a year; their inbox stays quiet."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail

from mentorwell.core.lifecycles import MeetingState
from mentorwell.foundation.services.duties import run_due_duties
from mentorwell.matching import services as matching
from mentorwell.meetings import services as meetings
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships import services as mentorships
from mentorwell.mentorships.rules import Terms
from mentorwell.notices.services import Outcome, send_next
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db

DAYS = 365
MAILS_A_MONTH = 4


@pytest.fixture
def mentor():
    mentor = MentorFactory(places=3, programme__search_opens_date=NOW.date())
    OfficeRoleFactory(programme=mentor.programme)
    return mentor


def a_mentorship_begins(mentor, mentee, now):
    draft = matching.draft_invitation(
        mentee=mentee, mentor=mentor, why_you="Why", what_i_bring="What", by=mentee.person, now=now
    )
    invitation = matching.send_invitation(invitation=draft, by=mentee.person, now=now)
    return matching.accept_invitation(
        invitation=invitation, by=mentor.person, now=now + timedelta(hours=2)
    )


def they_agree(mentorship, mentee, mentor, now):
    agreement = mentorships.propose_agreement(
        mentorship=mentorship,
        terms=Terms(
            purpose="To grow",
            relationship="career",
            meetings_like="sit-down",
            agenda_by="mentee",
            schedules_by="mentee",
            review_date=(now + timedelta(days=180)).date(),
        ),
        by=mentee.person,
        now=now,
    )
    mentorships.agree(agreement=agreement, by=mentor.person, now=now + timedelta(hours=3))


def they_book(mentorship, mentee, mentor, now):
    meeting = meetings.propose_meeting(
        mentorship=mentorship,
        times=[now + timedelta(days=10)],
        minutes=45,
        where="",
        time_zone="UTC",
        by=mentee.person,
        now=now,
    )
    meetings.choose_time(offer=meeting.offers.get(), by=mentor.person, now=now + timedelta(hours=5))


def they_meet(mentee, now):
    for meeting in Meeting.objects.filter(state=MeetingState.SCHEDULED, starts_at__lt=now):
        meetings.log_meeting(meeting=meeting, by=meeting.proposed_by.participation.person, now=now)


def the_worker_works(now):
    run_due_duties(now=now)
    while send_next(now=now) is Outcome.DONE:
        pass


def is_calendar_mail(message):
    return any("calendar" in str(attached) for attached in message.attachments) or any(
        "calendar" in str(alternative) for alternative in message.alternatives
    )


def test_a_mentor_of_three_gets_at_most_four_mails_a_month_beside_calendar_mails(mentor, capsys):
    mentees = [MenteeFactory(programme=mentor.programme) for _ in range(3)]
    pairs, months, calendar_mails = {}, Counter(), 0
    for day in range(DAYS):
        now = NOW + timedelta(days=day)
        for number, mentee in enumerate(mentees):
            if day == number * 20:
                pairs[mentee] = a_mentorship_begins(mentor, mentee, now)
            elif day == number * 20 + 6:
                they_agree(pairs[mentee], mentee, mentor, now)
            elif mentee in pairs and (day - number * 20) % 28 == 8:
                they_book(pairs[mentee], mentee, mentor, now)
        they_meet(mentees, now)
        if day % 2 == 0:  # often enough: what is due is sent, however late the worker comes
            the_worker_works(now + timedelta(hours=6))
        for message in mail.outbox:
            if mentor.person.email in message.to:
                calendar_mails += is_calendar_mail(message)
                months[now.strftime("%B")] += not is_calendar_mail(message)
        mail.outbox.clear()

    with capsys.disabled():
        print(f"\nA mentor of three: {dict(months)}; calendar mails: {calendar_mails}")  # noqa: T201 -- the figure is asked for
    assert Meeting.objects.filter(state=MeetingState.HELD).count() > 30
    assert calendar_mails > 30
    assert max(months.values()) <= MAILS_A_MONTH
