"""Time until a web process can answer, against a bare Django that has no apps of ours."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator


RUNS = 7
OURS = "import mentorwell.config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns"
BARE = (
    "from django.conf import settings; settings.configure(ROOT_URLCONF='django.urls', "
    "INSTALLED_APPS=['django.contrib.auth', 'django.contrib.contenttypes', "
    "'django.contrib.sessions', 'django.contrib.staticfiles']); import django; django.setup(); "
    "from django.core.wsgi import get_wsgi_application; get_wsgi_application()"
)
HEAVY = ["scipy", "pandas", "statsmodels", "ortools", "openpyxl"]


def seconds(code: str) -> float:
    """Return the median time of a process that runs `code` and ends."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ})
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def run() -> Iterator[str]:
    """Yield the lines of the report."""
    ours, bare = seconds(OURS), seconds(BARE)
    yield f"start: {ours:.2f} s; bare Django {bare:.2f} s; ratio {ours / bare:.2f}"
    loaded = f"{OURS}; import sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", loaded], check=True, capture_output=True, text=True
    ).stdout.strip()
    yield f"heavy libraries loaded at start: {found}"
