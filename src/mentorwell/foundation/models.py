"""The base of every model of the house."""

import uuid
from typing import ClassVar

from django.db import models

from mentorwell.foundation.register import PLAIN, Entry


class Record(models.Model):
    """A row with a random public id.

    Addresses and the audit trail use `uid`, never the counting primary key, which would
    tell how many there are and invite guessing.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    privacy: ClassVar[dict[str, Entry]]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.object_name} {self.uid}"


BASE_PRIVACY: dict[str, Entry] = {"id": PLAIN, "uid": PLAIN}
