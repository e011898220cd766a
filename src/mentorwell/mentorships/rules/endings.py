"""Who may end, undo, pause and go on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MembershipState, MentorshipState, ParticipationState
from mentorwell.foundation.errors import NotPossibleNow, Refusal
from mentorwell.mentorships import queries
from mentorwell.mentorships.content import Format
from mentorwell.mentorships.enums import EndingReason
from mentorwell.mentorships.models import Ending, Membership, Mentorship
from mentorwell.mentorships.rules.beginning import count_parts
from mentorwell.mentorships.rules.members import check_can_take_part, check_member, check_not_over
from mentorwell.people.enums import Part


UNDO_TIME = timedelta(hours=1)
"""How long an ending can be undone; after it the others are told."""

THANKS_LENGTH = 2000
PAUSE_DAYS_MOST = 366
PARTS = (Part.MENTOR, Part.MENTEE)


def check_can_end(user: User, mentorship: Mentorship) -> Membership:
    """Let every member end at any time, paused or not, once."""
    return check_not_over(user, mentorship)


def can_end(user: User, mentorship: Mentorship) -> bool:
    """Answer whether the user may end this mentorship now."""
    try:
        check_can_end(user, mentorship)
    except Refusal:
        return False
    return True


def check_words(reason: str, thanks: str) -> None:
    """Refuse a reason that is none of the words offered, and thanks too long to keep."""
    if reason and reason not in set(EndingReason):
        raise NotPossibleNow("Choose one of the reasons on the page, or none.")
    if len(thanks) > THANKS_LENGTH:
        raise NotPossibleNow(f"Keep your thanks to {THANKS_LENGTH} letters.")


def check_can_undo(user: User, mentorship: Mentorship, *, now: datetime) -> Ending:
    """Let the writer of an ending undo it within the hour; return the ending."""
    member = check_member(user, mentorship)
    ending = queries.ending_of(member)
    if ending is None:
        raise NotPossibleNow("There is nothing to undo.")
    if ending.told_at is not None or now >= ending.written_at + UNDO_TIME:
        raise NotPossibleNow("The hour is over, and the other has been told.")
    if member.participation.state == ParticipationState.LEFT:
        raise NotPossibleNow("You have left the programme. Come back to it first.")
    return ending


def can_undo(user: User, mentorship: Mentorship, *, now: datetime) -> bool:
    """Answer whether the user may take their ending back."""
    try:
        check_can_undo(user, mentorship, now=now)
    except Refusal:
        return False
    return True


def closing_moment(form: Format, members: Sequence[Membership]) -> datetime | None:
    """Return when the endings that wait made too few members of some part, or None.

    `members` are those who have not left yet, with their endings. A mentorship closes when
    fewer than its format's `members_stay` would be left of those who give or who receive.
    """
    staying = [member for member in members if queries.ending_of(member) is None]
    waiting = [
        (ending.written_at, member.pk, member)
        for member in members
        if (ending := queries.ending_of(member))
    ]
    left = [*staying, *(member for _, _, member in sorted(waiting))]
    for written_at, _, member in sorted(waiting):
        left.remove(member)
        if too_few(form, left):
            return written_at
    return None


def check_can_pause(user: User, mentorship: Mentorship) -> Membership:
    """Let every member pause what runs."""
    return check_can_take_part(user, mentorship)


def can_pause(user: User, mentorship: Mentorship) -> bool:
    """Answer whether the user may pause this mentorship now."""
    try:
        check_can_pause(user, mentorship)
    except Refusal:
        return False
    return True


def check_pause_date(until_date: date | None, *, today: date) -> None:
    """Refuse a pause that ends today, earlier, or more than a year ahead."""
    if until_date is not None and not 0 < (until_date - today).days <= PAUSE_DAYS_MOST:
        raise NotPossibleNow("Choose a day within the next year, or none.")


def check_can_resume(user: User, mentorship: Mentorship) -> Membership:
    """Let whoever rests come back; where nobody rests, an open question about a link holds it."""
    member = check_not_over(user, mentorship)
    if queries.state_seen_by(member, mentorship) != MentorshipState.PAUSED:
        raise NotPossibleNow("This mentorship is not paused.")
    if member.state != MembershipState.PAUSED:
        raise NotPossibleNow("It goes on as soon as everybody is ready.")
    return member


def can_resume(user: User, mentorship: Mentorship) -> bool:
    """Answer whether the user may let it go on."""
    try:
        check_can_resume(user, mentorship)
    except Refusal:
        return False
    return True


def too_few(form: Format, members: Sequence[Membership]) -> bool:
    """Answer whether these members are fewer than the format needs to go on."""
    counted = count_parts([member.part for member in members])
    return any(counted[part] < form.rules_for(part).members_stay for part in PARTS)


def check_can_stop_contact(user: User, mentorship: Mentorship) -> Membership:
    """Let every member stop contact at any time until it has ended, a pause or not."""
    return check_not_over(user, mentorship)


def can_stop_contact(user: User, mentorship: Mentorship) -> bool:
    """Answer whether there is contact left to stop."""
    try:
        check_can_stop_contact(user, mentorship)
    except Refusal:
        return False
    return True
