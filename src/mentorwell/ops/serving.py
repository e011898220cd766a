"""The web server, alone or with a worker beside it."""

import socket
import subprocess
import sys
from typing import Any

import click
from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication
from gunicorn.util import parse_address


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


bind_option = click.option(
    "--bind", default="127.0.0.1:8000", show_default=True, help="Address and port."
)


def check_free(bind: str) -> None:
    """Refuse, before any other work, an address on which the server cannot listen."""
    try:
        address = parse_address(bind)
        if isinstance(address, tuple):
            family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
            socket.create_server(address, family=family).close()
    except (OSError, RuntimeError) as error:
        raise click.UsageError(
            f"Nothing can be served on {bind}: {error}. "
            "Stop what uses it, or choose another, such as --bind 127.0.0.1:8001."
        ) from None


def serve_with_worker(*, bind: str) -> None:
    """Serve the pages with a worker beside them, until stopped; both end together."""
    worker = subprocess.Popen([sys.executable, "-m", "mentorwell.ops.cli", "worker"])
    try:
        Server(
            bind=bind, workers=1, threads=8, worker_class="gthread", control_socket_disable=True
        ).run()
    finally:
        worker.terminate()
        worker.wait()
