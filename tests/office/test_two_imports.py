"""Two rosters of one organisation at the same moment: both come in."""

import pytest

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ImportState
from mentorwell.office import services
from mentorwell.office.models import ImportRun
from mentorwell.people.models import LocalTopic, Participation
from mentorwell.programmes.models import Site
from tests.factories.moments import NOW
from tests.factories.programmes import OrganisationFactory, ProgrammeFactory
from tests.office.rosters import ADA, BEN, checked
from tests.together import at_once


pytestmark = pytest.mark.django_db(transaction=True)


def test_two_rosters_with_the_same_new_people_and_names_both_come_in():
    organisation = OrganisationFactory()
    runs = [
        checked(ProgrammeFactory(organisation=organisation), told, BEN)
        for told in [{**ADA, "site": "West", "topics": "Penguins"}] * 2
    ]
    for run in runs:
        services.bring_in_roster(run=run, by=None, now=NOW, in_background=False)

    def apply(run):
        return lambda: services.apply_roster(run_id=run.pk, now=NOW)

    assert at_once(*map(apply, runs), before="INSERT") == ["done", "done"]
    assert {run.state for run in ImportRun.objects.all()} == {ImportState.DONE}
    assert (Participation.objects.count(), User.objects.count()) == (4, 2)
    assert (Site.objects.count(), LocalTopic.objects.count()) == (1, 1)
