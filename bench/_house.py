"""A house of its own for benches that need a database: fresh, on SQLite, thrown away at the end."""

import os
import tempfile
from functools import cache
from pathlib import Path

import django


@cache
def home() -> Path:
    """Set Django up on a new database in a directory of its own, once a run."""
    # Kept for as long as the process lives; the system clears its directory of such.
    path = Path(tempfile.mkdtemp(prefix="mentorwell-bench-"))
    os.environ["MENTORWELL_HOME"] = str(path)
    os.environ["MENTORWELL_MODE"] = "development"
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentorwell.config.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return path
