"""The members of a mentorship, and the state as each of them sees it."""

from django.db.models import QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MembershipState, MentorshipState
from mentorwell.mentorships.models import Ending, Membership, Mentorship


RUNNING = (MentorshipState.FORMING, MentorshipState.ACTIVE)
"""The states in which two people are at it."""

ENDED = (MentorshipState.CLOSED, MentorshipState.REDEFINED)


def with_people(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Load each membership with its person and what they wrote on ending."""
    return memberships.select_related("participation__person", "ending")


def membership_of(user: User, mentorship: Mentorship) -> Membership | None:
    """Return the user's membership of a mentorship, left or not, or None."""
    # Asked of the memberships, so that the mentorship comes with it as it is stored now.
    mine = Membership.objects.filter(mentorship=mentorship.pk, participation__person=user)
    return with_people(mine).select_related("mentorship").first()


def others_in(mentorship: Mentorship, user: User) -> list[Membership]:
    """Return the other members who have not left before it closed, in the order they joined."""
    return [
        member
        for member in with_people(mentorship.members.order_by("pk"))
        if member.participation.person_id != user.pk and not left_early(member)
    ]


def left_early(member: Membership) -> bool:
    """Answer whether somebody left a mentorship that went on without them."""
    closed_at = member.mentorship.closed_at
    return member.left_at is not None and (closed_at is None or member.left_at < closed_at)


def members_at_it(mentorship: Mentorship) -> list[Membership]:
    """Return the members who have not left, whether or not they mean to, as now stored."""
    return list(with_people(mentorship.members.filter(left_at=None).order_by("pk")))


def ending_of(member: Membership) -> Ending | None:
    """Return what a member wrote on ending, or None; costs nothing on members loaded above."""
    ending: Ending | None = getattr(member, "ending", None)
    return ending


def state_seen_by(member: Membership, mentorship: Mentorship) -> MentorshipState:
    """Return the state as the pages show it to one member.

    While an ending can still be undone, only its writer sees that the mentorship is closing;
    everybody else, the office too, sees what was before. Who rests in a group that goes on sees
    it as paused.
    """
    ending = ending_of(member)
    if mentorship.state not in ENDED and ending is not None:
        return MentorshipState.CLOSING
    state = state_beneath(mentorship)
    rests = member.state == MembershipState.PAUSED and state in RUNNING
    return MentorshipState.PAUSED if rests else state


def state_beneath(mentorship: Mentorship) -> MentorshipState:
    """Return the state that holds for everybody who does not know of an ending."""
    closing = mentorship.state == MentorshipState.CLOSING
    return MentorshipState(mentorship.before_closing if closing else mentorship.state)
