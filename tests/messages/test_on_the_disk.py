"""What lies on the disk: no word of a message or a note, whoever copies the files."""

import subprocess

import pytest
from django.db import connection

from mentorwell.messages.services import delete_note, edit_message, edit_note, take_back_message
from mentorwell.people.services import keep_draft
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair
from tests.factories.messages import note, write
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory
from tests.factories.programmes import ProgrammeFactory
from tests.journeys.planted import hunt
from tests.world.words import Words


pytestmark = pytest.mark.django_db(transaction=True)

OPEN = "plumopenly"  # in a name, which is not sealed: were it not found, nothing would be


@pytest.fixture
def words():
    """Everything that a pair wrote, changed, took back, deleted and left half-written."""
    words = Words()
    programme = ProgrammeFactory()
    pair = Pair(
        programme=programme,
        mentee=MenteeFactory(programme=programme, person=UserFactory(name=f"Ada {OPEN}")),
    )
    mentorship, mentee = pair.mentorship, pair.mentee
    write(mentorship, mentee, words.sentence("message"))
    note(mentorship, mentee, words.sentence("note"))
    changed = write(mentorship, mentee, words.sentence("message before"))
    edit_message(message=changed, text=words.sentence("message after"), by=mentee, now=NOW)
    gone = write(mentorship, mentee, words.sentence("message taken back"))
    take_back_message(message=gone, by=mentee, now=NOW)
    noted = note(mentorship, mentee, words.sentence("note before"))
    edit_note(note=noted, text=words.sentence("note after"), by=mentee, now=NOW)
    deleted = note(mentorship, mentee, words.sentence("note deleted"))
    delete_note(note=deleted, by=mentee, now=NOW)
    draft = {"text": [words.sentence("draft")]}
    keep_draft(key=f"message:{mentorship.uid}", fields=draft, by=mentee, now=NOW)
    return list(words.planted.values())


def raw_dump():
    """The bytes of the database as a thief would have them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _, _ = cursor.fetchone()
        assert busy == 0
        return hunt.database_files()
    given = connection.settings_dict
    place = ["-h", given["HOST"], "-p", str(given["PORT"]), "-U", given["USER"], given["NAME"]]
    return subprocess.run(["pg_dump", *place], check=True, capture_output=True).stdout  # noqa: S603, S607 -- our own database


def test_a_raw_dump_of_the_database_holds_none_of_the_words(words):
    dump = raw_dump()

    assert hunt.found([OPEN], dump) == [OPEN]
    assert len(words) == 9
    assert hunt.found(words, dump) == []


def test_a_word_written_past_the_seal_would_be_found(words):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pair_messages_note SET text = %s", [f"I write {words[0]} here."])

    assert hunt.found(words, raw_dump()) == [words[0]]
