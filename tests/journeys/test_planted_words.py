"""The promise, held to: what people write is found nowhere but before those it is for.

Everybody in the world writes a word of their own wherever they can write. Then much goes wrong.
Then we look for the words in every place where something may lie. What people see of each other
on their pages is looked at in `test_who_reads_what.py`.
"""

import base64
import logging
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mentorwell.foundation.sealed import SealedText
from mentorwell.foundation.services.jobs import ATTEMPTS
from mentorwell.notices.services import gather_digests, send_next
from mentorwell.notices.services.sending import Outcome
from tests.factories.moments import NOW
from tests.journeys.planted import hunt, mishaps
from tests.world import build_world
from tests.world.visitors import Visitors


# The marker has the database made; what is below fills and empties it.
pytestmark = pytest.mark.django_db

# Stored as it is: who somebody is, and their line, which the office may bring in with a file.
OPEN = re.compile(r"\.(name|headline)$")
# Sealed choices from what we offer, and numbers: there is no word of one's own to plant.
CHOICES = {
    "matching.Invitation.decline_reason",
    "matching.RunGround.packed",
    "goals.Goal.factor",
    "goals.Goal.kind",
    "meetings.Listening.answer",
    "meetings.Meeting.missed_because",
    "mentorships.Agreement.relationship",
    "mentorships.Agreement.meetings_like",
    "mentorships.Agreement.agenda_by",
    "mentorships.Agreement.schedules_by",
    "mentorships.OwnAnswers.relationship",
    "mentorships.OwnAnswers.meetings_like",
    "mentorships.OwnAnswers.agenda_by",
    "mentorships.Ending.reason",
}


@dataclass
class Aftermath:
    """What is left when everybody has written and much has gone wrong."""

    visitors: Visitors
    places: dict[str, bytes]
    answers: dict[str, tuple[int, str]]  # of each mishap: its status and its page

    @property
    def planted(self) -> dict[str, str]:
        return self.visitors.world.words.planted

    @property
    def sealed(self) -> list[str]:
        """The words that nobody should find."""
        return [word for key, word in self.planted.items() if not OPEN.search(key)]

    @property
    def names(self) -> list[str]:
        return [word for key, word in self.planted.items() if key.endswith(".name")]


@pytest.fixture
def _django_db_helper():
    """Leave out the transaction around each test: what is searched must have been committed."""


@pytest.fixture(scope="module")
def aftermath(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        mail.outbox = []
        with hunt.logs() as (configured, everything):
            visitors = Visitors(build_world())
            answers = go_wrong(visitors)
            mishaps.jobs_fail(visitors)
            post_all()
        places = {
            "the database on the disk": hunt.database_files(),
            "the sessions": hunt.sessions(),
            "the mails": hunt.mails(mail.outbox),
            "the log": configured.getvalue().encode(),
            "the log at its most talkative": everything.getvalue().encode(),
            **{f"the table {name}": rows for name, rows in hunt.tables().items()},
        }
        yield Aftermath(visitors, places, answers)
        call_command("flush", verbosity=0, interactive=False)


def go_wrong(visitors):
    answers = {each.name: mishaps.happen(each, visitors) for each in mishaps.MISHAPS}
    answers["a story from elsewhere"] = mishaps.come_from_elsewhere(visitors)
    return {name: (answer.status_code, answer.content.decode()) for name, answer in answers.items()}


def post_all():
    """Send what waits, by day and once a week has gone by."""
    for moment in (NOW, NOW + timedelta(days=7)):
        gather_digests(now=moment)
        while send_next(now=moment) is not Outcome.NOTHING_DUE:
            pass


def test_no_place_holds_what_was_written(aftermath):
    leaks = {
        place: words
        for place, text in aftermath.places.items()
        if (words := hunt.found(aftermath.sealed, text))
    }

    assert leaks == {}


def test_what_goes_wrong_is_answered_as_it_should(aftermath):
    expected = {each.name: each.status for each in mishaps.MISHAPS}
    expected["a story from elsewhere"] = 403

    assert {name: status for name, (status, _) in aftermath.answers.items()} == expected


def test_only_a_form_says_back_what_was_typed_into_it(aftermath):
    forms = {each.name for each in mishaps.MISHAPS if each.status == 400}
    said_back = {
        name
        for name, (_, page) in aftermath.answers.items()
        if hunt.found([aftermath.planted[name]], page.encode())
    }

    assert said_back == forms


def test_jobs_have_failed_and_say_where_but_not_over_what(aftermath):
    job = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)

    assert job.exception_class_path == "IntegrityError"
    assert "mentorwell/office/services" in job.traceback
    assert aftermath.places["the log"].count(b"A job failed") == 1 + ATTEMPTS


def test_the_log_holds_no_secret_of_a_mailed_link(aftermath):
    browser, secret = aftermath.visitors.browser("stranger"), aftermath.visitors.world.answer_secret
    address = reverse("matching:invitation-answer", args=[secret])
    with hunt.logs() as (configured, _):
        browser.post(address, {"answer": "accept", "time_1": "soon"})

    assert "Bad Request: /invitations/answer/…/" in configured.getvalue()


@pytest.mark.parametrize(
    "table", ["audit_event", "notices_notice", "django_tasks_database_dbtaskresult"]
)
def test_trail_outbox_and_jobs_name_nobody(aftermath, table):
    rows = aftermath.places[f"the table {table}"]

    assert len(rows) > 100
    assert hunt.found(aftermath.names, rows) == []


def test_the_hunt_finds_what_may_lie_open(aftermath):
    """Names lie in the database and stand in mails: were they not found, nothing would be."""
    places, names = aftermath.places, aftermath.names

    assert hunt.found(names, places["the database on the disk"]) == names
    assert hunt.found(names, places["the table accounts_user"]) == names
    assert aftermath.planted["seeker.name"] in hunt.found(names, places["the mails"])
    assert b"BEGIN:VCALENDAR" in places["the mails"]


@pytest.mark.parametrize(
    "leak",
    [
        "said: plum1a2b3c here",
        base64.b64encode(b"plum1a2b3c").decode(),
        base64.b64encode(b"a story of plum1a2b3c and more").decode(),
        base64.b64encode(b"some story of plum1a2b3c and more").decode(),
    ],
)
def test_the_hunt_finds_a_word_plainly_and_in_base64(leak):
    assert hunt.found(["plum1a2b3c", "plum000000"], leak.encode()) == ["plum1a2b3c"]


def test_the_log_is_read(aftermath):
    with hunt.logs() as (configured, everything):
        logging.getLogger("mentorwell").warning("plum1a2b3c")
        logging.getLogger("mentorwell").debug("plum4d5e6f")

    assert hunt.found(["plum1a2b3c"], configured.getvalue().encode())
    assert hunt.found(["plum4d5e6f"], everything.getvalue().encode())


def sealed_fields():
    return [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SealedText)
    ]


@pytest.mark.parametrize("field", sealed_fields(), ids=str)
def test_every_sealed_field_is_filled_and_its_column_shows_nothing(aftermath, field):
    rows = field.model._default_manager.exclude(**{field.name: ""})
    opened = list(rows.values_list(field.name, flat=True))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{field.column}" FROM "{field.model._meta.db_table}"')  # noqa: S608 -- names of our own tables
        stored = [column for (column,) in cursor.fetchall() if column]

    assert len(stored) == len(opened) > 0
    assert all(re.fullmatch(r"gAAAA[\w=-]+", column) for column in stored)
    own_words = hunt.found(aftermath.sealed, "\n".join(opened).encode())
    assert bool(own_words) == (str(field) not in CHOICES)
