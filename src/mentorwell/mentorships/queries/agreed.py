"""What each expects, as far as it may be read, and what a mentorship goes by.

What it goes by is its agreement where there is one, else what its programme says.
"""

import json
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import AgreementState
from mentorwell.mentorships.models import Agreement, Membership, Mentorship, OwnAnswers
from mentorwell.mentorships.queries.members import members_at_it
from mentorwell.mentorships.queries.visible import mentorships_visible_to
from mentorwell.people.enums import Part
from mentorwell.programmes.enums import Rhythm


def answers_visible_to(user: User) -> QuerySet[OwnAnswers]:
    """Return what members expect, as far as `user` may read it, in the order of membership.

    One's own at any time; those of the others once all have sent theirs, one's own among them.
    """
    own = Q(membership__participation__person=user)
    mine_is_open = Exists(
        OwnAnswers.objects.filter(
            membership__mentorship=OuterRef("membership__mentorship"),
            membership__participation__person=user,
            opened_at__isnull=False,
        )
    )
    return (
        OwnAnswers.objects.filter(
            own | Q(mine_is_open, opened_at__isnull=False),
            membership__mentorship__in=mentorships_visible_to(user),
        )
        .select_related("membership__participation__person")
        .order_by("membership_id")
    )


def members_who_answered(mentorships: Sequence[Mentorship]) -> dict[int, dict[int, bool]]:
    """Return, by mentorship, the members who have sent their answers, and whether they are open.

    Who has sent them is no secret; what they say is not in here.
    """
    found: dict[int, dict[int, bool]] = {each.pk: {} for each in mentorships}
    rows = OwnAnswers.objects.filter(membership__mentorship__in=mentorships).values_list(
        "membership__mentorship_id", "membership_id", "opened_at"
    )
    for mentorship_id, membership_id, opened_at in rows:
        found[mentorship_id][membership_id] = opened_at is not None
    return found


def agreement_in_force(mentorship: Mentorship) -> Agreement | None:
    """Return the version that all members have agreed to, None before the first."""
    return mentorship.agreements.filter(state=AgreementState.AGREED).first()


def clauses_of(agreement: Agreement) -> dict[str, str]:
    """Return what an agreement says beside its first questions, by slug of the clause."""
    told: dict[str, str] = json.loads(agreement.clauses) if agreement.clauses else {}
    return told


def extra_of(agreement: Agreement) -> list[tuple[str, str]]:
    """Return the questions that the programme asked beside ours, as they were, with the answers."""
    told = json.loads(agreement.extra) if agreement.extra else []
    return [(question, answer) for question, answer in told]


def rhythm_of(mentorship: Mentorship) -> Rhythm:
    """Return how often the members mean to meet."""
    agreement = agreement_in_force(mentorship)
    told = clauses_of(agreement).get("rhythm") if agreement else None
    return Rhythm(told or mentorship.programme.policy.rhythm)


def minutes_of(mentorship: Mentorship) -> int:
    """Return how long the members mean to meet, in minutes."""
    agreement = agreement_in_force(mentorship)
    told = clauses_of(agreement).get("minutes") if agreement else None
    return int(told) if told else mentorship.programme.policy.meeting_minutes


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
