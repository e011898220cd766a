"""What may be read of goals, and by whom."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.goals.models import Goal, GoalShare
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.queries import mentorships_visible_to


def goals_visible_to(user: User) -> QuerySet[Goal]:
    """Return one's own goals, and those that are shared in a mentorship one may see."""
    shared = GoalShare.objects.filter(
        goal=OuterRef("pk"), mentorship__in=mentorships_visible_to(user)
    )
    return Goal.objects.filter(Q(person=user) | Exists(shared)).select_related("person")


def goals_of(user: User) -> QuerySet[Goal]:
    """Return one's own goals, the newest first."""
    return Goal.objects.filter(person=user)


def goals_shared_in(mentorship: Mentorship, user: User) -> QuerySet[Goal]:
    """Return the goals that the members of a mentorship share in it, as far as `user` may read."""
    return goals_visible_to(user).filter(shares__mentorship=mentorship).order_by("written_at", "pk")


def shared_with(goal: Goal) -> Sequence[int]:
    """Return the mentorships in which a goal is shared, by their keys."""
    return list(goal.shares.values_list("mentorship_id", flat=True))


def mentorships_to_share_in(user: User) -> QuerySet[Mentorship]:
    """Return the mentorships in which one may share a goal: one's own that one has not left."""
    mine = Membership.objects.filter(
        mentorship=OuterRef("pk"), participation__person=user, left_at=None
    )
    return mentorships_visible_to(user).filter(Exists(mine))
