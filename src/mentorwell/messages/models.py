"""What members write to each other, and what each keeps to themselves."""

from django.db import models
from django.db.models import Q

from mentorwell.foundation.models import Record
from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.mentorships.models import Membership, Mentorship


class Message(Record):
    """One message in a mentorship's thread; the primary key is the order of the thread.

    `token` is of the page it was sent from: sent twice, it is one message. A message that was
    taken back keeps its place and loses its words.
    """

    mentorship = models.ForeignKey(Mentorship, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="messages")
    text = SealedText(blank=True)
    token = models.UUIDField()
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    privacy = {
        "mentorship": LINK,
        "author": LINK,
        "text": WORDS,
        "token": PLAIN,
        "written_at": FACT,
        "edited_at": FACT,
        "taken_back_at": FACT,
    }

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "token"], name="one_message_a_page"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(text=""),
                name="taken_back_without_words",
            ),
        ]
        indexes = [models.Index(fields=["mentorship", "written_at"], name="messages_of_thread")]


class Reading(models.Model):
    """How far a member has read: a line for the member alone, shown to nobody else."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="reading")
    newest = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")

    privacy = {"id": PLAIN, "membership": LINK, "newest": OWN}

    def __str__(self) -> str:
        return f"Reading {self.pk}"


class Note(Record):
    """What a member writes for themselves; nobody else learns that there is anything.

    A deleted note stays for an hour, in which it can be brought back.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="notes")
    text = SealedText()
    token = models.UUIDField()
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    privacy = {
        "membership": LINK,
        "text": OWN,
        "token": PLAIN,
        "written_at": OWN,
        "edited_at": OWN,
        "deleted_at": OWN,
    }

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "token"], name="one_note_a_page")
        ]
