"""What a conversation is to be about, and what stays of it. Read by its members only."""

from django.db import models

from mentorwell.core.lifecycles import StepState
from mentorwell.foundation.models import Record, word_field
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.meetings.models.meetings import Meeting
from mentorwell.mentorships.models import Membership, Mentorship


class AgendaPoint(Record):
    """One point of an agenda, in the order in which it was written; ticked when talked about."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="points")
    place = models.PositiveSmallIntegerField()
    words = SealedText()
    written_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField(null=True)

    privacy = {
        "meeting": LINK,
        "place": PLAIN,
        "words": WORDS,
        "written_by": LINK,
        "done_at": FACT,
    }

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="one_point_a_place")
        ]


class Step(Record):
    """A next step with its owner and perhaps a day, carried from talk to talk until it is settled."""

    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="steps")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="steps")
    words = SealedText()
    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="steps")
    due_date = models.DateField(null=True)
    state = word_field(StepState, default=StepState.OPEN)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    privacy = {
        "mentorship": LINK,
        "meeting": LINK,
        "words": WORDS,
        "owner": LINK,
        "due_date": WORDS,
        "state": FACT,
        "written_at": FACT,
        "settled_at": FACT,
    }

    class Meta:
        ordering = ["due_date", "written_at", "pk"]


class Takeaway(models.Model):
    """A line or two that one member takes with them; the other members read it too."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="takeaways")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    words = SealedText()
    written_at = models.DateTimeField()

    privacy = {
        "id": PLAIN,
        "meeting": LINK,
        "membership": LINK,
        "words": WORDS,
        "written_at": FACT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="one_takeaway_a_member")
        ]

    def __str__(self) -> str:
        return f"Takeaway {self.pk}"


class Listening(models.Model):
    """One member's own answer to "Did I listen longer than I talked?", read by nobody else."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="listenings")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    answer = SealedText()  # a whole number from -2, talked, to 2, listened
    written_at = models.DateTimeField()

    privacy = {
        "id": PLAIN,
        "meeting": LINK,
        "membership": LINK,
        "answer": OWN,
        "written_at": OWN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="one_listening_a_member")
        ]

    def __str__(self) -> str:
        return f"Listening {self.pk}"
