"""Fifty want the last place at once: one gets it, and everybody else is told why.

Run on SQLite by default and on PostgreSQL with `DATABASE_URL`; threads share a process as
requests of one web server do, processes stand for several web servers and workers.
"""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

import pytest
from django.conf import settings
from django.db import connection

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.mentorships import queries
from mentorwell.mentorships.models import Membership, Mentorship, PlaceClaim
from mentorwell.people.models import Participation
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory
from tests.journeys.racing import race


RACERS = 50
GONE = "The last place has just gone to someone else."
RACER = "import django; django.setup(); from tests.journeys.racing import main; main()"
ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programme():
    return ProgrammeFactory()


def runners(programme, *, places):
    mentor = MentorFactory(programme=programme, places=places)
    mentees = MenteeFactory.create_batch(RACERS, programme=programme)
    return mentor, [mentee.pk for mentee in mentees]


def assert_held(mentor, mentees, *, places):
    """As many mentorships as places, whole ones, and nothing half-begun of the others."""
    assert Mentorship.objects.count() == places
    assert Membership.objects.count() == 2 * places
    held = PlaceClaim.objects.filter(released_at=None)
    assert held.filter(place__participation=mentor).count() == places
    assert held.count() == 2 * places
    assert queries.free_places([mentor.pk])[mentor.pk] == []
    active = Participation.objects.filter(pk__in=mentees, state=ParticipationState.ACTIVE)
    assert active.count() == places


@pytest.mark.parametrize("places", [1, 3])
def test_fifty_threads_racing_fill_the_places_and_no_more(programme, places):
    mentor, mentees = runners(programme, places=places)

    outcomes = Counter(race(mentor.pk, mentees))

    assert outcomes == {"begun": places, GONE: RACERS - places}
    assert_held(mentor, mentees, places=places)


@pytest.mark.processes
def test_processes_racing_fill_the_last_place_and_no_more(programme, capsys):
    mentor, mentees = runners(programme, places=1)
    processes = 5
    racing = [
        subprocess.Popen(  # noqa: S603 -- our own words and numbers
            [sys.executable, "-c", RACER, *map(str, (mentor.pk, *mentees[number::processes]))],
            env=_environment(),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(processes)
    ]
    assert [process.stdout.readline() for process in racing] == ["ready\n"] * processes

    started = perf_counter()
    for process in racing:
        process.stdin.write("go\n")
        process.stdin.flush()
    outcomes = Counter(
        line for process in racing for line in process.communicate(timeout=120)[0].splitlines()
    )

    assert outcomes == {"begun": 1, GONE: RACERS - 1}
    assert_held(mentor, mentees, places=1)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{RACERS} tries in {processes} processes on {connection.vendor}:"
            f" 1 begun, {RACERS - 1} refused kindly, {perf_counter() - started:.2f} s\n"
        )


def _environment():
    """What makes a process work on the test database of this one."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{database['NAME']}"
    else:
        place = f"{database['HOST']}:{database['PORT']}"
        login = ":".join(filter(None, (database["USER"], database["PASSWORD"])))
        address = f"postgres://{login}@{place}/{database['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "mentorwell.config.settings",
        "MENTORWELL_MODE": "development",
        "MENTORWELL_HOME": str(settings.VAR),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
