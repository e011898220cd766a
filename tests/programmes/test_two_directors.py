"""Two directors at the same moment: a programme keeps one, and a name stands for one site."""

import pytest

from mentorwell.programmes import services
from mentorwell.programmes.models import OfficeRole
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
