"""Several workers at once, a mail server that fails: each mail goes out, and goes out once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connections

from mentorwell.foundation import clock
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import Notice
from mentorwell.notices.services import Outcome, send_next
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.notices import tell_something
from tests.notices.post_office import PostOffice
from tests.processes import finish, start


pytestmark = pytest.mark.django_db(transaction=True)

MAILS = 40


def tell_many(how_many=MAILS, **changes):
    person = UserFactory()
    return [tell_something(person, urgency=Urgency.URGENT, **changes) for _ in range(how_many)]


def message_ids(notices):
    return {f"<{notice.uid}@localhost>": 1 for notice in notices}


def states():
    return set(Notice.objects.values_list("state", flat=True))


@pytest.fixture
def by_smtp(settings):
    """Let Django send to a post office on this machine."""

    def connect(office):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

    return connect


def moody(number):
    """Take two of five, refuse one for now, one for good, and hang up on one before taking it."""
    return ("", "451 later", "", "554 never", "hang up")[number % 5]


def test_threads_send_each_mail_once_through_a_server_that_fails(by_smtp):
    notices = tell_many()

    def work(now):
        try:
            while True:
                outcome = send_next(now=now)
                if outcome is not Outcome.DONE:
                    return outcome
        finally:
            connections.close_all()

    with PostOffice(moody) as office, ThreadPoolExecutor(4) as pool:
        by_smtp(office)
        moment = NOW
        for _ in range(60):
            moment += timedelta(hours=25)
            list(pool.map(work, [moment] * 4))
            if states() == {NoticeState.SENT}:
                break

    assert states() == {NoticeState.SENT}
    assert office.copies() == message_ids(notices)
    assert office.attempts > MAILS


def test_while_the_server_is_away_nothing_is_lost_and_later_all_of_it_goes(by_smtp):
    notices = tell_many(5)
    with PostOffice() as office:
        by_smtp(office)  # from here on its port is known, and nobody is there

    moment = NOW
    for _ in range(20):
        assert send_next(now=moment) in {Outcome.SERVER_DOWN, Outcome.NOTHING_DUE}
        moment += timedelta(minutes=10)
    assert states() == {NoticeState.WAITING}

    with PostOffice() as office:
        by_smtp(office)
        moment += timedelta(minutes=30)
        while send_next(now=moment) is Outcome.DONE:
            pass
    assert office.copies() == message_ids(notices)


def start_worker(office):
    return start("-m", "tests.notices.worker_process", EMAIL_URL=f"smtp://127.0.0.1:{office.port}")


@pytest.mark.processes
def test_processes_send_each_mail_once_through_a_server_that_fails():
    notices = tell_many(now=clock.now())

    with PostOffice(lambda number: "451 later" if number % 7 == 0 else "") as office:
        for at_once in (3, *[1] * 9):  # one mail may be refused several times in a row
            workers = [start_worker(office) for _ in range(at_once)]
            assert {finish(worker)[0] for worker in workers} == {0}
            Notice.objects.filter(state=NoticeState.WAITING).update(due_at=clock.now())
            if states() == {NoticeState.SENT}:
                break

    assert states() == {NoticeState.SENT}
    assert office.copies() == message_ids(notices)


@pytest.mark.processes
def test_a_worker_killed_in_the_middle_of_a_mail_loses_none_and_repeats_at_most_that_one():
    notices = tell_many(3, now=clock.now())
    reached, killed = Event(), Event()

    def wait_for_the_kill(number):
        if number == 2:
            reached.set()
            killed.wait(30)
            return "hang up"  # the mail was on its way and did not arrive
        return ""

    with PostOffice(wait_for_the_kill) as office:
        worker = start_worker(office)
        assert reached.wait(30)
        worker.kill()
        worker.communicate()
        killed.set()
        assert sorted(Notice.objects.values_list("state", flat=True)) == [
            NoticeState.SENDING,
            NoticeState.SENT,
            NoticeState.WAITING,
        ]
        code, _, errors = finish(start_worker(office))
        assert (code, errors) == (0, "")
        assert Notice.objects.filter(state=NoticeState.SENDING).count() == 1  # the lease holds

        Notice.objects.filter(state=NoticeState.SENDING).update(leased_until=clock.now())
        finish(start_worker(office))

    assert states() == {NoticeState.SENT}
    assert office.copies() == message_ids(notices)
