"""Who may act in a mentorship at all, and when it rests."""

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MentorshipState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.mentorships import queries
from mentorwell.mentorships.models import Membership, Mentorship


# One sentence for a pause, whoever asked for it and why: it must not tell more than the state.
RESTING = "This mentorship is paused. Nothing can be proposed until it goes on."
ENDED = "This mentorship has ended."
OVER: dict[MentorshipState, str] = {
    MentorshipState.CLOSING: "You have ended this mentorship.",
    MentorshipState.CLOSED: ENDED,
    MentorshipState.REDEFINED: ENDED,
}
JUST_CHANGED = "Something has just changed here. Look again, then decide."


def check_member(user: User, mentorship: Mentorship) -> Membership:
    """Return the user's membership; refuse everybody who has none, or who left before the end."""
    member = queries.membership_of(user, mentorship)
    if member is None or queries.left_early(member):
        raise NotAllowed("This mentorship is not yours.")
    return member


def check_not_over(user: User, mentorship: Mentorship) -> Membership:
    """Let members act while it has not ended for them; return the membership."""
    member = check_member(user, mentorship)
    state = queries.state_seen_by(member, mentorship)
    if state in OVER:
        raise NotPossibleNow(OVER[state])
    return member


def check_neutral_address(mentorship: Mentorship) -> str:
    """Return where mail reaches the neutral person; refuse where the office has named nobody."""
    address = mentorship.programme.organisation.neutral_email
    if not address:
        raise NotPossibleNow(
            "No neutral person is named here yet. The help page shows who else listens."
        )
    return address


def check_can_take_part(user: User, mentorship: Mentorship) -> Membership:
    """Let members propose, agree and meet while it runs; return the membership."""
    member = check_not_over(user, mentorship)
    if queries.state_seen_by(member, mentorship) == MentorshipState.PAUSED:
        raise NotPossibleNow(RESTING)
    return member


def can_take_part(user: User, mentorship: Mentorship) -> bool:
    """Answer whether the user may propose, agree and meet here now."""
    try:
        check_can_take_part(user, mentorship)
    except Refusal:
        return False
    return True
