"""The evaluation links as the office sees them."""

from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.people.models import EvaluationLink, LinkOverride
from mentorwell.programmes.queries import programmes_run_by
from mentorwell.programmes.roles import Permission


def links_visible_to(user: User) -> QuerySet[EvaluationLink]:
    """Return the links of the organisations in whose programmes `user` keeps links."""
    run = programmes_run_by(user, Permission.LINK_EVALUATORS)
    return (
        EvaluationLink.objects.filter(organisation__in=run.values("organisation"))
        .select_related(
            "evaluator_person",
            "evaluator_unit",
            "evaluated_person",
            "evaluated_unit",
            "evaluated_programme",
        )
        .order_by("-start_date", "-pk")
    )


def overrides_visible_to(user: User) -> QuerySet[LinkOverride]:
    """Return the requests to lift a link in programmes whose links `user` keeps.

    Those about the user are left out: nobody decides on themselves.
    """
    run = programmes_run_by(user, Permission.LINK_EVALUATORS).values("pk")
    return (
        LinkOverride.objects.filter(mentee__programme__in=run)
        .exclude(Q(mentee__person=user) | Q(mentor__person=user))
        .select_related("link", "mentee__person", "mentor__person", "asked_by", "approved_by")
        .order_by("approved_at", "-asked_at")
    )
