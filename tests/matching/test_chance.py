"""The chance of a yes soon: from this programme's own answers, of enough of them, or none."""

from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching import queries
from mentorwell.matching.enums import Answer, Release
from mentorwell.matching.models import Invitation
from tests.factories.matching import InvitationFactory, open_programme
from tests.factories.moments import NOW


pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def answered(programme, state, *, sent=30, after=2, times=1):
    for _ in range(times):
        invitation = InvitationFactory(programme=programme)
        Invitation.objects.filter(pk=invitation.pk).update(
            state=state,
            release=Release.PLACE_GONE if state == InvitationState.RELEASED else None,
            answer=Answer.NOT_NOW if state == InvitationState.DECLINED else None,
            sent_at=NOW - sent * DAY,
            ended_at=None if state == InvitationState.SENT else NOW - (sent - after) * DAY,
            mentee_slot=None if state != InvitationState.SENT else 1,
            place=None if state != InvitationState.SENT else invitation.place,
            place_slot=None if state != InvitationState.SENT else 1,
        )


def test_of_fewer_than_ten_nothing_is_said():
    programme = open_programme()
    answered(programme, InvitationState.ACCEPTED, times=9)
    assert queries.chance_of_yes_soon(programme, now=NOW) is None
    answered(programme, InvitationState.ACCEPTED)
    assert queries.chance_of_yes_soon(programme, now=NOW) == 10


def test_a_no_silence_and_a_late_yes_count_against_it():
    programme = open_programme()
    answered(programme, InvitationState.ACCEPTED, times=6)
    answered(programme, InvitationState.DECLINED, times=2)
    answered(programme, InvitationState.EXPIRED, after=10)
    answered(programme, InvitationState.ACCEPTED, after=9)
    assert queries.chance_of_yes_soon(programme, now=NOW) == 6


def test_what_was_taken_back_or_is_too_new_or_too_old_or_from_elsewhere_counts_for_nothing():
    programme = open_programme()
    answered(programme, InvitationState.DECLINED, times=10)
    assert queries.chance_of_yes_soon(programme, now=NOW) == 0
    answered(programme, InvitationState.WITHDRAWN, times=5)
    answered(programme, InvitationState.RELEASED, times=5)
    answered(programme, InvitationState.ACCEPTED, sent=3, times=5)
    answered(programme, InvitationState.ACCEPTED, sent=400, times=5)
    answered(open_programme(), InvitationState.ACCEPTED, times=5)
    assert queries.chance_of_yes_soon(programme, now=NOW) == 0


def test_a_programme_that_hides_more_hides_this_too():
    programme = open_programme(activity_threshold=12)
    answered(programme, InvitationState.ACCEPTED, times=11)
    assert queries.chance_of_yes_soon(programme, now=NOW) is None
    answered(programme, InvitationState.ACCEPTED)
    assert queries.chance_of_yes_soon(programme, now=NOW) == 10
