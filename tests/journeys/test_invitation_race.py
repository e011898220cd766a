"""Fifty invitations wait for one place and are all accepted at once, on pages.

One begins, the others are let go kindly, nobody sees an error page and everybody is told why.
Run on SQLite by default and on PostgreSQL with `DATABASE_URL`.
"""

import json
import sys
from collections import Counter
from time import perf_counter

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching import queries
from mentorwell.matching.enums import Release
from mentorwell.matching.models import Invitation
from mentorwell.mentorships.models import Mentorship, PlaceClaim
from mentorwell.notices.models import Notice
from tests.factories.matching import invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.journeys.pressing import race
from tests.processes import start


RACERS = 50
PROCESSES = 5
RACER = (
    "import django; django.setup(); import time_machine;"
    "from tests.factories.moments import NOW; time_machine.travel(NOW, tick=False).start();"
    "from tests.journeys.pressing import main; main()"
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def session_of(person):
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def yes(invitation, session=None):
    """The press of "yes" on the page of an invitation, by its mentor."""
    address = reverse("matching:invitation-show", args=[invitation.uid])
    return session or session_of(invitation.mentor.person), address, {"answer": "accept"}


def fifty_for_one_place():
    """A mentor with one place, whom fifty mentees have asked, and the answers to give."""
    programme = open_programme(open_invitations_per_place=RACERS)
    mentor = MentorFactory(programme=programme)
    session = session_of(mentor.person)
    invitations = [invite(MenteeFactory(programme=programme), mentor) for _ in range(RACERS)]
    return mentor, [yes(one, session) for one in invitations]


def assert_one_began(mentor, outcomes):
    assert Counter(status for status, _ in outcomes) == {302: 1, 400: RACERS - 1}
    said = Counter(sentence.split(",")[0] for status, sentence in outcomes if status == 400)
    assert said == {"You cannot take anyone else on just now": RACERS - 1}
    assert Mentorship.objects.count() == 1
    held = PlaceClaim.objects.filter(released_at=None)
    assert held.filter(place__participation=mentor).count() == 1
    assert held.count() == 2
    states = Counter(Invitation.objects.values_list("state", "release"))
    assert states == {
        (InvitationState.ACCEPTED, None): 1,
        (InvitationState.RELEASED, Release.PLACE_GONE): RACERS - 1,
    }
    told = Counter(Notice.objects.values_list("kind", flat=True))
    assert told["matching.invitation.accepted"] == 1
    assert told["matching.invitation.released"] == RACERS - 1


def test_fifty_threads_accepting_for_the_last_place_end_in_one():
    mentor, answers = fifty_for_one_place()

    assert_one_began(mentor, race(answers))


@pytest.mark.processes
def test_processes_accepting_for_the_last_place_end_in_one(capsys):
    mentor, answers = fifty_for_one_place()
    racing = [start("-c", RACER) for _ in range(PROCESSES)]
    assert [process.stdout.readline() for process in racing] == ["ready\n"] * PROCESSES

    started = perf_counter()
    for number, process in enumerate(racing):
        process.stdin.write(f"{json.dumps(answers[number::PROCESSES])}\n")
        process.stdin.flush()
    outcomes = [
        json.loads(line)
        for process in racing
        for line in process.communicate(timeout=120)[0].splitlines()
    ]

    assert_one_began(mentor, outcomes)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{RACERS} acceptances in {PROCESSES} processes on {connection.vendor}:"
            f" 1 begun, {RACERS - 1} let go kindly, {perf_counter() - started:.2f} s\n"
        )


def test_ten_mentors_accepting_one_mentee_end_in_one():
    programme = open_programme(open_invitations_most=10)
    mentee = MenteeFactory(programme=programme)
    invitations = [invite(mentee, MentorFactory(programme=programme)) for _ in range(10)]

    outcomes = race([yes(one) for one in invitations])

    assert Counter(status for status, _ in outcomes) == {302: 1, 400: 9}
    assert {sentence.split(",")[0] for status, sentence in outcomes if status == 400} == {
        "They have found a mentor"
    }
    assert Mentorship.objects.count() == 1


def test_everybody_accepting_everybody_fills_each_place_once():
    """Each of ten mentees has asked three of five mentors: no lock waits for another in a ring."""
    programme = open_programme(open_invitations_most=3, open_invitations_per_place=6)
    mentors = [MentorFactory(programme=programme) for _ in range(5)]
    sessions = {mentor.pk: session_of(mentor.person) for mentor in mentors}
    answers = []
    for number in range(10):
        mentee = MenteeFactory(programme=programme)
        for step in range(3):
            sent = invite(mentee, mentors[(number + step) % 5])
            answers.append(yes(sent, sessions[sent.mentor_id]))

    outcomes = Counter(status for status, _ in race(answers))

    assert set(outcomes) == {302, 400}
    assert outcomes[302] == Mentorship.objects.count() <= 5
    held = Counter(PlaceClaim.objects.values_list("place__participation", flat=True))
    assert set(held.values()) == {1}
    sent = Invitation.objects.filter(state=InvitationState.SENT)
    assert not sent.filter(queries.stranded()).exists()
    claimed = set(held)
    assert not sent.filter(mentee__in=claimed).exists()


def test_ten_mentees_asking_one_mentor_at_once_stop_at_the_slots():
    programme = open_programme(open_invitations_per_place=2)
    mentor = MentorFactory(programme=programme)
    address = reverse("matching:invitation-write", args=[mentor.uid])
    fields = {"why_you": "You came back.", "send": "yes"}
    mentees = [MenteeFactory(programme=programme) for _ in range(10)]

    outcomes = race([(session_of(mentee.person), address, fields) for mentee in mentees])

    assert Counter(status for status, _ in outcomes) == {302: 2, 400: 8}
    sent = Invitation.objects.filter(state=InvitationState.SENT)
    assert sorted(sent.values_list("place_slot", flat=True)) == [1, 2]


def test_one_mentee_asking_five_mentors_at_once_stops_at_three():
    programme = open_programme(open_invitations_most=3)
    mentee = MenteeFactory(programme=programme)
    session = session_of(mentee.person)
    fields = {"why_you": "You came back.", "send": "yes"}
    presses = [
        (session, reverse("matching:invitation-write", args=[mentor.uid]), fields)
        for mentor in (MentorFactory(programme=programme) for _ in range(5))
    ]

    outcomes = race(presses)

    assert Counter(status for status, _ in outcomes) == {302: 3, 400: 2}
    sent = Invitation.objects.filter(state=InvitationState.SENT)
    assert sorted(sent.values_list("mentee_slot", flat=True)) == [1, 2, 3]
