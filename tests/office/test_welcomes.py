"""The welcome goes out in portions, to people of an open programme, once."""

import pytest

from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices.models import Notice
from mentorwell.office import rules
from mentorwell.office.services.welcomes import send_welcomes
from mentorwell.people.enums import Part
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def coordinator(programme):
    return OfficeRoleFactory(programme=programme).person


def waiting(factory, programme, count):
    return [factory(programme=programme, state=ParticipationState.INVITED) for _ in range(count)]


def welcome(programme, by, *, part=None, most=10):
    return send_welcomes(programme=programme, part=part, most=most, by=by, now=NOW)


def test_a_portion_goes_to_so_many_of_one_part_and_the_next_to_the_rest(programme, coordinator):
    mentees, mentors = waiting(MenteeFactory, programme, 3), waiting(MentorFactory, programme, 2)

    assert welcome(programme, coordinator, part=Part.MENTOR) == 2
    assert {notice.person for notice in Notice.objects.all()} == {one.person for one in mentors}
    assert [welcome(programme, coordinator, most=2) for _ in range(3)] == [2, 1, 0]
    everyone = {one.person for one in mentees + mentors}
    assert {notice.person for notice in Notice.objects.all()} == everyone
    assert Notice.objects.count() == 5


@pytest.mark.parametrize(
    ("state", "allowed"),
    [(ProgrammeState.OPEN, True), (ProgrammeState.DRAFT, False), (ProgrammeState.CLOSED, False)],
)
def test_nobody_is_welcomed_into_a_programme_that_is_not_open(
    programme, coordinator, state, allowed
):
    waiting(MenteeFactory, programme, 1)
    programme.state = state

    assert rules.can_welcome(coordinator, programme) is allowed
    if not allowed:
        with pytest.raises(NotPossibleNow, match=r"Open the programme first|has ended"):
            welcome(programme, coordinator)
        assert not Notice.objects.exists()


def test_welcoming_is_for_the_office(programme):
    with pytest.raises(NotAllowed):
        welcome(programme, UserFactory())
    assert not rules.can_welcome(UserFactory(), programme)
