"""Who may propose, choose, move, call off and log."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MeetingState
from mentorwell.foundation.errors import NotPossibleNow, Refusal
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.rules import (
    check_can_take_part,
    check_member,
    check_not_over,
    known_format,
)


TIMES_MOST = 5
MINUTES_LEAST = 5
MINUTES_MOST = 480
WHERE_LENGTH = 300
DAYS_AHEAD = 366
MISTAKE_TIME = timedelta(days=7)


def check_can_propose(user: User, mentorship: Mentorship) -> Membership:
    """Let any member propose a meeting, up to as many as the format has."""
    member = check_can_take_part(user, mentorship)
    most = known_format(mentorship.format).meetings_most
    planned = mentorship.meetings.exclude(state=MeetingState.CANCELLED).count()
    if most and planned >= most:
        raise NotPossibleNow("One good talk is one meeting. Invite each other for more.")
    return member


def can_propose(user: User, mentorship: Mentorship) -> bool:
    """Answer whether the user may propose a meeting."""
    try:
        check_can_propose(user, mentorship)
    except Refusal:
        return False
    return True


def check_times(times: Sequence[datetime], *, now: datetime) -> None:
    """Require one to five different times ahead, within a year, each with its zone."""
    if not 0 < len(set(times)) == len(times) <= TIMES_MOST:
        raise NotPossibleNow(f"Offer one to {TIMES_MOST} different times.")
    if any(at.utcoffset() is None for at in times):
        raise ValueError("A time to meet needs its time zone.")
    if not all(now < at <= now + timedelta(days=DAYS_AHEAD) for at in times):
        raise NotPossibleNow("Offer times that lie ahead, within a year.")


def check_setting(*, minutes: int, where: str) -> None:
    """Refuse a length or a place that cannot be kept."""
    if not MINUTES_LEAST <= minutes <= MINUTES_MOST:
        raise NotPossibleNow(f"A meeting lasts {MINUTES_LEAST} to {MINUTES_MOST} minutes.")
    if len(where) > WHERE_LENGTH:
        raise NotPossibleNow(f"Describe the place in up to {WHERE_LENGTH} letters.")


def check_can_choose(user: User, meeting: Meeting) -> Membership:
    """Let everybody but the proposer choose, while the offer stands."""
    member = check_can_take_part(user, meeting.mentorship)
    if meeting.state != MeetingState.PROPOSED:
        raise NotPossibleNow("This meeting no longer waits for a time.")
    if meeting.proposed_by_id == member.pk:
        raise NotPossibleNow("You offered these times. Now it is the other’s turn.")
    return member


def can_choose(user: User, meeting: Meeting) -> bool:
    """Answer whether the user may choose one of the times."""
    try:
        check_can_choose(user, meeting)
    except Refusal:
        return False
    return True


def check_can_offer(user: User, meeting: Meeting) -> Membership:
    """Let every member offer other times instead, while none has been chosen."""
    member = check_can_take_part(user, meeting.mentorship)
    if meeting.state != MeetingState.PROPOSED:
        raise NotPossibleNow("A time has been chosen. Move the meeting instead.")
    return member


def can_offer(user: User, meeting: Meeting) -> bool:
    """Answer whether the user may offer other times."""
    try:
        check_can_offer(user, meeting)
    except Refusal:
        return False
    return True


def check_can_move(user: User, meeting: Meeting, *, now: datetime) -> Membership:
    """Let every member move a meeting that has a time and has not begun."""
    member = check_can_take_part(user, meeting.mentorship)
    if meeting.state != MeetingState.SCHEDULED or meeting.starts_at is None:
        raise NotPossibleNow("Only a meeting that has a time can be moved.")
    if meeting.starts_at <= now:
        raise NotPossibleNow("Its time has come. Say whether you met.")
    return member


def can_move(user: User, meeting: Meeting, *, now: datetime) -> bool:
    """Answer whether the user may move this meeting now."""
    try:
        check_can_move(user, meeting, now=now)
    except Refusal:
        return False
    return True


def check_can_set(user: User, meeting: Meeting, *, now: datetime) -> Membership:
    """Let every member say how long and where, while the meeting is offered or lies ahead."""
    member = check_can_take_part(user, meeting.mentorship)
    if meeting.state not in (MeetingState.PROPOSED, MeetingState.SCHEDULED):
        raise NotPossibleNow("This meeting is off, or over.")
    if meeting.state == MeetingState.SCHEDULED and (meeting.starts_at or now) <= now:
        raise NotPossibleNow("Its time has come. Say whether you met.")
    return member


def can_set(user: User, meeting: Meeting, *, now: datetime) -> bool:
    """Answer whether the user may change length and place of this meeting now."""
    try:
        check_can_set(user, meeting, now=now)
    except Refusal:
        return False
    return True


def check_can_cancel(user: User, meeting: Meeting, *, now: datetime) -> Membership:
    """Let every member call off what has not begun, also while the mentorship rests."""
    member = check_not_over(user, meeting.mentorship)
    begun = meeting.starts_at is not None and meeting.starts_at <= now
    if meeting.state == MeetingState.SCHEDULED and begun:
        raise NotPossibleNow("Its time has come. Say whether you met.")
    if meeting.state not in (MeetingState.PROPOSED, MeetingState.SCHEDULED):
        raise NotPossibleNow("There is nothing to call off any more.")
    return member


def can_cancel(user: User, meeting: Meeting, *, now: datetime) -> bool:
    """Answer whether the user may call this meeting off now."""
    try:
        check_can_cancel(user, meeting, now=now)
    except Refusal:
        return False
    return True


def check_can_log(user: User, meeting: Meeting, *, now: datetime) -> Membership:
    """Let every member say whether they met, once its time has come, also after the end."""
    member = check_member(user, meeting.mentorship)
    if meeting.state == MeetingState.MISSED:
        return member
    if meeting.state != MeetingState.SCHEDULED or meeting.starts_at is None:
        raise NotPossibleNow("There is nothing to say about this meeting any more.")
    if meeting.starts_at > now:
        raise NotPossibleNow("This meeting lies ahead.")
    return member


def can_log(user: User, meeting: Meeting, *, now: datetime) -> bool:
    """Answer whether the user may say now whether they met."""
    try:
        check_can_log(user, meeting, now=now)
    except Refusal:
        return False
    return True


def check_can_miss(user: User, meeting: Meeting, *, now: datetime) -> Membership:
    """As logging; a meeting said to be held by mistake is taken back within a week."""
    if meeting.state == MeetingState.HELD:
        member = check_member(user, meeting.mentorship)
        if meeting.logged_at is None or now - meeting.logged_at > MISTAKE_TIME:
            raise NotPossibleNow("What was noted a week ago stays as it is.")
        return member
    member = check_can_log(user, meeting, now=now)
    if meeting.state == MeetingState.MISSED:
        raise NotPossibleNow("You have said so already.")
    return member


def can_miss(user: User, meeting: Meeting, *, now: datetime) -> bool:
    """Answer whether the user may say now that they did not meet."""
    try:
        check_can_miss(user, meeting, now=now)
    except Refusal:
        return False
    return True


def check_minutes_held(minutes: int) -> None:
    """Refuse a length that no conversation has."""
    if not 1 <= minutes <= MINUTES_MOST:
        raise NotPossibleNow(f"Say how long it was, in 1 to {MINUTES_MOST} minutes.")
