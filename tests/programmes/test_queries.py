import pytest

from mentorwell.programmes import queries
from mentorwell.programmes.roles import Permission, Role
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, SupportResourceFactory


pytestmark = pytest.mark.django_db


def test_a_leader_runs_figures_and_nothing_else():
    held = OfficeRoleFactory(role=Role.LEADER)

    assert list(queries.programmes_run_by(held.person, Permission.SEE_FIGURES)) == [held.programme]
    assert list(queries.programmes_run_by(held.person, Permission.SEE_OFFICE)) == []


def test_an_ended_role_runs_nothing():
    held = OfficeRoleFactory(role=Role.DIRECTOR, ended_at=NOW)

    assert list(queries.programmes_run_by(held.person, Permission.SEE_OFFICE)) == []


def test_people_see_the_programmes_they_take_part_in_or_run():
    taking_part, run = MenteeFactory().programme, OfficeRoleFactory()
    mentee = taking_part.participations.get().person
    ProgrammeFactory()

    assert list(queries.programmes_visible_to(mentee)) == [taking_part]
    assert list(queries.programmes_visible_to(run.person)) == [run.programme]
    assert list(queries.programmes_visible_to(UserFactory())) == []


def test_everyone_sees_every_support_resource():
    resource = SupportResourceFactory()

    assert list(queries.support_resources_for_everyone()) == [resource]
