from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from mentorwell.foundation import jobs
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.foundation.services.jobs import (
    forget_finished_jobs,
    revive_stale_jobs,
    run_next_job,
)
from tests.factories.moments import NOW


MINUTE = timedelta(minutes=1)

done = []


@task()
def write(*, number):
    done.append(number)


@task()
def fail(*, number):
    done.append(number)
    raise ValueError("These words were written by somebody.")


@task()
def refuse(*, number):
    done.append(number)
    raise NotPossibleNow("This is over.")


@pytest.fixture(autouse=True)
def forget():
    done.clear()


def enqueue(function, number=1):
    jobs.enqueue(f"{__name__}.{function}", number=number)


def run(now=NOW, worker="w"):
    return run_next_job(worker=worker, now=now)


@pytest.mark.django_db
def test_run_next_runs_jobs_in_the_order_they_came_and_each_once():
    for number in (1, 2, 3):
        enqueue("write", number)

    assert [run() for _ in range(4)] == [True, True, True, False]
    assert done == [1, 2, 3]
    assert {job.status for job in DBTaskResult.objects.all()} == {TaskResultStatus.SUCCESSFUL}


@pytest.mark.django_db
def test_a_job_comes_and_goes_with_the_transaction_that_queued_it():
    with transaction.atomic():
        enqueue("write")
        transaction.set_rollback(True)

    assert run() is False


@pytest.mark.django_db
def test_a_job_that_waits_for_its_moment_is_left_until_then():
    write.using(run_after=NOW + MINUTE).enqueue(number=1)

    assert [run(NOW), run(NOW + MINUTE)] == [False, True]


@pytest.mark.django_db
def test_a_failing_job_is_tried_five_times_and_later_each_time(caplog):
    enqueue("fail")
    tried = [minute for minute in range(40) if run(NOW + minute * MINUTE)]

    assert tried == [0, 1, 3, 7, 15]
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path) == (TaskResultStatus.FAILED, "ValueError")
    assert "test_jobs.py" in job.traceback
    assert "written by somebody" not in job.traceback + caplog.text


@pytest.mark.django_db
def test_a_refusal_is_an_answer_and_is_not_tried_again():
    enqueue("refuse")

    assert [run(), run(NOW + timedelta(hours=1))] == [True, False]
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path) == (TaskResultStatus.FAILED, "NotPossibleNow")


@pytest.mark.django_db
def test_a_job_whose_function_is_gone_fails_like_any_other():
    enqueue("write")
    DBTaskResult.objects.update(task_path="mentorwell.nowhere.gone")

    assert run() is True
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def kill_worker(number=1, attempts=1):
    """Leave a job as a worker leaves it that died at NOW."""
    enqueue("write", number)
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=NOW, worker_ids=["dead"] * attempts
    )


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_done_by_another():
    kill_worker()

    revive_stale_jobs(now=NOW + 29 * MINUTE)
    assert run(NOW + 40 * MINUTE) is False

    revive_stale_jobs(now=NOW + 30 * MINUTE)
    assert run(NOW + 31 * MINUTE) is True
    assert done == [1]


@pytest.mark.django_db
def test_a_job_that_kills_five_workers_is_left_as_failed():
    kill_worker(attempts=5)

    revive_stale_jobs(now=NOW + 30 * MINUTE)

    job = DBTaskResult.objects.get()
    assert (job.status, job.finished_at) == (TaskResultStatus.FAILED, NOW + 30 * MINUTE)
    assert run(NOW + 60 * MINUTE) is False


@task()
def be_overtaken(*, number):
    """Another worker takes this job over while it runs."""
    done.append(number)
    DBTaskResult.objects.update(worker_ids=["w", "other"])


@pytest.mark.django_db
def test_a_worker_that_was_given_up_does_not_end_the_job_of_the_one_that_took_over():
    enqueue("be_overtaken")

    run()

    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING


@pytest.mark.django_db
def test_forget_finished_jobs_keeps_the_last_month_and_what_is_not_done():
    for number in (1, 2, 3):
        enqueue("write", number)
    run(NOW)
    run(NOW + timedelta(days=1))

    forget_finished_jobs(now=NOW + timedelta(days=30))

    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_run_each_job_once():
    for number in range(60):
        enqueue("write", number)

    def work(worker):
        try:
            while run(worker=worker):
                pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(work, "abcde"))

    assert Counter(done) == dict.fromkeys(range(60), 1)
    assert {job.status for job in DBTaskResult.objects.all()} == {TaskResultStatus.SUCCESSFUL}
