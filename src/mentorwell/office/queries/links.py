"""Evaluation links and exceptions of one programme, as one member of its office may list them."""

from datetime import date

from django.db.models import Case, F, Q, QuerySet, Value, When

from mentorwell.accounts.models import User
from mentorwell.people import queries as people
from mentorwell.people.models import EvaluationLink, LinkOverride
from mentorwell.programmes.models import Programme


def links_listed(user: User, programme: Programme, *, on_date: date) -> QuerySet[EvaluationLink]:
    """Return the links of the programme's house, those that hold or will hold first.

    Of people whom `user` evaluates they see their own link, and no other.
    """
    about = Q(evaluated_person__in=people.people_evaluated_by(user.pk, on_date=on_date))
    over = Case(When(end_date__lt=on_date, then=Value(1)), default=Value(0))
    return (
        people.links_visible_to(user)
        .filter(organisation=programme.organisation_id)
        .exclude(about & ~Q(evaluator_person=user))
        .select_related("evaluator_unit__site", "evaluated_unit__site")
        .annotate(over=over)
        .order_by("over", "-start_date", "-pk")
    )


def overrides_listed(user: User, programme: Programme, *, on_date: date) -> QuerySet[LinkOverride]:
    """Return the exceptions asked for in a programme, those that wait first.

    One that is about somebody whom `user` evaluates is for others to see.
    """
    evaluated = people.people_evaluated_by(user.pk, on_date=on_date)
    about = Q(mentee__person__in=evaluated) | Q(mentor__person__in=evaluated)
    return (
        people.overrides_visible_to(user)
        .filter(mentee__programme=programme)
        .exclude(about)
        .order_by(F("approved_at").desc(nulls_first=True), "-asked_at")
    )
