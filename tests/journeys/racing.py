"""A race for the last place: many mentees of one mentor, each in a thread of its own."""

import sys
from threading import Barrier, Thread

from django.db import connection

from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.mentorships.services import begin_mentorship
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.programmes.enums import Kind
from tests.factories.moments import NOW


def race(mentor_id, mentee_ids):
    """Return how each try ended: "begun", the sentence of the refusal, or the class of an error."""
    barrier = Barrier(len(mentee_ids))
    outcomes = []

    def attempt(mentee_id):
        try:
            outcomes.append(_begin(mentor_id, mentee_id, barrier))
        except NotPossibleNow as refusal:
            outcomes.append(str(refusal))
        except Exception as error:  # noqa: BLE001 -- an error page is what must not happen
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=attempt, args=[mentee_id]) for mentee_id in mentee_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def _begin(mentor_id, mentee_id, barrier):
    people = Participation.objects.select_related("person", "programme")
    mentor, mentee = people.get(pk=mentor_id), people.get(pk=mentee_id)
    barrier.wait()
    begin_mentorship(
        programme=mentor.programme,
        format="one-to-one",
        members=[(mentor, Part.MENTOR), (mentee, Part.MENTEE)],
        kinds=[Kind.MENTOR],
        by=mentor.person,
        now=NOW,
    )
    return "begun"


def main():
    """Say "ready", wait for a line, race, and say how each try ended."""
    mentor_id, *mentee_ids = map(int, sys.argv[1:])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.writelines(f"{outcome}\n" for outcome in race(mentor_id, mentee_ids))
