"""Write the audit trail."""

from collections.abc import Iterable
from datetime import datetime

from mentorwell.audit.models import Event
from mentorwell.foundation.models import Record


def record(*, verb: str, target: Record, by: Record | None, now: datetime) -> None:
    """Add one line; call it inside the transaction that makes the change.

    `verb` reads app.noun.verb. `by` is None where the clockwork acted.
    """
    record_many(verb=verb, targets=[target], by=by, now=now)


def record_many(*, verb: str, targets: Iterable[Record], by: Record | None, now: datetime) -> None:
    """Add one line for each target in a single statement."""
    Event.objects.bulk_create(
        Event(
            verb=verb,
            actor_uid=by.uid if by else None,
            target_label=target._meta.label,
            target_uid=target.uid,
            at=now,
        )
        for target in targets
    )
