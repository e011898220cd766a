"""The web server, alone or with a worker beside it."""

import subprocess
import sys
from typing import Any

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
