"""One process for all that happens without a page: jobs, clockwork, mail.

Each has a thread of its own, so that a mail server that takes its time does not keep a job
waiting. Nobody looks more often than once a second, and every look is a short read.
"""

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from django.db import close_old_connections, connections

from mentorwell.foundation import clock
from mentorwell.foundation.errors import where
from mentorwell.foundation.services.duties import run_due_duties
from mentorwell.foundation.services.jobs import run_next_job
from mentorwell.notices.services import Outcome, send_next


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """One kind of work: a step says whether there may be more at once, else it rests."""

    name: str
    step: Callable[[], bool]
    rest_seconds: float


def run_duties() -> bool:
    """Run the periodic duties that are due."""
    run_due_duties(now=clock.now())
    return False


def run_job() -> bool:
    """Run the next job in line."""
    return run_next_job(worker=f"{socket.gethostname()}-{os.getpid()}", now=clock.now())


def send_mail() -> bool:
    """Send the next notice that is due."""
    return send_next(now=clock.now()) is Outcome.DONE


WORK = (
    Work("duties", run_duties, rest_seconds=20),
    Work("jobs", run_job, rest_seconds=1),
    Work("mail", send_mail, rest_seconds=2),
)


def run_once() -> None:
    """Do all that is due now: first duties, then the jobs and mails that come of them."""
    for work in WORK:
        while work.step():
            pass


def run_until(stop: Event) -> None:
    """Work until `stop` is set; what has been begun is finished."""
    threads = [Thread(target=_keep_on, args=(work, stop), name=work.name) for work in WORK]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _keep_on(work: Work, stop: Event) -> None:
    while not stop.is_set():
        more = False
        try:
            more = work.step()
        except Exception as error:  # noqa: BLE001 -- a database that is away comes back
            logger.error("The worker stumbled over %s: %s", work.name, where(error))  # noqa: TRY400 -- see `where`
        close_old_connections()
        if not more:
            stop.wait(work.rest_seconds)
    connections.close_all()
