"""A secret address at which somebody's own calendar program reads their meetings."""

from django.conf import settings
from django.db import models

from mentorwell.foundation.register import FACT, KEY, LINK, OWN, PLAIN


class Feed(models.Model):
    """One person's calendar address. Only the hash of its secret is stored.

    `names_partners` is the owner's wish that entries name the others.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed"
    )
    hash = models.CharField(max_length=64, unique=True)
    names_partners = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    privacy = {
        "id": PLAIN,
        "person": LINK,
        "hash": KEY,
        "names_partners": OWN,
        "made_at": FACT,
    }

    def __str__(self) -> str:
        return f"Feed {self.pk}"
