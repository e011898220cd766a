"""What somebody wants to grow into, and in which mentorships they show it."""

from django.conf import settings
from django.db import models

from mentorwell.core.lifecycles import GoalState
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.mentorships.models import Mentorship


class Goal(Record):
    """One goal of one person. Nobody else reads it but where it is shared."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="goals"
    )
    words = SealedText()
    kind = SealedText()  # key of goals/content/goals.toml
    factor = SealedText(blank=True)  # as above
    measure = SealedText(blank=True)
    next_step = SealedText(blank=True)
    help_needed = SealedText(blank=True)
    kept = SealedText(blank=True)  # what stays of it, once it is reached or let go
    due_date = models.DateField(null=True)
    state = word_field(GoalState, default=GoalState.ACTIVE)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    privacy = {
        "person": LINK,
        "words": WORDS,
        "kind": WORDS,
        "factor": WORDS,
        "measure": WORDS,
        "next_step": WORDS,
        "help_needed": WORDS,
        "kept": WORDS,
        "due_date": OWN,
        "state": OWN,
        "written_at": OWN,
        "settled_at": OWN,
    }

    class Meta:
        ordering = ["-written_at", "-pk"]


class GoalShare(models.Model):
    """The members of a mentorship read this goal, until its owner takes that back."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="shares")
    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="+")
    shared_at = models.DateTimeField()

    privacy = {"id": PLAIN, "goal": LINK, "mentorship": LINK, "shared_at": FACT}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "mentorship"], name="one_share_a_mentorship")
        ]

    def __str__(self) -> str:
        return f"GoalShare {self.pk}"
