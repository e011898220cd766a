import pytest
import time_machine
from click.testing import CliRunner

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MeetingState, MentorshipState, RoundState, RunState
from mentorwell.matching.models import Round
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.models import Mentorship
from mentorwell.messages.models import Message, Note, Reading
from mentorwell.notices.models import Notice
from mentorwell.ops.commands.demo import command as demo
from mentorwell.ops.commands.found import command as found
from mentorwell.ops.demo.build import build
from mentorwell.people.enums import LinkKind, Part
from mentorwell.people.models import EvaluationLink, Participation
from mentorwell.programmes.models import OfficeRole, Organisation, Programme
from mentorwell.programmes.roles import Role
from tests.factories.moments import NOW


pytestmark = pytest.mark.django_db

EVERY_DOOR = 9
FOUND = [
    "Riverside",
    "--programme",
    "Residency",
    "--template",
    "residency",
    "--director",
    "ruth@example.org",
    "--name",
    "Ruth Abrams",
    "--region",
    "US",
    "--time-zone",
    "America/Chicago",
]


@time_machine.travel(NOW)
@pytest.mark.urls("tests.web.demo_urls")
def test_the_demonstration_has_people_a_past_and_somebody_at_every_door(client, settings):
    gone_by = []
    built = build(now=NOW, days=40, progress=gone_by.append)
    settings.DEMO = True

    assert built.people == User.objects.count() == 240
    assert Programme.objects.count() == 3
    assert Mentorship.objects.filter(state=MentorshipState.ACTIVE).count() > 10
    assert Meeting.objects.filter(state=MeetingState.HELD, starts_at__lt=NOW).count() > 5
    assert Meeting.objects.filter(state=MeetingState.SCHEDULED, starts_at__gt=NOW).exists()
    assert Participation.objects.filter(part=Part.MENTEE, sent_invitations=None).exists()
    round_ = Round.objects.get()
    assert round_.state == RoundState.PROPOSED
    assert [run.state for run in round_.runs.all()] == [RunState.DONE] * 3
    assert round_.runs.first().figures["covered"] > 1
    assert round_.mentor_words.filter(opens_door=True).exists()
    # Some have written, some of it is unread, and nobody writes in the future.
    assert Message.objects.filter(written_at__lt=NOW).count() == Message.objects.count() > 5
    assert Reading.objects.exists()
    assert Note.objects.exists()
    # No mail of the past is waiting to surprise anybody.
    assert not Notice.objects.filter(state="waiting", due_at__lt=NOW).exists()
    assert set(OfficeRole.objects.values_list("role", flat=True)) == set(Role)
    assert set(EvaluationLink.objects.values_list("kind", flat=True)) == set(LinkKind)
    assert client.get("/demo/").text.count("Step in as") == EVERY_DOOR
    assert sum(gone_by) == 39  # the last steps lie within the fortieth day


def test_the_demonstration_opens_its_doors_in_demo_mode_only():
    result = CliRunner().invoke(demo, ["--only-build"])

    assert result.exit_code == 2
    assert "MENTORWELL_MODE=demo" in result.output
    assert not Organisation.objects.exists()


def test_no_demonstration_is_served_from_a_real_houses_database(settings):
    settings.DEMO = True
    CliRunner().invoke(found, FOUND)

    result = CliRunner().invoke(demo, ["--only-build"])

    assert result.exit_code == 2
    assert "This database holds a real house" in result.output


def test_an_organisation_is_founded_with_its_first_programme_and_director():
    result = CliRunner().invoke(found, FOUND)

    assert result.exit_code == 0
    director = OfficeRole.objects.get()
    assert (director.role, director.person.email) == (Role.DIRECTOR, "ruth@example.org")
    assert director.programme.slug == "residency"
    assert director.programme.organisation.support_resources.exists()


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--director", "nonsense", "This is not an e-mail address."),
        ("--time-zone", "Mars/Olympus", "--time-zone"),
        ("--region", "ZZ", "--region"),
        ("--template", "zoo", "--template"),
    ],
)
def test_founding_with_a_bad_option_says_which_and_makes_nothing(option, value, told):
    options = FOUND.copy()
    options[options.index(option) + 1] = value

    result = CliRunner().invoke(found, options)

    assert result.exit_code == 2
    assert told in result.output
    assert not Organisation.objects.exists()
    assert not User.objects.exists()
