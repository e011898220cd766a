"""The privacy register: what each stored field is, and what becomes of it.

Every model says of every field how private it is, whether its person's export holds it,
what erasing the person does to it and what scrubbing a copy for tests does to it. A field
without an entry fails `check` (see `foundation/checks.py`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How private a field is."""

    PUBLIC = "public"  # says nothing about a person
    PERSONAL = "personal"  # about a person, seen by those the pages show it to
    SENSITIVE = "sensitive"  # written in confidence, or revealing; sealed where it is text
    # A key or token; never shown, never exported.
    SECRET = "secret"  # noqa: S105 -- the name of a level, not a secret


class Erasure(StrEnum):
    """What erasing the person does to a field."""

    KEEP = "keep"
    CLEAR = "clear"
    ROW = "delete the row"


class Scrub(StrEnum):
    """What scrubbing a copy does to a field."""

    KEEP = "keep"
    FAKE = "fake"
    CLEAR = "clear"


@dataclass(frozen=True)
class Entry:
    """One field's line in the register."""

    level: Level
    exported: bool
    erasure: Erasure
    scrub: Scrub


PLAIN = Entry(Level.PUBLIC, exported=False, erasure=Erasure.KEEP, scrub=Scrub.KEEP)
LINK = Entry(Level.PERSONAL, exported=True, erasure=Erasure.KEEP, scrub=Scrub.KEEP)
FACT = Entry(Level.PERSONAL, exported=True, erasure=Erasure.CLEAR, scrub=Scrub.KEEP)
NAME = Entry(Level.PERSONAL, exported=True, erasure=Erasure.CLEAR, scrub=Scrub.FAKE)
OWN = Entry(Level.SENSITIVE, exported=True, erasure=Erasure.ROW, scrub=Scrub.CLEAR)
WORDS = Entry(Level.SENSITIVE, exported=True, erasure=Erasure.CLEAR, scrub=Scrub.CLEAR)
KEY = Entry(Level.SECRET, exported=False, erasure=Erasure.ROW, scrub=Scrub.CLEAR)

EXTERNAL: dict[str, dict[str, Entry]] = {}
"""Entries for models of other packages, keyed by model label, filled by `register_external`."""


def register_external(label: str, entries: dict[str, Entry]) -> None:
    """Enter the fields of a model that another package owns, such as `account.EmailAddress`."""
    EXTERNAL[label] = entries
