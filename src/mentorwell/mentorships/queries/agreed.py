"""What a mentorship goes by: its agreement where there is one, else what its programme says."""

from collections.abc import Sequence

from mentorwell.core.lifecycles import AgreementState
from mentorwell.mentorships.models import Agreement, Membership, Mentorship
from mentorwell.mentorships.queries.members import members_at_it
from mentorwell.people.enums import Part
from mentorwell.programmes.enums import Rhythm


def agreement_in_force(mentorship: Mentorship) -> Agreement | None:
    """Return the version that all members have agreed to, None before the first."""
    return mentorship.agreements.filter(state=AgreementState.AGREED).first()


def rhythm_of(mentorship: Mentorship) -> Rhythm:
    """Return how often the members mean to meet."""
    return Rhythm(mentorship.programme.policy.rhythm)


def minutes_of(mentorship: Mentorship) -> int:
    """Return how long the members mean to meet, in minutes."""
    return mentorship.programme.policy.meeting_minutes


def agenda_owners(mentorship: Mentorship) -> Sequence[Membership]:
    """Return the members who bring the agenda: by the agreement, or the mentees before one.

    Where the agreement says together or in turn, everybody does.
    """
    members = members_at_it(mentorship)
    agreement = agreement_in_force(mentorship)
    by = agreement.agenda_by if agreement else Part.MENTEE
    if by == Part.MENTEE:
        return [each for each in members if each.part == Part.MENTEE] or members
    if by == "mentor-first":
        return [each for each in members if each.part != Part.MENTEE] or members
    return members
