"""`mentorwell worker`: jobs, clockwork and mail."""

import signal
from threading import Event
from types import FrameType

import click

from mentorwell.ops import worker


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop; for cron and tests.")
def command(*, once: bool) -> None:
    """Run background jobs and periodic duties, and send mail, until stopped.

    Any number of workers may run at once. SIGTERM and Ctrl-C end it cleanly: what is being
    done is finished first.
    """
    if once:
        worker.run_once()
        return
    stop = Event()

    def end(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    click.echo("The worker is running.")
    worker.run_until(stop)
    click.echo("The worker has stopped.")
