"""That mentorships happen, as the office may see it."""

from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import MentorshipState
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.services import agree
from mentorwell.office.queries import mentorships
from mentorwell.programmes.roles import Role
from tests.factories.meetings import schedule
from tests.factories.mentorships import Pair, propose_agreement, terms
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def coordinator(programme):
    return OfficeRoleFactory(programme=programme).person


def rows(user, programme, state=""):
    listed = mentorships.mentorships_listed(user, programme, state=state, on_date=TODAY)
    return mentorships.rows_of(listed)


def test_a_row_tells_dates_and_counts(programme, coordinator):
    pair = Pair(programme=programme)
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(), by=pair.mentor, now=NOW
    )
    agree(agreement=agreement, by=pair.mentee, now=NOW)
    for days in (2, 9):
        meeting = schedule(pair, at=NOW + timedelta(days=days))
        type(meeting).objects.filter(pk=meeting.pk).update(state="held")
    schedule(pair, at=NOW + timedelta(days=20))

    (row,) = rows(coordinator, programme)

    assert (row.format, row.members, row.began_at, row.agreed_at) == ("one-to-one", 2, NOW, NOW)
    assert (row.meetings_held, row.last_met_at) == (2, NOW + timedelta(days=9))
    assert row.look_again == agreement.review_date


def test_a_young_one_has_little_to_tell(programme, coordinator):
    Pair(programme=programme)

    (row,) = rows(coordinator, programme)

    assert row.state == MentorshipState.FORMING
    assert (row.agreed_at, row.last_met_at, row.meetings_held, row.look_again) == (
        None,
        None,
        0,
        None,
    )


def test_an_ended_one_looks_at_nothing_again(programme, coordinator):
    pair = Pair(programme=programme)
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(), by=pair.mentor, now=NOW
    )
    agree(agreement=agreement, by=pair.mentee, now=NOW)
    Mentorship.objects.update(state=MentorshipState.CLOSED, closed_at=NOW)

    (row,) = rows(coordinator, programme)

    assert (row.state, row.look_again, row.closed_at) == (MentorshipState.CLOSED, None, NOW)


def test_those_in_one_state_are_listed_by_what_shows(programme, coordinator):
    hidden_end = Pair(programme=programme).mentorship
    Mentorship.objects.filter(pk=hidden_end.pk).update(
        state=MentorshipState.CLOSING, before_closing=MentorshipState.ACTIVE
    )
    Pair(programme=programme)

    assert [row.uid for row in rows(coordinator, programme, "active")] == [hidden_end.uid]
    assert rows(coordinator, programme, "closing") == []
    assert len(rows(coordinator, programme)) == 2


def test_the_mentorship_of_somebody_one_evaluates_is_no_row(programme, coordinator):
    known, other = Pair(programme=programme), Pair(programme=programme)
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=coordinator,
        evaluated_person=known.mentee,
    )

    assert [row.uid for row in rows(coordinator, programme)] == [other.mentorship.uid]
    assert mentorships.unlisted_count(coordinator, programme, on_date=TODAY) == 1
    other_member = OfficeRoleFactory(programme=programme).person
    assert mentorships.unlisted_count(other_member, programme, on_date=TODAY) == 0


def test_leaders_and_other_offices_list_none(programme):
    Pair(programme=programme)
    leader = OfficeRoleFactory(programme=programme, role=Role.LEADER).person

    assert rows(leader, programme) == rows(OfficeRoleFactory().person, programme) == []
