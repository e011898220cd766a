"""An answer in the very moment in which something else touches the same invitations.

On PostgreSQL two transactions may truly run at once; on SQLite one waits for the other.
"""

from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction

from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching.enums import Answer
from mentorwell.matching.models import Invitation, PlaceWish
from mentorwell.matching.services import (
    accept_invitation,
    decline_invitation,
    draft_invitation,
    invite_mentor,
    release_barred,
    tell_wishers,
)
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.people.models import EvaluationLink
from mentorwell.people.services import add_evaluation_link, exclude_person, set_places
from tests.factories.matching import PlaceWishFactory, invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.journeys.test_two_clicks import REFUSED, at_once


LATER = NOW + timedelta(hours=1)

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def meanwhile(act):
    """Run `act` on a connection of its own until the block is over; raise what it raised."""
    errors = []

    def attempt():
        try:
            act()
        except Exception as error:  # noqa: BLE001 -- raised below
            errors.append(error)
        finally:
            connection.close()

    thread = Thread(target=attempt)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    assert errors == []


def slow_answer(invitation, begun):
    """Say no, and take a second to finish."""

    def act():
        with transaction.atomic():
            decline_invitation(
                invitation=invitation,
                answer=Answer.NOT_NOW,
                by=invitation.mentor.person,
                now=NOW,
            )
            begun.set()
            sleep(1)

    return act


def two_barred():
    """A mentee and the two mentors they have asked, who are about to be kept from them."""
    programme = open_programme()
    mentee = MenteeFactory(programme=programme)
    return [invite(mentee, MentorFactory(programme=programme)) for _ in range(2)]


def states():
    return list(Invitation.objects.order_by("pk").values_list("state", flat=True))


def test_a_link_holds_though_an_invitation_it_bars_is_answered_meanwhile():
    answered, _ = two_barred()
    mentee, begun = answered.mentee, Event()

    with meanwhile(slow_answer(answered, begun)):
        begun.wait(5)
        add_evaluation_link(
            programme=mentee.programme,
            kind=LinkKind.NEVER,
            relation=Relation.DIRECTOR,
            evaluator=answered.mentor.person,
            evaluated=mentee.person,
            start_date=NOW.date(),
            end_date=None,
            by=None,
            now=NOW,
        )

    assert EvaluationLink.objects.count() == 1
    assert states() == [InvitationState.DECLINED, InvitationState.SENT]


def test_the_clockwork_lets_go_of_the_others_though_one_is_answered_meanwhile():
    answered, other = two_barred()
    for one in (answered, other):
        exclude_person(other=one.mentor.person, by=one.mentee.person, now=NOW)
    begun = Event()

    with meanwhile(slow_answer(answered, begun)):
        begun.wait(5)
        assert release_barred(now=NOW) == 1

    assert states() == [InvitationState.DECLINED, InvitationState.RELEASED]


def test_a_place_that_closes_lets_go_of_the_others_though_one_is_answered_meanwhile():
    programme = open_programme()
    mentor = MentorFactory(programme=programme)
    answered, _ = (invite(MenteeFactory(programme=programme), mentor) for _ in range(2))
    begun = Event()

    with meanwhile(slow_answer(answered, begun)):
        begun.wait(5)
        set_places(participation=mentor, places=0, by=mentor.person, now=NOW)

    assert states() == [InvitationState.DECLINED, InvitationState.RELEASED]


def test_telling_who_waits_and_a_yes_do_not_wait_for_each_other_for_ever():
    programme = open_programme(open_invitations_per_place=2)
    first, second = (MentorFactory(programme=programme) for _ in range(2))
    mentee = MenteeFactory(programme=programme)
    invite(mentee, first)
    asked = invite(mentee, second)
    for mentor in (first, second):
        PlaceWishFactory(mentee=MenteeFactory(programme=programme), mentor=mentor)
    telling = Event()

    def say_when_told(execute, sql, params, many, context):
        if "INSERT" in sql and "notice" in sql and not telling.is_set():
            telling.set()
            sleep(1)  # a second for the yes to take what comes next here
        return execute(sql, params, many, context)

    def tell():
        with connection.execute_wrapper(say_when_told):
            tell_wishers(now=LATER)

    with meanwhile(tell):
        telling.wait(5)
        accept_invitation(invitation=asked, by=second.person, now=LATER)

    assert states() == [InvitationState.RELEASED, InvitationState.ACCEPTED]
    assert PlaceWish.objects.get(mentor=first).told_at == LATER


@pytest.mark.parametrize("others", [["send"] * 4, ["keep"] * 4, ["keep", "send", "keep", "send"]])
def test_sending_twice_or_while_it_is_kept_sends_once(others):
    programme = open_programme()
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    services = {"send": invite_mentor, "keep": draft_invitation}

    def press(button):
        def act():
            services[button](
                mentee=mentee,
                mentor=mentor,
                why_you="You came back.",
                what_i_bring="",
                by=mentee.person,
                now=NOW,
            )

        return act

    outcomes = at_once(*map(press, ["send", *others]))

    assert set(outcomes) <= {"done", REFUSED}
    assert states() == [InvitationState.SENT]
