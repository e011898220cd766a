"""Who may write an agenda, take a step on, and say what stays."""

from collections.abc import Sequence
from datetime import date

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import STEP_MOVES, MeetingState, StepState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.meetings.models import Meeting, Step
from mentorwell.mentorships.models import Membership
from mentorwell.mentorships.queries import agenda_owners
from mentorwell.mentorships.rules import check_can_take_part, check_member


POINTS_MOST = 7
POINT_LENGTH = 200
STEP_LENGTH = 200
STEPS_MOST = 3  # from one talk: few are done, many are forgotten
TAKEAWAY_LENGTH = 500
LISTENED = range(-2, 3)
STEP_DAYS_MOST = 730


def check_can_set_agenda(user: User, meeting: Meeting) -> Membership:
    """Let whoever brings the agenda write it, until it has been said whether they met."""
    member = check_can_take_part(user, meeting.mentorship)
    if meeting.state not in (MeetingState.PROPOSED, MeetingState.SCHEDULED):
        raise NotPossibleNow("This meeting is over, or off.")
    owners = agenda_owners(meeting.mentorship)
    if member.pk not in {each.pk for each in owners}:
        names = " and ".join(each.participation.person.first_name for each in owners)
        raise NotPossibleNow(f"As you have agreed, {names} brings the agenda.")
    return member


def can_set_agenda(user: User, meeting: Meeting) -> bool:
    """Answer whether the user may write the agenda now."""
    try:
        check_can_set_agenda(user, meeting)
    except Refusal:
        return False
    return True


def check_points(points: Sequence[str]) -> None:
    """Refuse more points than a talk has room for, and long ones."""
    if len(points) > POINTS_MOST:
        raise NotPossibleNow(f"A talk has room for {POINTS_MOST} points. Two or three are best.")
    if any(len(point) > POINT_LENGTH for point in points):
        raise NotPossibleNow(f"Say each point in up to {POINT_LENGTH} letters.")


def check_can_keep(user: User, meeting: Meeting) -> Membership:
    """Let every member say what stays of a meeting that was held, also after the end."""
    member = check_member(user, meeting.mentorship)
    if meeting.state != MeetingState.HELD:
        raise NotPossibleNow("First say that you met. Then write what stays of it.")
    return member


def can_keep(user: User, meeting: Meeting) -> bool:
    """Answer whether the user may say what stays of this meeting."""
    try:
        check_can_keep(user, meeting)
    except Refusal:
        return False
    return True


def check_step(words: str, due_date: date | None, *, today: date) -> None:
    """Refuse a step without words, a long one, and a day past or years away."""
    if not 0 < len(words.strip()) <= STEP_LENGTH:
        raise NotPossibleNow(f"Say each step in up to {STEP_LENGTH} letters.")
    if due_date is not None and not 0 <= (due_date - today).days <= STEP_DAYS_MOST:
        raise NotPossibleNow("Choose a day for the step within the next two years.")


def check_kept(takeaway: str, listened: int | None) -> None:
    """Refuse a takeaway that nobody would read again, and an answer that is not on the scale."""
    if len(takeaway) > TAKEAWAY_LENGTH:
        raise NotPossibleNow(f"Keep it to a line or two: up to {TAKEAWAY_LENGTH} letters.")
    if listened is not None and listened not in LISTENED:
        raise NotPossibleNow("Choose one of the answers on the page.")


def check_can_settle(user: User, step: Step, to: StepState) -> Membership:
    """Let the owner tick a step, let it go, or open it again."""
    member = check_member(user, step.mentorship)
    if step.owner_id != member.pk:
        raise NotAllowed("This step is somebody else’s to settle.")
    if to not in STEP_MOVES[StepState(step.state)]:
        raise NotPossibleNow("This step has just been settled. Look at the page again.")
    return member


def can_settle(user: User, step: Step, to: StepState) -> bool:
    """Answer whether the user may settle this step so."""
    try:
        check_can_settle(user, step, to)
    except Refusal:
        return False
    return True
