"""Who may see what of mentorships."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentorwell.core.lifecycles import MentorshipState
from mentorwell.mentorships import queries
from mentorwell.mentorships.services import (
    agree,
    end_mentorship,
    finish_endings,
    stop_contact,
)
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import Pair, propose_agreement, terms
from tests.factories.moments import NOW
from tests.factories.people import MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


TOLD = NOW + timedelta(hours=1)


@pytest.fixture
def coordinator(pair):
    return OfficeRoleFactory(programme=pair.programme).person


def office_rows(user, pair):
    return list(queries.mentorships_of_programme_visible_to_office(user, pair.programme))


def test_members_see_their_own_mentorships_and_nobody_else_does(pair, coordinator):
    other = Pair(programme=pair.programme)
    for person in (pair.mentor, pair.mentee):
        assert list(queries.mentorships_visible_to(person)) == [pair.mentorship]
    assert list(queries.mentorships_visible_to(other.mentor)) == [other.mentorship]
    assert list(queries.mentorships_visible_to(coordinator)) == []


def test_members_see_the_agreements_of_their_own_mentorships_only(pair, coordinator):
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(), by=pair.mentee, now=NOW
    )
    assert list(queries.agreements_visible_to(pair.mentor)) == [agreement]
    for person in (coordinator, Pair(programme=pair.programme).mentor, UserFactory()):
        assert list(queries.agreements_visible_to(person)) == []


def test_the_office_sees_dates_counts_and_states(pair, coordinator):
    agreement = propose_agreement(
        mentorship=pair.mentorship, terms=terms(), by=pair.mentee, now=NOW
    )
    agree(agreement=agreement, by=pair.mentor, now=TOLD)
    assert office_rows(coordinator, pair) == [
        {
            "uid": pair.mentorship.uid,
            "format": "one-to-one",
            "kinds": ["mentor"],
            "shown_state": MentorshipState.FORMING,
            "member_count": 2,
            "began_at": NOW,
            "first_met_at": None,
            "agreed_at": TOLD,
            "closed_at": None,
        }
    ]


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.DIRECTOR, 1), (Role.COORDINATOR, 1), (Role.LEADER, 0)]
)
def test_only_those_who_run_the_programme_see_its_rows(pair, role, sees):
    person = OfficeRoleFactory(programme=pair.programme, role=role).person
    assert len(office_rows(person, pair)) == sees


def test_the_office_of_another_programme_sees_nothing(pair):
    assert office_rows(OfficeRoleFactory().person, pair) == []
    assert office_rows(pair.mentor, pair) == []


def test_a_proposal_is_no_agreement_to_the_office(pair, coordinator):
    propose_agreement(mentorship=pair.mentorship, terms=terms(), by=pair.mentee, now=NOW)
    assert office_rows(coordinator, pair)[0]["agreed_at"] is None


def test_within_the_hour_the_office_sees_no_ending_either(pair, coordinator):
    end_mentorship(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    assert office_rows(coordinator, pair)[0]["shown_state"] == MentorshipState.FORMING
    finish_endings(now=TOLD)
    assert office_rows(coordinator, pair)[0]["shown_state"] == MentorshipState.CLOSED


def test_the_office_sees_stopped_contact_as_a_pause(pair, coordinator):
    stop_contact(mentorship=pair.mentorship, by=pair.mentee, now=NOW)
    assert office_rows(coordinator, pair)[0]["shown_state"] == MentorshipState.PAUSED


@pytest.mark.django_db
def test_seeing_mentorships_costs_the_same_for_one_and_three():
    programme = ProgrammeFactory()
    mentor = MentorFactory(programme=programme, places=3)

    def counted():
        with CaptureQueriesContext(connection) as seen:
            for mentorship in queries.mentorships_visible_to(mentor.person):
                for member in mentorship.members.all():
                    queries.state_seen_by(member, mentorship)
                    assert not queries.left_early(member)
        return len(seen)

    Pair(programme=programme, mentor=mentor)
    alone = counted()
    Pair(programme=programme, mentor=mentor)
    Pair(programme=programme, mentor=mentor)
    assert counted() == alone
