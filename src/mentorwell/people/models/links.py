"""Who is known to evaluate whom, and what the office decided about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorwell.foundation.constraints import exactly_one, in_order
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, PLAIN
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models.participation import Participation
from mentorwell.programmes.models import Organisation, Programme, Unit
from mentorwell.programmes.roles import Role


PERSON = settings.AUTH_USER_MODEL


class EvaluationLink(Record):
    """A known link between somebody who evaluates and somebody who is evaluated.

    On either side stands a person, or everyone of a unit; the evaluator may also be whoever
    holds an office role of the programme, the evaluated everyone in it. `announced_at` is the
    moment at which those who must act on a new link were told of it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = word_field(LinkKind)
    relation = word_field(Relation)
    evaluator_person = models.ForeignKey(
        PERSON, on_delete=models.CASCADE, null=True, related_name="+"
    )
    evaluator_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    evaluator_role = word_field(Role, null=True)
    evaluated_person = models.ForeignKey(
        PERSON, on_delete=models.CASCADE, null=True, related_name="+"
    )
    evaluated_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    evaluated_programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, related_name="+"
    )
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    checked_date = models.DateField()
    announced_at = models.DateTimeField(null=True)

    privacy = {
        "organisation": LINK,
        "kind": FACT,
        "relation": FACT,
        "evaluator_person": LINK,
        "evaluator_unit": LINK,
        "evaluator_role": FACT,
        "evaluated_person": LINK,
        "evaluated_unit": LINK,
        "evaluated_programme": LINK,
        "start_date": FACT,
        "end_date": FACT,
        "checked_date": FACT,
        "announced_at": PLAIN,
    }

    class Meta:
        constraints = [
            exactly_one(
                "evaluator_person", "evaluator_unit", "evaluator_role", name="one_evaluator"
            ),
            exactly_one(
                "evaluated_person", "evaluated_unit", "evaluated_programme", name="one_evaluated"
            ),
            in_order("start_date", "end_date"),
        ]


class LinkOverride(Record):
    """Leave for one pair despite a *never* link, approved by a second, uninvolved person."""

    link = models.ForeignKey(EvaluationLink, on_delete=models.CASCADE, related_name="overrides")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    privacy = {
        "link": LINK,
        "mentee": LINK,
        "mentor": LINK,
        "asked_by": LINK,
        "asked_at": FACT,
        "approved_by": LINK,
        "approved_at": FACT,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("asked_by")),
                name="people_linkoverride_by_a_second_person",
            ),
            models.UniqueConstraint(
                fields=["link", "mentee", "mentor"], name="one_override_a_pair"
            ),
        ]


class LinkCheck(Record):
    """The office went over all evaluation links of a programme on this day."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="link_checks")
    checked_date = models.DateField()
    checked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    privacy = {"programme": LINK, "checked_date": PLAIN, "checked_by": LINK}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "checked_date"], name="one_link_check_a_day"
            )
        ]
