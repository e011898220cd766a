"""Keys are changed while people write: nothing is lost, and the new key alone opens everything."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet
from django.db import connection, connections

from mentorwell.foundation import clock
from mentorwell.foundation.sealed import Unreadable
from mentorwell.foundation.services import resealing
from mentorwell.foundation.services.resealing import left_under_older_keys, reseal_all
from mentorwell.messages.models import Message, Note
from mentorwell.ops.commands import reseal
from tests.factories.mentorships import Pair
from tests.factories.messages import note, write
from tests.messages.loading import keep_writing
from tests.processes import finish, start


pytestmark = pytest.mark.django_db(transaction=True)

MAIN = ("-c", "from mentorwell.ops.cli import main; main()")
BEFORE = 30  # notes, and as many messages, that are there when the key changes


@pytest.fixture
def keys():
    return Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def house(settings, keys):
    """A pair that has written under the old key alone."""
    settings.SEAL_KEYS = [keys[0]]
    pair, now = Pair(now=clock.now()), clock.now()
    kept = {}
    for number in range(BEFORE):
        for made in (
            note(pair.mentorship, pair.mentee, f"Note {number}", now=now),
            write(pair.mentorship, pair.mentee, f"Message {number}", now=now),
        ):
            kept[str(made.uid)] = made.text
    return pair, kept


def stored():
    return {
        str(uid): text
        for model in (Message, Note)
        for uid, text in model.objects.values_list("uid", "text")
    }


def in_a_thread(pair, person, stop):
    try:
        return keep_writing(pair.mentorship.uid, person.uid, stop)
    finally:
        connections.close_all()


def test_threads_write_while_all_is_sealed_anew(settings, keys, house, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 7)
    old, new = keys
    pair, kept = house
    settings.SEAL_KEYS = [new, old]
    stop = Event()

    with ThreadPoolExecutor(3) as pool:
        at_work = [
            pool.submit(in_a_thread, pair, person, stop)
            for person in (pair.mentee, pair.mentor, pair.mentor)
        ]
        resealed = [reseal_all() for _ in range(3)]
        stop.set()
        for each in at_work:
            kept |= each.result()

    assert min(resealed) >= 2 * BEFORE
    assert len(kept) > 2 * BEFORE
    settings.SEAL_KEYS = [new]
    assert stored() == kept


@pytest.mark.processes
def test_processes_go_from_the_old_key_to_the_new_one_by_one(settings, keys, house):
    """As a house does it: the new key opens everywhere, then seals everywhere, then all is sealed."""
    old, new = keys
    pair, kept = house
    still_old, renewed = f"{old},{new}", f"{new},{old}"

    def come(person, ring):
        process = start(
            *("-m", "tests.messages.loading", str(pair.mentorship.uid), str(person.uid)),
            MENTORWELL_SEAL_KEYS=ring,
        )
        assert process.stdout.readline() == "working\n"
        return process

    def go(process):
        status, output, errors = finish(process, within=120)
        assert (status, errors) == (0, "")
        kept.update(json.loads(output))

    def seal():
        return finish(start(*MAIN, "reseal", MENTORWELL_SEAL_KEYS=renewed), within=120)

    late, early = come(pair.mentee, still_old), come(pair.mentor, renewed)
    seal()  # too soon: somebody still seals under the old key, and what they write stays under it
    go(late)
    also = come(pair.mentee, renewed)
    status, output, errors = seal()
    go(early)
    go(also)

    assert (status, errors) == (0, "")
    assert "rows are sealed under the first key." in output
    settings.SEAL_KEYS = [new]
    assert left_under_older_keys() == 0
    assert stored() == kept
    assert len(kept) > 2 * BEFORE


def test_sealing_says_what_was_written_under_the_old_key_meanwhile(settings, keys, house):
    old, new = keys
    pair, _ = house
    settings.SEAL_KEYS = [new, old]
    assert left_under_older_keys() == 2 * BEFORE
    reseal_all()
    assert left_under_older_keys() == 0

    settings.SEAL_KEYS = [old, new]  # a process that was not started anew
    note(pair.mentorship, pair.mentor, "Late.", now=clock.now())
    settings.SEAL_KEYS = [new, old]

    assert left_under_older_keys() == 1
    status, output, errors = finish(start(*MAIN, "reseal", MENTORWELL_SEAL_KEYS=f"{new},{old}"))
    assert (status, errors) == (0, "")
    assert "rows are sealed under the first key." in output


def test_the_command_fails_where_somebody_wrote_under_the_old_key_meanwhile(settings, keys, house):
    old, new = keys
    settings.SEAL_KEYS = [new, old]
    late = []

    def write_late(execute, sql, *rest):
        """Once the messages are done and the notes come, one message is written as before."""
        if sql.startswith("UPDATE") and "pair_messages_note" in sql and not late:
            late.append(Message.objects.last().pk)
            token = Fernet(old).encrypt(b"Late.").decode()
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE pair_messages_message SET text = %s WHERE id = %s", [token, late[0]]
                )
        return execute(sql, *rest)

    with connection.execute_wrapper(write_late):
        hasty = CliRunner().invoke(reseal.command)
    again = CliRunner().invoke(reseal.command)

    assert hasty.exit_code == 1
    assert "Sealed under an older key meanwhile: 1." in hasty.output
    assert (again.exit_code, left_under_older_keys()) == (0, 0)
    assert Message.objects.get(pk=late[0]).text == "Late."


def test_without_sealing_anew_the_old_key_is_missed(settings, keys, house):
    """What the tests above show could fail: the new key alone does not open what the old sealed."""
    settings.SEAL_KEYS = [keys[1]]

    with pytest.raises(Unreadable):
        stored()
