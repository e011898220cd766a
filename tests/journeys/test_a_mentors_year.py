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
from mentorwell.notices.emails import calendar_kinds
from mentorwell.notices.enums import NoticeState
from mentorwell.notices.models import Notice
from mentorwell.notices.services import Outcome, send_next
from tests.factories.mentorships import answer_all
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


class Pair:
    """A mentee and their mentor; each step waits some days for the other, as in life."""

    def __init__(self, mentor, mentee):
        self.mentor, self.mentee = mentor, mentee

    def ask(self, now):
        draft = matching.draft_invitation(
            mentee=self.mentee,
            mentor=self.mentor,
            why_you="Why",
            what_i_bring="What",
            by=self.mentee.person,
            now=now,
        )
        self.invitation = matching.send_invitation(invitation=draft, by=self.mentee.person, now=now)

    def say_yes(self, now):
        self.mentorship = matching.accept_invitation(
            invitation=self.invitation, by=self.mentor.person, now=now
        )

    def propose_agreement(self, now):
        terms = Terms(
            purpose="To grow",
            relationship="career",
            meetings_like="sit-down",
            agenda_by="mentee",
            schedules_by="mentee",
            review_date=(now + timedelta(days=180)).date(),
        )
        answer_all(self.mentorship, now=now)
        self.agreement = mentorships.propose_agreement(
            mentorship=self.mentorship, terms=terms, by=self.mentee.person, now=now
        )

    def agree(self, now):
        mentorships.agree(agreement=self.agreement, by=self.mentor.person, now=now)

    def offer_times(self, now):
        self.meeting = meetings.propose_meeting(
            mentorship=self.mentorship,
            times=[now + timedelta(days=10)],
            minutes=45,
            where="",
            time_zone="UTC",
            by=self.mentee.person,
            now=now,
        )

    def choose(self, now):
        meetings.choose_time(offer=self.meeting.offers.get(), by=self.mentor.person, now=now)

    def step_of(self, day):
        """What this pair does on its own n-th day; meetings come every four weeks."""
        first = {0: self.ask, 2: self.say_yes, 6: self.propose_agreement, 10: self.agree}
        monthly = {8: self.offer_times, 10: self.choose}
        return first.get(day) or (monthly.get(day % 28) if day > 10 else None)


def they_meet(now):
    for meeting in Meeting.objects.filter(state=MeetingState.SCHEDULED, starts_at__lt=now):
        meetings.log_meeting(meeting=meeting, by=meeting.proposed_by.participation.person, now=now)


def the_worker_works(now):
    run_due_duties(now=now)
    while send_next(now=now) is Outcome.DONE:
        pass


def test_a_mentor_of_three_gets_at_most_four_mails_a_month_beside_calendar_mails(mentor, capsys):
    mentees = [MenteeFactory(programme=mentor.programme) for _ in range(3)]
    pairs = [Pair(mentor, mentee) for mentee in mentees]
    for day in range(0, DAYS, 2):
        now = NOW + timedelta(days=day)
        for number, pair in enumerate(pairs):
            step = pair.step_of(day - number * 20)
            if step:
                step(now)
        they_meet(now)
        the_worker_works(now + timedelta(hours=6))

    sent = Notice.objects.filter(person=mentor.person, state=NoticeState.SENT)
    months = Counter(
        sent.exclude(kind__in=calendar_kinds()).values_list("sent_at__year", "sent_at__month")
    )
    about_dates = sent.filter(kind__in=calendar_kinds()).count()
    with capsys.disabled():
        print(f"\nA mentor of three: {dict(months)}; mails about dates: {about_dates}")  # noqa: T201 -- the figure is asked for
    assert len(mail.outbox) > sent.count()
    assert Meeting.objects.filter(state=MeetingState.HELD).count() > 30
    assert sum(months.values()) >= 3 + 3  # three invitations and some digests at least
    assert max(months.values()) <= MAILS_A_MONTH
