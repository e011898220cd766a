"""What a room shows: one next step, the agreement, the meetings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MeetingState
from mentorwell.goals.models import Goal
from mentorwell.goals.queries import goals_shared_in
from mentorwell.meetings import rules as meeting_rules
from mentorwell.meetings.models import Meeting
from mentorwell.meetings.models import Step as Taken
from mentorwell.meetings.queries import can_still_be, meetings_of, open_steps_of
from mentorwell.mentorships import queries, rules
from mentorwell.mentorships.models import LinkQuestion
from mentorwell.web.mentorships.agreed import ShownAgreement, shown
from mentorwell.web.mentorships.pairs import Pair


class Step(StrEnum):
    """The one thing that a room asks for next, the most pressing first."""

    LEAVING = "leaving"
    LINK = "link"
    REST = "rest"
    LOG = "log"
    CHOOSE = "choose"
    AGREE = "agree"
    SILENCE = "silence"
    MEET = "meet"
    AGREEMENT = "agreement"
    COMPARE = "compare"
    WAIT_TIMES = "wait_times"
    PROPOSE = "propose"


@dataclass(frozen=True)
class Room:
    """Everything a room shows beside its members."""

    now: datetime
    meetings: list[Meeting]
    agreements: list[ShownAgreement]
    question: LinkQuestion | None
    steps: list[Taken]
    goals: list[Goal]
    answered: Mapping[int, bool]  # members who said what they expect; whether all may read it
    me: int  # the member who looks
    step: Step | None
    meeting: Meeting | None  # the one that the step is about
    can_propose_meeting: bool
    can_resume: bool
    undo_until: datetime | None

    @property
    def have_answered(self) -> bool:
        """Whether the member has said what they expect."""
        return self.me in self.answered

    @property
    def answers_open(self) -> bool:
        """Whether all have, so that the answers lie side by side."""
        return self.answered.get(self.me, False)

    @property
    def agreement(self) -> ShownAgreement | None:
        """The version in force."""
        return next((each for each in self.agreements if each.holds), None)

    @property
    def proposal(self) -> ShownAgreement | None:
        """The version that waits for somebody's yes."""
        return next((each for each in self.agreements if each.waits), None)

    @property
    def ahead(self) -> list[Meeting]:
        """Meetings that are planned and not over, the nearest first."""
        return [each for each in self.meetings if is_ahead(each, self.now)]

    @property
    def past(self) -> list[Meeting]:
        """Meetings whose time has come, the latest first."""
        return [
            each
            for each in reversed(self.meetings)
            if each.state != MeetingState.CANCELLED and not is_ahead(each, self.now)
        ]

    @property
    def held(self) -> list[Meeting]:
        """Meetings that took place."""
        return [each for each in self.past if each.state == MeetingState.HELD]

    @property
    def minutes_held(self) -> int:
        """How long the members have talked in all."""
        return sum(each.minutes_held or 0 for each in self.held)


def is_ahead(meeting: Meeting, now: datetime) -> bool:
    """Answer whether a meeting is proposed, or has a time that has not come."""
    if meeting.state == MeetingState.PROPOSED:
        return True
    return meeting.state == MeetingState.SCHEDULED and (meeting.starts_at or now) > now


def room_of(pair: Pair, user: User, *, now: datetime) -> Room:
    """Return what the room of a mentorship shows to one member now."""
    mentorship = pair.mentorship
    meetings = list(meetings_of(mentorship))
    versions = queries.agreements_visible_to(user).filter(mentorship=mentorship)
    agreements = [shown(each, pair) for each in versions]
    question = None if pair.ended else queries.open_link_questions(user, mentorship).first()
    answered = queries.members_who_answered([mentorship])[mentorship.pk]
    step, meeting = next_step(pair, meetings, agreements, question, now, answered=answered)
    ending = pair.ending
    return Room(
        now=now,
        meetings=meetings,
        agreements=agreements,
        question=question,
        goals=list(goals_shared_in(mentorship, user)),
        steps=list(open_steps_of(user).filter(mentorship=mentorship)),
        answered=answered,
        me=pair.me.pk,
        step=step,
        meeting=meeting,
        can_propose_meeting=meeting_rules.can_propose(user, mentorship),
        can_resume=rules.can_resume(user, mentorship),
        undo_until=ending.written_at + rules.UNDO_TIME
        if ending and rules.can_undo(user, mentorship, now=now)
        else None,
    )


def next_step(
    pair: Pair,
    meetings: list[Meeting],
    agreements: list[ShownAgreement],
    question: LinkQuestion | None,
    now: datetime,
    *,
    answered: Mapping[int, bool],
) -> tuple[Step | None, Meeting | None]:
    """Return the one next step, and the meeting it is about if it is about one."""
    if pair.ended:
        return None, None
    scheduled = [each for each in meetings if each.state == MeetingState.SCHEDULED]
    unlogged = [each for each in scheduled if not is_ahead(each, now)]
    offered = [each for each in meetings if each.state == MeetingState.PROPOSED]
    # Once every time has passed there is nothing to choose from: somebody offers anew.
    waiting = [each for each in offered if can_still_be(each, now=now)]
    lapsed = [each for each in offered if each not in waiting]
    for_me = [each for each in waiting if each.proposed_by_id != pair.me.pk]
    steps: list[tuple[Step, object]] = [
        (Step.LEAVING, pair.ending),
        (Step.LINK, question),
        (Step.REST, pair.paused),
        (Step.LOG, unlogged),
        (Step.CHOOSE, for_me),
        (Step.AGREE, [each for each in agreements if each.waits and not each.mine]),
        (Step.SILENCE, pair.mentorship.silence_asked_at),
        (Step.MEET, scheduled),
        (Step.PROPOSE, lapsed),
        (Step.COMPARE, not agreements and answered.get(pair.me.pk)),
        (
            Step.AGREEMENT,
            pair.format.agreement_expected and not agreements and pair.me.pk not in answered,
        ),
        (Step.WAIT_TIMES, waiting),
        (Step.PROPOSE, True),
    ]
    step = next(step for step, pressing in steps if pressing)
    about = {
        Step.LOG: unlogged,
        Step.CHOOSE: for_me,
        Step.MEET: scheduled,
        Step.WAIT_TIMES: waiting,
        Step.PROPOSE: lapsed,
    }.get(step, [])
    return step, about[0] if about else None
