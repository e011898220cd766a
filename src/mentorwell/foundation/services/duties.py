"""Run the duties that `foundation/clockwork.py` lists.

Any number of workers may do so; each tick of a duty runs in one of them, because a worker
claims it by moving its next moment on (compare-and-set).
"""

import logging
from datetime import datetime, timedelta

from django.utils.module_loading import import_string

from mentorwell.foundation import clockwork
from mentorwell.foundation.errors import where
from mentorwell.foundation.models import Duty


logger = logging.getLogger(__name__)

RETRY_AFTER = timedelta(minutes=10)


def run_due_duties(*, now: datetime) -> list[str]:
    """Run each duty that is due and that no other worker has claimed; return their names.

    A duty that fails does not keep the others from running: its error is logged without its
    message, and it is tried again after ten minutes or at its next round, whichever is sooner.
    """
    known = set(Duty.objects.values_list("name", flat=True))
    Duty.objects.bulk_create(
        [Duty(name=name, due_at=now) for name in clockwork.DUTIES if name not in known],
        ignore_conflicts=True,  # another worker may just have done the same
    )
    due = Duty.objects.filter(due_at__lte=now, name__in=clockwork.DUTIES).order_by("due_at", "name")
    return [
        name for name in due.values_list("name", flat=True) if _run(clockwork.DUTIES[name], now)
    ]


def _run(duty: clockwork.Periodic, now: datetime) -> bool:
    row = Duty.objects.filter(name=duty.name)
    if not row.filter(due_at__lte=now).update(due_at=now + duty.every, last_run_at=now, problem=""):
        return False
    try:
        import_string(duty.name)(now=now)
    except Exception as error:  # noqa: BLE001 -- one duty's error must not stop the clockwork
        logger.error("A duty failed: %s\n%s", duty.name, where(error))  # noqa: TRY400 -- see `where`
        row.update(due_at=now + min(duty.every, RETRY_AFTER), problem=type(error).__name__)
    return True
