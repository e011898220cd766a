"""How fast a roster comes in, and how long people who sign in meanwhile have to wait.

The roster is brought in by the command in a process of its own, as an office's worker would;
the people sign in by password through the pages.
"""

import csv
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter

from bench._house import home


ROWS = 10_000
SIGNING_IN = 50
AT_ONCE = 8  # as many requests as `mentorwell serve` answers at once unless told otherwise
PASSWORD = "three calm words"  # noqa: S105 -- of nobody
COMMAND = "from mentorwell.ops.cli import main; main()"


def write_roster(path: Path, domain: str) -> Path:
    """A hospital: every fifth a mentor, a dozen sites, sixty units, a story each."""
    with path.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(
            [
                "name",
                "email",
                "part",
                "headline",
                "stage",
                "site",
                "unit",
                "topics",
                "start date",
                "cohort",
                "languages",
                "story",
            ]
        )
        for number in range(ROWS):
            writer.writerow(
                [
                    f"Person {number}",
                    f"row-{number}@{domain}",
                    "mentor" if number % 5 == 0 else "mentee",
                    "Works on the wards",
                    "pgy-1",
                    f"Hospital {number % 12}",
                    f"Ward {number % 60}",
                    "Research; Teaching at the bedside",
                    "2026-07-01",
                    "Class of 2029",
                    "English; Spanish",
                    "I came here by a detour that I would take again, and like to say why.",
                ]
            )
    return path


def run() -> Iterator[str]:
    place = home()
    programme_and_people()
    yield from steps(write_roster(place / "one.csv", "one.example.org"))
    yield from under_load(write_roster(place / "other.csv", "other.example.org"))


def programme_and_people() -> None:
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password
    from tests.factories.programmes import ProgrammeFactory

    from mentorwell.accounts.models import User

    for slug in ("bench", "bench-busy"):
        ProgrammeFactory(slug=slug)
    password = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(email=f"signs-in-{number}@example.org", name=f"Signs in {number}", password=password)
        for number in range(SIGNING_IN)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, primary=True, verified=True)
        for person in people
    )


def steps(file: Path) -> Iterator[str]:
    """Each step by itself, with nothing else going on."""
    from mentorwell.core.reading.columns import Field
    from mentorwell.foundation import clock
    from mentorwell.office import services
    from mentorwell.programmes.models import Programme

    programme = Programme.objects.get(slug="bench")
    now = clock.now()
    begun = perf_counter()
    run = services.upload_roster(
        programme=programme, file_name=file.name, data=file.read_bytes(), by=None, now=now
    )
    reading = services.Reading(
        columns={column: Field(field) for column, field in run.columns.items()},
        create=(Field.SITE, Field.UNIT, Field.TOPICS),
    )
    services.check_roster(run=run, reading=reading, by=None, now=now, in_background=False)
    services.stage_roster(run_id=run.pk, now=now)
    checked = perf_counter()
    run.refresh_from_db()
    services.bring_in_roster(run=run, by=None, now=now, in_background=False)
    services.apply_roster(run_id=run.pk, now=now)
    done = perf_counter()
    run.refresh_from_db()
    assert run.account_count == ROWS, run.failure
    yield (
        f"{ROWS:,} rows in {done - begun:.1f} s: {ROWS / (done - begun):,.0f} rows a second "
        f"(read and checked in {checked - begun:.1f} s, brought in in {done - checked:.1f} s)"
    )


def under_load(file: Path) -> Iterator[str]:
    """The whole command, while fifty people sign in."""
    arguments = [sys.executable, "-c", COMMAND, "import", "roster", str(file)]
    begun = perf_counter()
    process = subprocess.Popen(
        [*arguments, "--programme", "bench-busy"], stdout=subprocess.PIPE, text=True
    )
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waits = list(pool.map(sign_in, range(SIGNING_IN)))
    output, _ = process.communicate()
    seconds = perf_counter() - begun
    assert process.returncode == 0, output
    refused = sum(not signed_in for _, signed_in in waits)
    slowest = max(wait for wait, _ in waits)
    usual = median(wait for wait, _ in waits)
    yield (
        f"{ROWS:,} rows in {seconds:.1f} s by the command while {SIGNING_IN} people sign in: "
        f"{refused} refused, usual wait {usual:.1f} s, longest {slowest:.1f} s"
    )


def sign_in(number: int) -> tuple[float, bool]:
    """Sign in once, and return how long that took and whether it worked."""
    from django.db import connections
    from django.test import Client

    begun = perf_counter()
    try:
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        told = {"login": f"signs-in-{number}@example.org", "password": PASSWORD}
        client.post("/accounts/login/", told)
        return perf_counter() - begun, "_auth_user_id" in client.session
    finally:
        connections.close_all()
