import signal
import threading
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.core import mail
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from mentorwell.accounts.models import User
from mentorwell.foundation import clock, clockwork, jobs
from mentorwell.notices.emails import KINDS, Line, Mail, register
from mentorwell.notices.enums import Urgency
from mentorwell.notices.services import tell
from mentorwell.ops import worker
from tests.factories.accounts import UserFactory
from tests.processes import finish, start


pytestmark = pytest.mark.django_db(transaction=True)

MAIN = ("-c", "from mentorwell.ops.cli import main; main()")


def welcome_everyone(*, now):
    """A duty of the tests: queue one job for each person."""
    del now
    for person in User.objects.all():
        jobs.enqueue("tests.ops.test_worker.welcome", person_id=person.pk)


@task()
def welcome(*, person_id):
    person = User.objects.get(pk=person_id)
    tell(
        person=person,
        kind="test.welcome",
        ids={"person": person_id},
        now=clock.now(),
        urgency=Urgency.URGENT,
        key=f"welcome:{person.uid}",
    )


@pytest.fixture
def duty():
    """Register the duty and the kind for one test."""
    duties, kinds = dict(clockwork.DUTIES), dict(KINDS)
    clockwork.register("tests.ops.test_worker.welcome_everyone", every=timedelta(hours=1))
    register(
        "test.welcome", lambda _told: Mail("Welcome", "Welcome"), line=lambda _ids: Line("", "/")
    )
    yield
    for registry, before in ((clockwork.DUTIES, duties), (KINDS, kinds)):
        registry.clear()
        registry.update(before)


@pytest.mark.usefixtures("duty")
def test_once_runs_duties_then_their_jobs_then_their_mails():
    people = [UserFactory(), UserFactory()]

    worker.run_once()
    worker.run_once()

    assert sorted(message.to[0] for message in mail.outbox) == sorted(p.email for p in people)
    assert [job.status for job in DBTaskResult.objects.all()] == [TaskResultStatus.SUCCESSFUL] * 2


@pytest.mark.usefixtures("duty")
def test_a_running_worker_does_the_same_until_it_is_told_to_stop():
    UserFactory()
    stop = threading.Event()
    running = threading.Thread(target=worker.run_until, args=(stop,))
    running.start()
    try:
        wait_for(lambda: mail.outbox)
    finally:
        stop.set()
        running.join(10)

    assert (len(mail.outbox), running.is_alive()) == (1, False)


def test_a_running_worker_gets_up_after_it_stumbled(monkeypatch, caplog):
    steps = []

    def stumble():
        steps.append(1)
        if len(steps) == 1:
            raise ValueError("These words were written by somebody.")
        return False

    monkeypatch.setattr(worker, "WORK", (worker.Work("stumbling", stumble, rest_seconds=0.01),))
    stop = threading.Event()
    running = threading.Thread(target=worker.run_until, args=(stop,))
    running.start()
    try:
        wait_for(lambda: len(steps) > 1)
    finally:
        stop.set()
        running.join(10)

    assert len(steps) > 1
    assert "stumbled over stumbling: builtins.ValueError" in caplog.text
    assert "written by somebody" not in caplog.text


def test_nobody_looks_more_often_than_once_a_second():
    assert min(work.rest_seconds for work in worker.WORK) >= 1


@pytest.mark.processes
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_command_ends_cleanly_when_told_to(stop):
    process = start(*MAIN, "worker", EMAIL_URL="dummymail://")
    assert process.stdout.readline() == "The worker is running.\n"

    process.send_signal(stop)

    assert finish(process, within=20) == (0, "The worker has stopped.\n", "")


@pytest.mark.processes
def test_the_worker_command_does_what_is_due_once():
    process = start(*MAIN, "worker", "--once", EMAIL_URL="dummymail://")

    assert finish(process) == (0, "", "")


def wait_for(condition, *, seconds=15):
    end = monotonic() + seconds
    while not condition() and monotonic() < end:
        sleep(0.02)
