"""Words of the notices app."""

from enum import StrEnum


class Urgency(StrEnum):
    """How soon a person is told.

    Only invitations, answers and meeting changes go at once; all else waits for the week's
    digest. URGENT alone ignores quiet hours: a meeting within a day is off, say.
    """

    URGENT = "urgent"
    AT_ONCE = "at once"
    DIGEST = "digest"


class NoticeState(StrEnum):
    """Where a notice is on its way out by mail."""

    WAITING = "waiting"  # for its moment, or for the mail server to be back
    SENDING = "sending"  # a worker holds it until its lease ends
    SENT = "sent"
    GATHERED = "gathered"  # went along in a digest, which is a notice of its own
    KEPT = "kept"  # on the person's page only: they want no digest
    DROPPED = "dropped"  # no longer true when its moment came
