"""Write the audit trail."""

from collections.abc import Iterable
from datetime import datetime

from mentorwell.audit.models import Event
from mentorwell.foundation.bulk import insert_values
from mentorwell.foundation.models import Record


def record(*, verb: str, target: Record, by: Record | None, now: datetime) -> None:
    """Add one line; call it inside the transaction that makes the change.

    `verb` reads app.noun.verb. `by` is None where the clockwork acted.
    """
    record_many(verb=verb, targets=[target], by=by, now=now)


def record_many(*, verb: str, targets: Iterable[Record], by: Record | None, now: datetime) -> None:
    """Add one line for each target in a single statement."""
    insert_values(
        Event,
        ("verb", "actor_uid", "target_label", "target_uid", "at"),
        [(verb, by.uid if by else None, target._meta.label, target.uid, now) for target in targets],
    )
