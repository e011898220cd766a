"""How it ends."""

from django.db import models

from mentorwell.foundation.register import FACT, LINK, OWN, PLAIN, WORDS
from mentorwell.foundation.sealed import SealedText
from mentorwell.mentorships.models.mentorships import Membership


class Ending(models.Model):
    """One member's wish to end: for themselves a reason and, if they like, a word of thanks.

    Until `told_at` it can be undone, and nobody else knows of it.
    """

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="ending")
    reason = SealedText(blank=True)  # a word of EndingReason, read by its writer only
    told_office = models.BooleanField(default=False)  # the writer allows the reason in figures
    thanks = SealedText(blank=True)  # read by the others once they are told
    written_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    privacy = {
        "id": PLAIN,
        "membership": LINK,
        "reason": OWN,
        "told_office": OWN,
        "thanks": WORDS,
        "written_at": FACT,
        "told_at": FACT,
    }

    def __str__(self) -> str:
        return f"Ending {self.pk}"
