"""The base of every model of the house."""

import uuid
from enum import StrEnum
from typing import Any, ClassVar

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


def choices(vocabulary: type[StrEnum]) -> list[tuple[str, str]]:
    """Return a vocabulary as a field's choices; the words shown are made in the pages."""
    return [(word.value, word.name) for word in vocabulary]


def word_field(vocabulary: type[StrEnum], **options: Any) -> "models.CharField[str, str]":
    """Return a short text field that holds one word of a vocabulary."""
    return models.CharField(max_length=24, choices=choices(vocabulary), **options)


class Duty(models.Model):
    """When a periodic duty is next due; see `foundation/clockwork.py`."""

    name = models.CharField(max_length=128, unique=True)
    due_at = models.DateTimeField()
    last_run_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=128, default="", blank=True)

    privacy: ClassVar[dict[str, Entry]] = dict.fromkeys(
        ("id", "name", "due_at", "last_run_at", "problem"), PLAIN
    )

    def __str__(self) -> str:
        return self.name
