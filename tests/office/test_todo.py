"""What waits for a member of the office, and for which."""

from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.notices.models import Notice
from mentorwell.office.queries import todo
from mentorwell.people.models import TopicChoice
from tests.factories.matching import HelpRequestFactory
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory, MenteeFactory, MentorFactory
from tests.factories.programmes import (
    OfficeRoleFactory,
    ProgrammeFactory,
    SupportResourceFactory,
)


pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def programme():
    return ProgrammeFactory(search_opens_date=TODAY)


@pytest.fixture
def coordinator(programme):
    return OfficeRoleFactory(programme=programme).person


def waits(user, programme):
    return todo.todo_of(user, programme, on_date=TODAY)


def entered(programme, name):
    mentor = MentorFactory(
        programme=programme,
        person__name=name,
        state=ParticipationState.INVITED,
        welcomed_at=NOW,
        entered_by_office=True,
    )
    TopicChoice.objects.create(participation=mentor, topic="teaching")
    return mentor


def told(person, key, **more):
    moments = {"told_at": NOW, "not_before": NOW, "due_at": NOW}
    Notice.objects.create(person=person, kind="test.thing.happened", key=key, **moments, **more)


def test_nothing_waits_in_a_programme_that_runs(programme, coordinator):
    MentorFactory(programme=programme)
    SupportResourceFactory(organisation=programme.organisation, last_verified_date=TODAY)

    assert waits(coordinator, programme).is_empty


def test_a_search_that_is_not_open_is_never_nothing(programme, coordinator):
    programme.search_opens_date = None
    programme.save()

    assert not waits(coordinator, programme).is_empty


def test_a_request_for_help_waits_for_the_coordinator_it_names(programme, coordinator):
    asked = HelpRequestFactory(coordinator=coordinator, mentee__programme=programme)
    HelpRequestFactory(coordinator=coordinator, mentee__programme=programme, answered_at=NOW)
    HelpRequestFactory(coordinator=coordinator)
    other = OfficeRoleFactory(programme=programme).person

    assert waits(coordinator, programme).help_requests == [asked]
    assert waits(other, programme).help_requests == []


def test_the_first_mentors_who_have_not_confirmed_are_named(programme, coordinator):
    for name in ("Ada", "Bo", "Cy", "Di"):
        entered(programme, name)

    found = waits(coordinator, programme)

    assert (found.to_confirm, found.to_confirm_count, found.not_named) == (
        ["Ada", "Bo", "Cy"],
        4,
        1,
    )


def test_whom_one_evaluates_is_in_no_list_of_what_waits(programme, coordinator):
    mentor = entered(programme, "Ada")
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=coordinator,
        evaluated_person=mentor.person,
    )

    assert waits(coordinator, programme).to_confirm_count == 0


def test_those_not_welcomed_yet_are_counted(programme, coordinator):
    MenteeFactory(programme=programme, state=ParticipationState.INVITED)
    MenteeFactory(programme=programme, state=ParticipationState.INVITED, welcomed_at=NOW)
    MenteeFactory(programme=programme)

    assert waits(coordinator, programme).to_welcome_count == 1


def test_whom_our_mails_do_not_reach_is_named_once(programme, coordinator):
    mentor = MentorFactory(programme=programme, person__name="Ada")
    MenteeFactory(programme=programme, person=mentor.person)
    reached = MentorFactory(programme=programme)
    elsewhere = MentorFactory()
    for number, person in enumerate((mentor.person, mentor.person, elsewhere.person)):
        told(person, f"refused:{number}", attempts=5, problem="SMTPRecipientsRefused")
    told(reached.person, "waits")

    assert waits(coordinator, programme).unreached == ["Ada"]


def test_a_place_to_turn_to_is_checked_once_a_year(programme, coordinator):
    for checked in (None, TODAY - timedelta(days=366), TODAY - timedelta(days=365), TODAY):
        SupportResourceFactory(organisation=programme.organisation, last_verified_date=checked)
    SupportResourceFactory()

    assert waits(coordinator, programme).resources_to_check == 2
