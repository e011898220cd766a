"""A year of the demonstration, played through the services in the order of time."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from random import Random

from mentorwell.core.lifecycles import MeetingState, MentorshipState
from mentorwell.foundation.errors import Refusal
from mentorwell.foundation.services.duties import run_due_duties
from mentorwell.matching import services as matching
from mentorwell.matching.enums import Answer
from mentorwell.matching.models import Invitation
from mentorwell.meetings import services as meetings
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships import queries as mentorship_queries
from mentorwell.mentorships import services as mentorships
from mentorwell.mentorships.content import agreement_choices
from mentorwell.mentorships.enums import EndingReason
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.rules import Answers, Terms
from mentorwell.ops.content import Hope
from mentorwell.ops.demo.people import begin_looking
from mentorwell.ops.demo.talk import Talk
from mentorwell.people.models import Participation


AGREEMENT = agreement_choices()
Step = Callable[[datetime], None]

ACCEPTS, DECLINES = 0.8, 0.12  # the rest stay unanswered
AGREE = 0.8  # of pairs put down what they expect
MISSED = 0.07
ENDS = 0.3
WHY_YOU = (
    "Your story made me feel less alone with mine.",
    "You have gone where I would like to go, and you speak of it kindly.",
    "I would like to learn how you stay calm.",
    "A colleague said that you ask good questions. I need some.",
)
BRING = (
    "I prepare, I am on time, and I say when something does not help.",
    "Curiosity, and a list.",
    "I will bring the agenda, and biscuits now and then.",
)
I_SEE = (
    "I see somebody who looks closely. I can give you an hour a month and an honest ear.",
    "You know what you want. I will help you to test it.",
)
THANKS = (
    "Thank you for the year. I still hear your questions when I stand at a bedside.",
    "You listened before you spoke. I try to do that now.",
)


class History:
    """What is still to happen, soonest first."""

    def __init__(self, *, dice: Random, until: datetime) -> None:
        self.dice, self.until = dice, until
        self._steps: list[tuple[datetime, int, Step]] = []
        self._order = count()

    def at(self, moment: datetime, step: Step) -> None:
        """Let something happen then, unless that is in the future."""
        if moment < self.until:
            heapq.heappush(self._steps, (moment, next(self._order), step))

    def after(self, now: datetime, days: float, step: Step) -> None:
        """Let something happen some days later, at an hour when people do such things."""
        moment = now + timedelta(days=days)
        self.at(
            moment.replace(hour=self.dice.randrange(13, 23), minute=self.dice.randrange(60)), step
        )

    def play(self) -> Iterator[datetime]:
        """Let everything happen in order, yielding each moment that has passed.

        What the rules refuse does not happen.
        """
        while self._steps:
            moment, _, step = heapq.heappop(self._steps)
            with suppress(Refusal):
                step(moment)
            yield moment

    def every_week(self, start: datetime) -> None:
        """Let the clockwork run through the whole year."""

        def tick(now: datetime) -> None:
            run_due_duties(now=now)

        moment = start
        while moment < self.until:
            self.at(moment, tick)
            moment += timedelta(days=7)


class MenteeStory:
    """One mentee's year: looking, asking, meeting, and perhaps an ending."""

    def __init__(
        self, history: History, mentee: Participation, hope: Hope, mentors: list[Participation]
    ) -> None:
        self.history, self.mentee, self.hope, self.mentors = history, mentee, hope, mentors
        self.dice = history.dice
        self.person = mentee.person
        self.asked: set[int] = set()

    def look(self, now: datetime) -> None:
        """Answer the first questions; ask somebody a few days later."""
        begin_looking(self.mentee, self.hope, dice=self.dice, now=now)
        self.history.after(now, self.dice.uniform(1, 9), self.invite)

    def invite(self, now: datetime) -> None:
        """Ask the mentor with room who shares most topics."""
        free = mentorship_queries.free_places([mentor.pk for mentor in self.mentors])
        open_ones = [
            mentor
            for mentor in self.mentors
            if free[mentor.pk] and mentor.pk not in self.asked and mentor.person != self.person
        ]
        if not open_ones:
            return
        mentor = self.dice.choice(open_ones[:12])
        self.asked.add(mentor.pk)
        self.history.after(now, 9, self.invite_again)
        draft = matching.draft_invitation(
            mentee=self.mentee,
            mentor=mentor,
            why_you=self.dice.choice(WHY_YOU),
            what_i_bring=self.dice.choice(BRING),
            by=self.person,
            now=now,
        )
        sent = matching.send_invitation(invitation=draft, by=self.person, now=now)
        luck = self.dice.random()
        if luck < ACCEPTS:
            self.history.after(
                now, self.dice.uniform(0.5, 4), lambda then: self.accepted(sent, then)
            )
        elif luck < ACCEPTS + DECLINES:
            self.history.after(now, 2, lambda then: self.declined(sent, then))

    def invite_again(self, now: datetime) -> None:
        """Ask somebody else if nobody has said yes."""
        if not Mentorship.objects.filter(members__participation=self.mentee).exists():
            self.invite(now)

    def accepted(self, invitation: Invitation, now: datetime) -> None:
        """The mentor says yes; the two agree and begin to meet."""
        invitation.refresh_from_db()
        mentor = invitation.mentor.person
        mentorship = matching.accept_invitation(
            invitation=invitation, by=mentor, words=self.dice.choice(I_SEE), now=now
        )
        pair = PairStory(self.history, mentorship, self.mentee, invitation.mentor)
        if self.dice.random() < AGREE:
            self.history.after(now, self.dice.uniform(1, 6), pair.propose)
        self.history.after(now, self.dice.uniform(2, 8), pair.book)
        if self.dice.random() < ENDS:
            self.history.after(now, self.dice.uniform(90, 270), pair.end)

    def declined(self, invitation: Invitation, now: datetime) -> None:
        """The mentor cannot; the mentee reads neutral words."""
        invitation.refresh_from_db()
        answer = self.dice.choice((Answer.NOT_NOW, Answer.DECLINE))
        matching.decline_invitation(
            invitation=invitation, answer=answer, by=invitation.mentor.person, now=now
        )


class PairStory:
    """A mentorship: an agreement, a meeting a month or so, and perhaps an end."""

    def __init__(
        self, history: History, mentorship: Mentorship, mentee: Participation, mentor: Participation
    ) -> None:
        self.history, self.mentorship = history, mentorship
        self.mentee, self.mentor = mentee.person, mentor.person
        self.dice = history.dice
        self.talk = Talk(mentorship, mentee, mentor)

    def propose(self, now: datetime) -> None:
        """Both say what they expect; the mentee settles it, the mentor says yes some days later."""
        for person in (self.mentee, self.mentor):
            mentorships.send_answers(
                mentorship=self.mentorship,
                answers=Answers(
                    relationship=self.dice.choice(AGREEMENT.relationship[:2]).slug,
                    meetings_like=self.dice.choice(AGREEMENT.meetings).slug,
                    agenda_by=self.dice.choice(AGREEMENT.agenda[:2]).slug,
                ),
                by=person,
                now=now,
            )
        terms = Terms(
            purpose="To grow into the next year of training without losing the joy in it.",
            relationship=self.dice.choice(AGREEMENT.relationship).slug,
            meetings_like=self.dice.choice(AGREEMENT.meetings).slug,
            agenda_by=AGREEMENT.agenda[0].slug,
            schedules_by=AGREEMENT.scheduling[0].slug,
            review_date=(now + timedelta(days=182)).date(),
        )
        agreement = mentorships.propose_agreement(
            mentorship=self.mentorship, terms=terms, by=self.mentee, now=now
        )
        self.history.after(
            now,
            self.dice.uniform(1, 20),
            lambda then: mentorships.agree(agreement=agreement, by=self.mentor, now=then),
        )

    def book(self, now: datetime) -> None:
        """One offers times, the other chooses; then they meet, and book the next."""
        days = sorted(self.dice.sample(range(6, 21), 3))
        times = [
            (now + timedelta(days=day)).replace(
                hour=self.dice.choice((14, 17, 21)), minute=self.dice.choice((0, 30)), second=0
            )
            for day in days
        ]
        meeting = meetings.propose_meeting(
            mentorship=self.mentorship,
            times=[moment.replace(microsecond=0) for moment in times],
            minutes=self.dice.choice((30, 45, 45, 60)),
            where=self.dice.choice(("Room B12", "Coffee bar, ground floor", "By video")),
            time_zone="America/Chicago",
            by=self.dice.choice((self.mentee, self.mentor)),
            now=now,
        )
        self.history.after(now, self.dice.uniform(0.5, 3), lambda then: self.choose(meeting, then))

    def choose(self, meeting: Meeting, now: datetime) -> None:
        """The other chooses the first time that suits."""
        chooser = (
            self.mentor if meeting.proposed_by.participation.person == self.mentee else self.mentee
        )
        offer = next(offer for offer in meeting.offers.all() if offer.starts_at > now)
        meetings.choose_time(offer=offer, by=chooser, now=now)
        self.history.at(offer.starts_at + timedelta(hours=2), lambda then: self.log(meeting, then))

    def log(self, meeting: Meeting, now: datetime) -> None:
        """They have met, mostly; the next time is found some weeks later."""
        meeting.refresh_from_db()
        if meeting.state == MeetingState.SCHEDULED:
            if self.dice.random() < MISSED:
                meetings.miss_meeting(meeting=meeting, by=self.mentor, now=now)
            else:
                meetings.log_meeting(meeting=meeting, by=self.mentee, now=now)
                self.talk.after_a_meeting(now + timedelta(hours=1), until=self.history.until)
        self.history.after(now, self.dice.uniform(20, 27), self.book)

    def end(self, now: datetime) -> None:
        """They part well."""
        self.mentorship.refresh_from_db()
        if self.mentorship.state != MentorshipState.ACTIVE:
            return
        mentorships.end_mentorship(
            mentorship=self.mentorship,
            by=self.mentee,
            reason=self.dice.choice((EndingReason.GOALS_REACHED, EndingReason.LIFE_CHANGE)),
            thanks=self.dice.choice(THANKS),
            now=now,
        )
