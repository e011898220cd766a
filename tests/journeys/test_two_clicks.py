"""Two press at the same moment: one effect, and a sentence for who came second."""

from collections import Counter
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from mentorwell.core.lifecycles import AgreementState, MeetingState, MentorshipState
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.meetings.models import Meeting, Offer
from mentorwell.meetings.services import (
    cancel_meeting,
    choose_time,
    move_meeting,
    offer_other_times,
)
from mentorwell.mentorships.models import Agreement, Ending, Mentorship, PlaceClaim
from mentorwell.mentorships.services import (
    agree,
    end_mentorship,
    finish_endings,
    undo_ending,
)
from mentorwell.notices.models import Notice
from tests.factories.meetings import TUESDAY, propose, schedule
from tests.factories.mentorships import Pair, begin, propose_agreement, terms
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


HOUR = timedelta(hours=1)
REFUSED = "refused kindly"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair():
    return Pair()


def at_once(*acts):
    """Do all of these at the same moment, each on a connection of its own; count the outcomes."""
    barrier = Barrier(len(acts))
    outcomes = []

    def attempt(act):
        try:
            barrier.wait()
            outcomes.append(act() or "done")
        except NotPossibleNow:
            outcomes.append(REFUSED)
        except Exception as error:  # noqa: BLE001 -- an error page is what must not happen
            outcomes.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [Thread(target=attempt, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def end(pair, person):
    def act():
        mentorship = Mentorship.objects.get(pk=pair.mentorship.pk)
        end_mentorship(mentorship=mentorship, by=person, now=NOW)

    return act


def finish():
    return f"{finish_endings(now=NOW + HOUR)} told"


def test_a_double_click_ends_once(pair):
    assert at_once(*[end(pair, pair.mentee)] * 4) == {"done": 1, REFUSED: 3}
    assert Ending.objects.count() == 1


def test_both_may_end_at_the_same_moment(pair):
    assert at_once(end(pair, pair.mentor), end(pair, pair.mentee)) == {"done": 2}
    assert pair.fresh().state == MentorshipState.CLOSING
    assert not PlaceClaim.objects.filter(released_at=None).exists()


def test_two_who_leave_a_group_at_the_same_moment_close_it_if_too_few_stay():
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme)
    mentees = MenteeFactory.create_batch(3, programme=programme)
    circle = begin(mentor, *mentees, form="circle")

    class Circle:
        mentorship = circle

    assert at_once(*(end(Circle, each.person) for each in mentees[:2])) == {"done": 2}
    circle.refresh_from_db()
    assert circle.state == MentorshipState.CLOSING


def test_an_undo_and_the_end_of_its_hour_never_both_hold(pair):
    end(pair, pair.mentee)()

    def undo():
        mentorship = Mentorship.objects.get(pk=pair.mentorship.pk)
        undo_ending(mentorship=mentorship, by=pair.mentee, now=NOW + HOUR - timedelta(seconds=1))

    outcomes = at_once(undo, finish)
    undone = outcomes["done"] == 1
    assert outcomes == ({"done": 1, "0 told": 1} if undone else {REFUSED: 1, "1 told": 1})
    assert pair.fresh().state == ("forming" if undone else "closed")
    assert PlaceClaim.objects.filter(released_at=None).count() == (2 if undone else 0)
    assert Notice.objects.filter(person=pair.mentor).count() == (0 if undone else 1)


def test_several_workers_carry_out_an_ending_once(pair):
    end(pair, pair.mentee)()
    assert at_once(*[finish] * 4) == {"1 told": 1, "0 told": 3}
    assert Notice.objects.filter(person=pair.mentor).count() == 1


def test_the_last_two_yeses_at_the_same_moment_make_an_agreement():
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme)
    mentees = MenteeFactory.create_batch(2, programme=programme)
    circle = begin(mentor, *mentees, form="circle")
    propose_agreement(mentorship=circle, terms=terms(), by=mentor.person, now=NOW)

    def sign(person):
        return lambda: agree(agreement=Agreement.objects.get(), by=person, now=NOW)

    assert at_once(*(sign(each.person) for each in mentees)) == {"done": 2}
    assert Agreement.objects.get().state == AgreementState.AGREED


def test_of_two_first_proposals_at_the_same_moment_one_is_refused(pair):
    def act(person):
        return lambda: (
            propose_agreement(
                mentorship=Mentorship.objects.get(pk=pair.mentorship.pk),
                terms=terms(),
                by=person,
                now=NOW,
                after_version=0,
            )
            and None
        )

    assert at_once(act(pair.mentor), act(pair.mentee)) == {"done": 1, REFUSED: 1}
    assert Agreement.objects.count() == 1


def test_two_taps_on_two_times_choose_one(pair):
    propose(pair, times=[TUESDAY, TUESDAY + HOUR])

    def choose(number):
        def act():
            choose_time(offer=Offer.objects.all()[number], by=pair.mentee, now=NOW)

        return act

    assert at_once(choose(0), choose(1)) == {"done": 1, REFUSED: 1}
    assert Notice.objects.filter(kind="meetings.meeting.scheduled").count() == 2


def test_choosing_and_offering_others_at_the_same_moment_end_in_one(pair):
    meeting = propose(pair)
    offer = Offer.objects.select_related("meeting__mentorship").get()

    def offer_others():
        stored = Meeting.objects.get(pk=meeting.pk)
        offer_other_times(meeting=stored, times=[TUESDAY + HOUR], by=pair.mentor, now=NOW)

    outcomes = at_once(lambda: choose_time(offer=offer, by=pair.mentee, now=NOW), offer_others)
    assert outcomes == {"done": 1, REFUSED: 1}
    meeting.refresh_from_db()
    assert (meeting.state, meeting.offers.get().starts_at) in {
        (MeetingState.SCHEDULED, TUESDAY),
        (MeetingState.PROPOSED, TUESDAY + HOUR),
    }


def test_moving_and_calling_off_at_the_same_moment_leave_one_story(pair):
    meeting = schedule(pair)

    def move():
        stored = Meeting.objects.get(pk=meeting.pk)
        move_meeting(meeting=stored, times=[TUESDAY + HOUR], by=pair.mentor, now=NOW)

    def cancel():
        cancel_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=pair.mentee, now=NOW)

    outcomes = at_once(move, cancel)
    meeting.refresh_from_db()
    # Moved first it can still be called off; called off first it cannot be moved.
    assert outcomes in ({"done": 2}, {"done": 1, REFUSED: 1})
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)
