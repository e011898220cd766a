"""Questions about evaluation links."""

from django.db import models

from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN
from mentorwell.mentorships.enums import LinkAnswer
from mentorwell.mentorships.models.mentorships import Membership
from mentorwell.people.models import EvaluationLink


class LinkQuestion(Record):
    """An evaluation link has appeared on a running pair: each member is asked what to do."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="questions")
    link = models.ForeignKey(EvaluationLink, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    answer = word_field(LinkAnswer, null=True)
    answered_at = models.DateTimeField(null=True)

    privacy = {
        "membership": LINK,
        "link": LINK,
        "asked_at": FACT,
        "answer": OWN,
        "answered_at": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "link"], name="one_question_a_link")
        ]
