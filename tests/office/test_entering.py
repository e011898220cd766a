import pytest

from mentorwell.accounts.models import User
from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices.models import Notice
from mentorwell.office.services import entering
from mentorwell.people import services as people
from mentorwell.people.content import topics
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation, Profile
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import (
    OfficeRoleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SiteFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db

TOPIC = topics()[3].slug


@pytest.fixture
def programme():
    return ProgrammeFactory(organisation=OrganisationFactory(time_zone="America/Chicago"))


@pytest.fixture
def coordinator(programme):
    return OfficeRoleFactory(programme=programme).person


def add(programme, by, **told):
    options = {"email": "Amara@Example.org", "name": "Amara Okafor", "part": Part.MENTEE, **told}
    return entering.add_person(programme=programme, by=by, now=NOW, **options)


def enter(programme, by, **told):
    options = {"email": "helen@example.org", "name": "Helen Marsh", "topic": TOPIC, "places": 2}
    return entering.enter_mentor(programme=programme, by=by, now=NOW, **{**options, **told})


def test_a_person_added_by_hand_has_an_account_and_is_told_nothing(programme, coordinator):
    site = SiteFactory(organisation=programme.organisation, time_zone="Europe/Berlin")
    unit = UnitFactory(site=site)

    made = add(programme, coordinator, site=site, unit=unit, cohort="2030", start_date=NOW.date())

    person = User.objects.get(email="amara@example.org")
    assert (person.name, person.time_zone) == ("Amara Okafor", "Europe/Berlin")
    assert (made.person, made.part, made.state) == (person, Part.MENTEE, ParticipationState.INVITED)
    assert (made.cohort, made.start_date, made.welcomed_at) == ("2030", NOW.date(), None)
    profile = Profile.objects.get(person=person)
    assert (profile.site, profile.unit) == (site, unit)
    assert not Notice.objects.exists()


def test_without_a_site_the_house_says_what_time_it_is(programme, coordinator):
    add(programme, coordinator)

    assert User.objects.get(email="amara@example.org").time_zone == "America/Chicago"


def test_an_account_that_is_there_keeps_its_name(programme, coordinator):
    person = UserFactory(email="amara@example.org", name="Dr. A. Okafor")

    made = add(programme, coordinator, name="Somebody else")

    person.refresh_from_db()
    assert (made.person, person.name) == (person, "Dr. A. Okafor")


def test_the_same_part_twice_is_refused_and_another_part_is_not(programme, coordinator):
    add(programme, coordinator)

    with pytest.raises(NotPossibleNow, match="have this part"):
        add(programme, coordinator)
    assert add(programme, coordinator, part=Part.MENTOR).part == Part.MENTOR
    assert User.objects.filter(email="amara@example.org").count() == 1


def test_only_the_office_adds_and_a_refusal_leaves_no_account(programme):
    stranger = UserFactory()

    for write in (add, enter):
        with pytest.raises(NotAllowed):
            write(programme, stranger)

    assert list(User.objects.all()) == [stranger]
    assert not Event.objects.exists()


def test_nobody_is_added_to_a_programme_that_has_ended(programme, coordinator):
    programme.state = ProgrammeState.CLOSED
    programme.save()

    with pytest.raises(NotPossibleNow, match="has ended"):
        add(programme, coordinator)


def test_a_mentor_entered_after_a_call_is_asked_once_and_ready_by_their_own_yes(
    programme, coordinator
):
    made = enter(programme, coordinator)

    made.refresh_from_db()
    assert (made.state, made.entered_by_office) == (ParticipationState.INVITED, True)
    assert made.places.filter(closed_at=None).count() == 2
    assert Notice.objects.get().person == made.person
    # The mail with the button was their welcome: no other follows.
    welcomed = people.welcome_participations(participations=[made], by=coordinator, now=NOW)
    assert welcomed == 0

    people.confirm_participation(participation=made, by=made.person, now=NOW)
    made.refresh_from_db()
    assert made.state == ParticipationState.READY


def test_a_mentor_who_was_welcomed_before_keeps_that_day(programme, coordinator):
    made = add(programme, coordinator, email="helen@example.org", part=Part.MENTOR)
    people.welcome_participations(participations=[made], by=coordinator, now=NOW)

    entered = enter(programme, coordinator, places=3)

    entered.refresh_from_db()
    assert (entered.pk, entered.welcomed_at) == (made.pk, NOW)
    assert entered.places.filter(closed_at=None).count() == 3


def test_a_mentee_can_be_entered_as_a_mentor_too(programme, coordinator):
    mentee = MenteeFactory(programme=programme)

    made = enter(programme, coordinator, email=mentee.person.email)

    assert made.person == mentee.person
    assert Participation.objects.filter(person=mentee.person).count() == 2


@pytest.mark.parametrize(
    ("told", "sentence"),
    [({"topic": "zoo"}, "choose from what is offered"), ({"places": 0}, "at least one place")],
)
def test_what_makes_no_mentor_leaves_nobody_behind(programme, coordinator, told, sentence):
    with pytest.raises(NotPossibleNow, match=sentence):
        enter(programme, coordinator, **told)

    assert not Participation.objects.exists()
    assert not User.objects.filter(email="helen@example.org").exists()


def test_a_mentor_who_is_one_already_is_not_entered_again(programme, coordinator):
    mentor = MentorFactory(programme=programme)

    with pytest.raises(NotPossibleNow, match="a mentor already"):
        enter(programme, coordinator, email=mentor.person.email)
