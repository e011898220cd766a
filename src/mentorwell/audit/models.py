"""Who did what to which record, and when."""

from django.db import models

from mentorwell.foundation.register import LINK, PLAIN


class Event(models.Model):
    """One line of the audit trail.

    It holds verbs and random ids instead of names and foreign keys, so that erasing a person
    never rewrites history and history never blocks an erasure.
    """

    verb = models.CharField(max_length=64)
    actor_uid = models.UUIDField(null=True)  # nobody: the clockwork did it
    target_label = models.CharField(max_length=64)
    target_uid = models.UUIDField()
    at = models.DateTimeField()

    privacy = {
        "id": PLAIN,
        "verb": PLAIN,
        "actor_uid": LINK,
        "target_label": PLAIN,
        "target_uid": LINK,
        "at": PLAIN,
    }

    class Meta:
        indexes = [models.Index(fields=["target_uid", "at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label} {self.target_uid}"
