"""Pages and worker together, for one machine and one command."""

import subprocess
import sys

from mentorwell.ops.commands.serve import Server


def serve_with_worker(*, bind: str) -> None:
    """Serve the pages with a worker beside them, until stopped; both end together."""
    worker = subprocess.Popen([sys.executable, "-m", "mentorwell", "worker"])
    try:
        Server(
            bind=bind, workers=1, threads=8, worker_class="gthread", control_socket_disable=True
        ).run()
    finally:
        worker.terminate()
        worker.wait()
