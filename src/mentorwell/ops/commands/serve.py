"""`mentorwell serve`: the pages."""

from typing import Any

import click
from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """Gunicorn with its settings from here instead of a file."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Take over the options."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application to serve."""
        return import_string(settings.WSGI_APPLICATION)


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--workers", default=2, show_default=True, help="Processes.")
@click.option("--threads", default=4, show_default=True, help="Threads in each process.")
def command(bind: str, workers: int, threads: int) -> None:
    """Serve the pages; put a reverse proxy with TLS in front."""
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
