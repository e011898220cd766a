"""Run every test this machine can run; say in one line each what is left out.

On SQLite always; on PostgreSQL where one answers (DATABASE_URL_POSTGRES, or 127.0.0.1:5432);
in the browser where Chromium is installed. With CI=true leaving anything out is a failure.
"""

import os
import shutil
import subprocess
import sys

import psycopg


POSTGRES = os.environ.get("DATABASE_URL_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
# Three parts may each fail alone; all are run, so that one run tells everything.
# A worker that has nothing left takes over tests of another that has.
AT_ONCE = ["-n", "2", "--dist", "worksteal"]
ON_SQLITE = ["tests", "--ignore=tests/browser"]
# What is judged in these is the same whatever database lies beneath.
ALIKE = ["core", "architecture", "ops/match", "ops/test_demo.py", "journeys/test_a_mentors_year.py"]
ON_POSTGRES = [*ON_SQLITE, *(f"--ignore=tests/{part}" for part in ALIKE)]
IN_BROWSER = ["tests/browser"]


def postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def run(name: str, arguments: list[str], **environment: str) -> bool:
    print(f"\n== {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *AT_ONCE, *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode == 0


def main() -> int:
    left_out: list[str] = []
    passed = [run("SQLite", ON_SQLITE)]
    if postgres_answers():
        passed.append(run("PostgreSQL", ON_POSTGRES, DATABASE_URL=POSTGRES))
    else:
        left_out.append("PostgreSQL: no server answers, so its tests were left out.")
    if CHROMIUM:
        passed.append(run("Browser", IN_BROWSER, CHROMIUM=CHROMIUM))
    else:
        left_out.append("Browser: Chromium is not installed, so its tests were left out.")
    print("\n" + "\n".join(left_out or ["Nothing was left out."]))
    complete = not left_out or os.environ.get("CI") != "true"
    return 0 if all(passed) and complete else 1


if __name__ == "__main__":
    sys.exit(main())
