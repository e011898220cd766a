"""How far somebody is, as the office may know; whom a member of the office may list."""

from datetime import timedelta

import pytest

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.office.enums import OF_MENTEES, Standing
from mentorwell.office.queries import participants
from mentorwell.office.queries.participants import Filters
from mentorwell.people.enums import Part
from mentorwell.people.models import TopicChoice
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.mentorships import begin
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    MenteeFactory,
    MentorFactory,
    ParticipationFactory,
)
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, SiteFactory


pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def coordinator(programme):
    return OfficeRoleFactory(programme=programme).person


def rows(user, programme, **filters):
    found = participants.participants_visible_to(
        user, programme, filters=Filters(**filters), on_date=TODAY
    )
    return participants.rows_of(list(found))


def names(user, programme, **filters):
    return [row.name for row in rows(user, programme, **filters)]


def standing_of(participation, coordinator):
    (row,) = rows(coordinator, participation.programme)
    return row.standing


@pytest.mark.parametrize(
    ("state", "told", "standing"),
    [
        (ParticipationState.INVITED, {}, Standing.BROUGHT_IN),
        (ParticipationState.INVITED, {"welcomed_at": NOW}, Standing.WELCOMED),
        (ParticipationState.APPLIED, {}, Standing.TAKING_PART),
        (ParticipationState.READY, {}, Standing.TAKING_PART),
        (ParticipationState.READY, {"looking_since": NOW}, Standing.TAKING_PART),
        (ParticipationState.ACTIVE, {}, Standing.TAKING_PART),
        (ParticipationState.PAUSED, {"paused_until_date": TODAY}, Standing.TAKING_PART),
        (ParticipationState.LEFT, {"left_at": NOW}, Standing.LEFT),
    ],
)
def test_of_a_mentee_the_office_knows_four_words(programme, coordinator, state, told, standing):
    mentee = MenteeFactory(programme=programme, state=state, **told)

    assert standing_of(mentee, coordinator) == standing
    assert standing in OF_MENTEES


@pytest.mark.parametrize(
    ("state", "told", "standing"),
    [
        (ParticipationState.INVITED, {}, Standing.BROUGHT_IN),
        (ParticipationState.INVITED, {"welcomed_at": NOW}, Standing.WELCOMED),
        (ParticipationState.APPLIED, {}, Standing.WELCOMED),
        (ParticipationState.READY, {}, Standing.TAKING_PART),
        (ParticipationState.ACTIVE, {"hidden_at": NOW}, Standing.HIDDEN),
        (ParticipationState.PAUSED, {"hidden_at": NOW}, Standing.PAUSED),
        (ParticipationState.LEFT, {}, Standing.LEFT),
    ],
)
def test_of_a_mentor_the_office_knows_more(programme, coordinator, state, told, standing):
    mentor = MentorFactory(programme=programme, state=state, **told)

    assert standing_of(mentor, coordinator) == standing


@pytest.mark.parametrize("state", [ParticipationState.INVITED, ParticipationState.APPLIED])
def test_a_mentor_with_topic_and_place_waits_for_their_own_yes(programme, coordinator, state):
    mentor = MentorFactory(
        programme=programme, state=state, welcomed_at=NOW, entered_by_office=True
    )
    assert standing_of(mentor, coordinator) == Standing.WELCOMED

    choice = TopicChoice.objects.create(participation=mentor, topic="teaching", interest=True)
    assert standing_of(mentor, coordinator) == Standing.WELCOMED

    choice.interest = False
    choice.save()
    assert standing_of(mentor, coordinator) == Standing.TO_CONFIRM

    mentor.places.update(closed_at=NOW)
    assert standing_of(mentor, coordinator) == Standing.WELCOMED


def test_places_are_told_of_who_gives_and_never_of_a_mentee(programme, coordinator):
    mentor = MentorFactory(programme=programme, places=3, person__name="B")
    begin(mentor, MenteeFactory(programme=programme, person__name="A"))
    mentor.places.filter(number=3).update(closed_at=NOW)

    mentee_row, mentor_row = rows(coordinator, programme)

    assert (mentor_row.places_taken, mentor_row.places_open, mentor_row.gives) == (1, 2, True)
    assert (mentee_row.places_taken, mentee_row.places_open, mentee_row.gives) == (0, 0, False)


def test_a_row_of_a_mentee_is_the_same_whether_they_look_or_not(programme, coordinator):
    looking = MenteeFactory(programme=programme, looking_since=NOW)
    paired = MenteeFactory(programme=programme)
    begin(MentorFactory(programme=programme), paired)
    resting = MenteeFactory(
        programme=programme, state=ParticipationState.PAUSED, paused_until_date=TODAY
    )

    told = {
        (row.standing, row.places_taken, row.places_open, row.paused_until)
        for row in rows(coordinator, programme, part="mentee")
    }

    assert told == {(Standing.TAKING_PART, 0, 0, None)}
    assert len({looking.person_id, paired.person_id, resting.person_id}) == 3


def test_a_mentors_pause_shows_its_end(programme, coordinator):
    until = TODAY + timedelta(days=9)
    MentorFactory(programme=programme, state=ParticipationState.PAUSED, paused_until_date=until)

    (row,) = rows(coordinator, programme)

    assert row.paused_until == until


def test_people_are_found_by_name_part_cohort_and_state(programme, coordinator):
    site = SiteFactory(organisation=programme.organisation, name="Northgate")
    MenteeFactory(
        programme=programme, person__name="Amara Okafor", cohort="2030", profile__site=site
    )
    MenteeFactory(programme=programme, person__name="Jun Ito", person__email="jun@night.org")
    MentorFactory(programme=programme, person__name="Helen Marsh")
    ParticipationFactory(person__name="Elsewhere")

    assert names(coordinator, programme) == ["Amara Okafor", "Helen Marsh", "Jun Ito"]
    assert names(coordinator, programme, words="okaf amara") == ["Amara Okafor"]
    assert names(coordinator, programme, words="NIGHT.org") == ["Jun Ito"]
    assert names(coordinator, programme, part=Part.MENTOR) == ["Helen Marsh"]
    assert names(coordinator, programme, cohort="2030") == ["Amara Okafor"]
    assert names(coordinator, programme, standing=Standing.LEFT) == []
    assert len(names(coordinator, programme, standing=Standing.TAKING_PART)) == 3
    assert rows(coordinator, programme, cohort="2030")[0].site == "Northgate"


def test_whom_somebody_evaluates_they_count_and_do_not_list(programme, coordinator):
    known = MenteeFactory(programme=programme, person__name="Jun Ito")
    MenteeFactory(programme=programme, person__name="Amara Okafor")
    EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_person=coordinator,
        evaluated_person=known.person,
    )
    other = OfficeRoleFactory(programme=programme).person

    assert names(coordinator, programme) == ["Amara Okafor"]
    assert names(other, programme) == ["Amara Okafor", "Jun Ito"]
    counted = participants.headcount(coordinator, programme, on_date=TODAY)
    assert (counted.mentees, counted.giving, counted.unlisted) == (2, 0, 1)
    assert participants.headcount(other, programme, on_date=TODAY).unlisted == 0


def test_those_who_left_are_not_counted(programme, coordinator):
    MenteeFactory(programme=programme, state=ParticipationState.LEFT)
    MentorFactory(programme=programme)

    counted = participants.headcount(coordinator, programme, on_date=TODAY)

    assert (counted.mentees, counted.giving) == (0, 1)


@pytest.mark.parametrize("role", [None, Role.LEADER])
def test_who_is_not_in_the_office_lists_nobody_but_themselves(programme, role):
    user = OfficeRoleFactory(programme=programme, role=role).person if role else UserFactory()
    MenteeFactory(programme=programme)

    assert names(user, programme) == []
    MenteeFactory(programme=programme, person=user)
    assert names(user, programme) == [user.name]


def test_cohorts_are_named_once_in_order(programme):
    for cohort in ("2031", "2030", "2031", ""):
        MenteeFactory(programme=programme, cohort=cohort)
    MenteeFactory(cohort="elsewhere")

    assert participants.cohorts_of(programme) == ["2030", "2031"]
