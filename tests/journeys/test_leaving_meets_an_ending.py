"""A mentor leaves in the very moment in which the worker carries out the mentee's ending."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection

from mentorwell.core.lifecycles import MentorshipState, ParticipationState
from mentorwell.foundation import hooks
from mentorwell.matching.models import PlaceWish
from mentorwell.mentorships.services import end_mentorship, finish_endings
from mentorwell.people.services import leave_programme
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory


LATER = NOW + timedelta(hours=2)


@pytest.mark.django_db(transaction=True)
def test_neither_waits_for_the_other_for_ever(monkeypatch):
    pair = Pair()
    pair.mentor_part.refresh_from_db()
    # Somebody waits for the mentor: the ending goes on to the mentor's row to tell them.
    waits = MenteeFactory(programme=pair.programme)
    PlaceWish.objects.create(mentee=waits, mentor=pair.mentor_part, wished_at=NOW)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    closing, leaving = Event(), Event()

    def on_closed(_event):
        closing.set()
        leaving.wait(1)  # the leaver has a second to take what this one needs next

    monkeypatch.setattr(
        hooks.mentorship_closed, "listeners", [on_closed, *hooks.mentorship_closed.listeners]
    )
    monkeypatch.setattr(
        hooks.participation_halted,
        "listeners",
        [lambda _event: leaving.set(), *hooks.participation_halted.listeners],
    )
    errors = []

    def attempt(act):
        try:
            act()
        except Exception as error:  # noqa: BLE001 -- a deadlock is what must not happen
            errors.append(error)
        finally:
            connection.close()

    def leave():
        closing.wait(5)
        leave_programme(participation=pair.mentor_part, by=pair.mentor, now=LATER)

    threads = [
        Thread(target=attempt, args=[act]) for act in (lambda: finish_endings(now=LATER), leave)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    pair.mentor_part.refresh_from_db()
    assert (pair.fresh().state, pair.mentor_part.state) == (
        MentorshipState.CLOSED,
        ParticipationState.LEFT,
    )
