"""Two directors at the same moment: a programme keeps one, and a name stands for one site."""

import pytest

from mentorwell.programmes import services
from mentorwell.programmes.models import OfficeRole, Organisation, Site
from mentorwell.programmes.roles import Role
from tests.factories.moments import NOW
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory
from tests.together import at_once


pytestmark = pytest.mark.django_db(transaction=True)


def test_two_directors_who_end_each_other_s_role_leave_one():
    programme = ProgrammeFactory()
    one, other = (OfficeRoleFactory(programme=programme, role=Role.DIRECTOR) for _ in range(2))

    def end(held, by):
        held = OfficeRole.objects.get(pk=held.pk)
        return lambda: services.end_role(held=held, by=by.person, now=NOW)

    outcomes = at_once(end(one, other), end(other, one), before="UPDATE")

    # Who comes second is no director any more.
    assert sorted(outcomes) == ["NotAllowed", "done"]
    assert OfficeRole.objects.filter(role=Role.DIRECTOR, ended_at=None).count() == 1


def test_two_directors_who_add_one_site_add_it_once():
    programme = ProgrammeFactory()
    director = OfficeRoleFactory(programme=programme, role=Role.DIRECTOR).person

    def add(name):
        organisation = Organisation.objects.get()
        told = {"organisation": organisation, "name": name, "time_zone": "UTC"}
        return lambda: services.add_site(**told, by=director, now=NOW)

    outcomes = at_once(add("West Wing"), add("West  wing"), before="INSERT")

    assert sorted(outcomes) == ["NotPossibleNow", "done"]
    assert Site.objects.count() == 1
