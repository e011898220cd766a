"""Do the jobs that `foundation/jobs.py` queues.

Jobs are rows of `django_tasks_db`. Its own worker keeps an error's message in the row, where
it might quote what somebody wrote, and gives up after one attempt; `run_next_job` keeps
neither habit.
"""

import logging
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from mentorwell.foundation.errors import Refusal, where


logger = logging.getLogger(__name__)

ATTEMPTS = 5
STALE_AFTER = timedelta(minutes=30)  # longer than any job takes: its worker must have died


def run_next_job(*, worker: str, now: datetime) -> bool:
    """Run the job that is next in line, and return whether there was one.

    Several workers may call this at once: each job is claimed by one of them. A job that
    fails is tried again after 1, 2, 4 and 8 minutes, then left as failed; a Refusal is an
    answer, not a failure, and is not tried again.
    """
    for job in _ready(now)[:20]:
        claimed = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, started_at=now, worker_ids=[*job.worker_ids, worker]
        )
        if claimed:
            job.worker_ids.append(worker)
            _run(job, now)
            return True
    return False


def revive_stale_jobs(*, now: datetime) -> None:
    """Put jobs back in line whose worker died, or leave them as failed after five attempts."""
    stale = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lte=now - STALE_AFTER
    )
    for job in stale:
        _put_back(job, now, problem="the worker stopped", trace="")


def forget_finished_jobs(*, now: datetime) -> None:
    """Delete the rows of jobs that ended a month ago or longer."""
    DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED],
        finished_at__lte=now - timedelta(days=30),
    ).delete()


def _ready(now: datetime) -> "QuerySet[DBTaskResult[..., object]]":
    # A far date stands for "at once" in these rows.
    return DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=now), status=TaskResultStatus.READY
    )


def _run(job: "DBTaskResult[..., object]", now: datetime) -> None:
    try:
        task = job.task
        task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
    except Refusal as refusal:
        _finish(job, now, TaskResultStatus.FAILED, problem=type(refusal).__name__)
    except Exception as error:  # noqa: BLE001 -- one job's error must not stop the worker
        logger.error("A job failed: %s\n%s", job.task_path, where(error))  # noqa: TRY400 -- see `where`
        _put_back(job, now, problem=type(error).__name__, trace=where(error))
    else:
        _finish(job, now, TaskResultStatus.SUCCESSFUL)


def _put_back(job: "DBTaskResult[..., object]", now: datetime, *, problem: str, trace: str) -> None:
    attempts = len(job.worker_ids)
    if attempts >= ATTEMPTS:
        _finish(job, now, TaskResultStatus.FAILED, problem=problem, trace=trace)
        return
    _still_running(job).update(
        status=TaskResultStatus.READY, run_after=now + timedelta(minutes=2 ** (attempts - 1))
    )


def _finish(
    job: "DBTaskResult[..., object]",
    now: datetime,
    status: str,
    *,
    problem: str = "",
    trace: str = "",
) -> None:
    _still_running(job).update(
        status=status, finished_at=now, exception_class_path=problem, traceback=trace
    )


def _still_running(job: "DBTaskResult[..., object]") -> "QuerySet[DBTaskResult[..., object]]":
    """Return the row if it is still this attempt's, for compare-and-set."""
    return DBTaskResult.objects.filter(
        pk=job.pk, status=TaskResultStatus.RUNNING, worker_ids=job.worker_ids
    )
