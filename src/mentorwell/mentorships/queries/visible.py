"""What may be read of mentorships, and by whom."""

from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, When

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import AgreementState, MembershipState, MentorshipState
from mentorwell.mentorships.models import Agreement, LinkQuestion, Membership, Mentorship
from mentorwell.mentorships.queries.members import with_people
from mentorwell.programmes.models import Programme
from mentorwell.programmes.queries import programmes_run_by
from mentorwell.programmes.roles import Permission


def mentorships_visible_to(user: User) -> QuerySet[Mentorship]:
    """Return the mentorships that `user` is a member of, the latest first.

    Who left a group that goes on sees it no longer; who was there when it closed keeps the
    ended record.
    """
    mine = Membership.objects.filter(mentorship=OuterRef("pk"), participation__person=user)
    to_the_end = Exists(mine.filter(left_at__gte=OuterRef("closed_at")))
    return (
        Mentorship.objects.filter(Exists(mine.exclude(state=MembershipState.LEFT)) | Q(to_the_end))
        .select_related("programme__organisation", "programme__policy")
        .prefetch_related(Prefetch("members", with_people(Membership.objects.order_by("pk"))))
        .order_by("-began_at", "-pk")
    )


def mentorships_of_programme_visible_to_office(
    user: User, programme: Programme
) -> QuerySet[Any, Any]:
    """Return dates, counts and states of a programme's mentorships, for its office.

    Never what was said, why one ended, who ended it, or that contact was stopped. Empty for
    anybody whose role does not let them see the office's rows.
    """
    run = programmes_run_by(user, Permission.SEE_OFFICE).filter(pk=programme.pk)
    return (
        Mentorship.objects.filter(programme__in=run)
        .annotate(
            shown_state=Case(
                When(state=MentorshipState.CLOSING, then=F("before_closing")), default=F("state")
            ),
            member_count=Count("members", distinct=True),
            agreed_at=Max(
                "agreements__agreed_at", filter=Q(agreements__state=AgreementState.AGREED)
            ),
        )
        .order_by("-began_at", "-pk")
        .values(
            "uid",
            "format",
            "kinds",
            "shown_state",
            "member_count",
            "began_at",
            "first_met_at",
            "agreed_at",
            "closed_at",
        )
    )


def agreements_visible_to(user: User) -> QuerySet[Agreement]:
    """Return every version of the agreements of the user's own mentorships, the newest first."""
    return (
        Agreement.objects.filter(mentorship__in=mentorships_visible_to(user))
        .select_related("mentorship", "proposed_by__participation__person")
        .prefetch_related("signatures")
        .order_by("-version")
    )


def link_questions_visible_to(user: User) -> QuerySet[LinkQuestion]:
    """Return the questions about evaluation links that `user` is asked, the oldest first."""
    return (
        LinkQuestion.objects.filter(
            membership__participation__person=user, membership__left_at=None
        )
        .select_related("link", "membership__mentorship")
        .order_by("asked_at", "pk")
    )


def open_link_questions(user: User, mentorship: Mentorship) -> QuerySet[LinkQuestion]:
    """Return the questions of one mentorship that the user has not answered yet."""
    return link_questions_visible_to(user).filter(
        membership__mentorship=mentorship, answered_at=None
    )
