"""Starts the house's own commands as real processes on the test database."""

import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen

from django.db import connection


ROOT = Path(__file__).parent.parent


def start(*arguments, **environment):
    """Start Python with these arguments on the test database and return the process."""
    known = {
        "DATABASE_URL": _database_url(),
        "DJANGO_SETTINGS_MODULE": "mentorwell.config.settings",
        "MENTORWELL_MODE": "development",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "PYTHONUNBUFFERED": "1",
    }
    return Popen(  # noqa: S603 -- our own command
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**_inherited(), **known, **environment},
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        text=True,
    )


def _inherited():
    """Our environment without what the browser tests need for themselves alone."""
    return {k: value for k, value in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}


def finish(process, *, within=60):
    """Wait for a process and return its exit code, output and error output."""
    output, errors = process.communicate(timeout=within)
    return process.returncode, output, errors


def _database_url():
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(given['NAME']).resolve()}"
    return f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
