"""`mentorwell serve`: the pages."""

import click

from mentorwell.ops.serving import Server, bind_option, check_free


@click.command()
@bind_option
@click.option("--workers", default=2, show_default=True, help="Processes.")
@click.option("--threads", default=4, show_default=True, help="Threads in each process.")
def command(bind: str, workers: int, threads: int) -> None:
    """Serve the pages; put a reverse proxy with TLS in front."""
    check_free(bind)
    Server(
        bind=bind,
        workers=workers,
        threads=threads,
        worker_class="gthread",
        # A process is renewed now and then, so that a slow leak never matters.
        max_requests=10_000,
        max_requests_jitter=1_000,
        worker_tmp_dir="/dev/shm",  # noqa: S108 -- gunicorn's heartbeat file: memory never blocks
        control_socket_disable=True,
    ).run()
