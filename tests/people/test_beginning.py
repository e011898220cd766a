"""The least that makes somebody ready: three answers of a mentee, one screen of a mentor."""

from datetime import timedelta

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices.models import Notice
from mentorwell.people import emails, queries, services
from mentorwell.people.enums import Part
from mentorwell.people.models import Draft, Exclusion, Participation, Profile, TopicChoice
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory, ProfileFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory, SiteFactory


pytestmark = pytest.mark.django_db

S = ParticipationState


def answer(mentee, **told):
    asked = {
        "participation": mentee,
        "purposes": ["research"],
        "site": None,
        "remote": None,
        "exclusions": [],
        "by": mentee.person,
        "now": NOW,
    }
    services.answer_first_questions(**{**asked, **told})


@pytest.mark.parametrize("state", [S.INVITED, S.APPLIED])
def test_three_answers_make_a_mentee_ready(state):
    mentee = MenteeFactory(state=state, confirmed_at=None)
    site = SiteFactory(organisation=mentee.programme.organisation)
    colleague = UserFactory()
    Draft.objects.create(
        person=mentee.person, key=queries.start_key(mentee), text="{}", kept_at=NOW
    )

    answer(mentee, site=site, remote=True, exclusions=[colleague, mentee.person])

    mentee.refresh_from_db()
    profile = Profile.objects.get(person=mentee.person)
    assert (mentee.state, mentee.looking_since, mentee.confirmed_at) == (S.READY, NOW, NOW)
    assert (mentee.purposes, profile.site, profile.remote) == (["research"], site, True)
    assert list(Exclusion.objects.values_list("person", "other")) == [
        (mentee.person.pk, colleague.pk)
    ]
    assert not Draft.objects.exists()


def test_the_audit_trail_does_not_say_that_somebody_is_excluded():
    mentee = MenteeFactory(state=S.INVITED)

    answer(mentee, exclusions=[UserFactory()])

    assert list(Event.objects.values_list("verb", flat=True)) == [
        "people.participation.answer_first"
    ]


@pytest.mark.parametrize("state", [S.READY, S.ACTIVE])
def test_answering_again_changes_the_answers_and_not_the_state(state):
    mentee = MenteeFactory(state=state, purposes=["research"])
    kept = UserFactory()
    answer(mentee, exclusions=[kept])

    answer(mentee, purposes=["teaching", "leading"], exclusions=[kept])

    mentee.refresh_from_db()
    assert (mentee.state, mentee.looking_since) == (state, None)
    assert mentee.purposes == ["teaching", "leading"]
    assert Exclusion.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"purposes": []}, "at least one"),
        ({"purposes": ["conquest"]}, "from what is offered"),
        ({"purposes": ["research", "research"]}, "only once"),
    ],
)
def test_first_answers_refuse_what_is_not_offered(told, sentence):
    mentee = MenteeFactory(state=S.INVITED)

    with pytest.raises(NotPossibleNow, match=sentence):
        answer(mentee, **told)

    mentee.refresh_from_db()
    assert mentee.state == S.INVITED


def test_first_answers_refuse_a_site_of_another_organisation():
    with pytest.raises(NotPossibleNow, match="another organisation"):
        answer(MenteeFactory(state=S.INVITED), site=SiteFactory())


def test_first_answers_are_the_mentees_own():
    mentee = MenteeFactory(state=S.INVITED)

    with pytest.raises(NotAllowed, match="Only the person"):
        answer(mentee, by=UserFactory())
    with pytest.raises(NotAllowed, match="for mentees"):
        answer(MentorFactory(state=S.INVITED))


def test_who_has_left_answers_nothing_before_coming_back():
    with pytest.raises(NotPossibleNow, match="You have left"):
        answer(MenteeFactory(state=S.LEFT))


def test_answering_twice_at_once_counts_once():
    mentee = MenteeFactory(state=S.INVITED)
    stale = Participation.objects.get(pk=mentee.pk)
    answer(mentee)

    with pytest.raises(NotPossibleNow, match="changed meanwhile"):
        answer(stale)


# --- One screen of a mentor ---------------------------------------------------------------


def begin(programme, person, **told):
    asked = {"topic": "cardiology", "places": 1, "now": NOW}
    return services.become_mentor(programme=programme, by=person, **{**asked, **told})


def test_one_screen_makes_a_mentor_ready():
    mentor = MentorFactory(state=S.INVITED, confirmed_at=None, places=0)
    before = mentor.programme.pool_version

    begun = begin(mentor.programme, mentor.person, places=2)

    mentor.refresh_from_db()
    assert (begun, mentor.state, mentor.confirmed_at) == (mentor, S.READY, NOW)
    assert queries.topics_chosen(mentor) == ["cardiology"]
    assert [place.number for place in queries.open_places(mentor)] == [1, 2]
    assert Programme.objects.get(pk=mentor.programme_id).pool_version == before + 1
    assert Event.objects.get().verb == "people.mentor.begin"


def test_a_mentee_may_become_a_mentor_too():
    mentee = MenteeFactory()

    mentor = begin(mentee.programme, mentee.person)

    assert (mentor.part, mentor.state, mentor.entered_at) == (Part.MENTOR, S.READY, NOW)
    mentee.refresh_from_db()
    assert mentee.state == S.READY


def test_a_mentor_who_left_comes_back_by_the_same_screen():
    mentor = MentorFactory(state=S.LEFT, left_at=NOW)

    begin(mentor.programme, mentor.person)

    mentor.refresh_from_db()
    assert (mentor.state, mentor.left_at) == (S.READY, None)


def test_an_interest_that_is_offered_now_counts_as_offered():
    mentor = MentorFactory(state=S.INVITED)
    TopicChoice.objects.create(participation=mentor, topic="cardiology", interest=True)

    begin(mentor.programme, mentor.person)

    assert queries.topics_chosen(mentor) == ["cardiology"]
    assert queries.topics_chosen(mentor, interest=True) == []


@pytest.mark.parametrize("state", [S.READY, S.ACTIVE, S.PAUSED])
def test_become_mentor_refuses_who_is_one_already(state):
    mentor = MentorFactory(state=state)

    with pytest.raises(NotPossibleNow, match="a mentor in this programme already"):
        begin(mentor.programme, mentor.person)


def test_become_mentor_is_not_for_strangers_to_the_programme():
    with pytest.raises(NotAllowed, match="bring you in first"):
        begin(ProgrammeFactory(), MenteeFactory().person)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"topic": "astrology"}, "from what is offered"),
        ({"places": 0}, "at least one place"),
        ({"places": 4}, "up to 3 places"),
        ({"places": -1}, "up to 3 places"),
    ],
)
def test_become_mentor_refuses_without_a_trace(told, sentence):
    mentee = MenteeFactory()

    with pytest.raises(NotPossibleNow, match=sentence):
        begin(mentee.programme, mentee.person, **told)

    assert not Participation.objects.filter(part=Part.MENTOR).exists()


# --- Entered by the office after a call ---------------------------------------------------


@pytest.fixture
def office():
    return OfficeRoleFactory()


def enter(office, person, **told):
    asked = {"topic": "cardiology", "places": 1, "now": NOW}
    return services.enter_mentor_for(
        programme=office.programme, person=person, by=office.person, **{**asked, **told}
    )


def test_what_the_office_enters_needs_the_mentors_button(office):
    person = ProfileFactory(organisation=office.programme.organisation).person

    mentor = enter(office, person, places=2)

    mentor.refresh_from_db()
    assert (mentor.state, mentor.confirmed_at, mentor.entered_by_office) == (S.INVITED, None, True)
    assert not queries.findable_mentors().exists()
    assert [(n.person, n.kind) for n in Notice.objects.all()] == [(person, emails.CONFIRM)]

    services.confirm_participation(participation=mentor, by=person, now=NOW)
    assert queries.findable_mentors().get() == mentor


def test_enter_mentor_for_keeps_what_was_brought_in(office):
    mentor = MentorFactory(programme=office.programme, state=S.INVITED)

    assert enter(office, mentor.person) == mentor
    assert queries.topics_chosen(mentor) == ["cardiology"]


@pytest.mark.parametrize("state", [S.READY, S.ACTIVE, S.PAUSED, S.LEFT])
def test_enter_mentor_for_leaves_who_has_answered_alone(state, office):
    mentor = MentorFactory(programme=office.programme, state=state)

    with pytest.raises(NotPossibleNow, match="a mentor already, or have left"):
        enter(office, mentor.person)


def test_enter_mentor_for_refuses_strangers_and_outsiders(office):
    with pytest.raises(NotPossibleNow, match="into the programme first"):
        enter(office, UserFactory())
    person = ProfileFactory().person
    with pytest.raises(NotAllowed, match="Only the office"):
        services.enter_mentor_for(
            programme=office.programme,
            person=person,
            topic="cardiology",
            places=1,
            by=person,
            now=NOW,
        )


def test_the_office_may_give_more_places_than_the_policy(office):
    person = ProfileFactory(organisation=office.programme.organisation).person

    mentor = enter(office, person, places=5)

    assert queries.open_places(mentor).count() == 5


def test_the_same_entered_twice_on_a_day_is_mailed_once(office):
    person = MentorFactory(programme=office.programme, state=S.INVITED, places=0).person
    for seconds in (0, 1):
        enter(office, person, now=NOW + timedelta(seconds=seconds))
    assert Notice.objects.filter(person=person).count() == 1
    enter(office, person, topic="research")
    assert Notice.objects.filter(person=person).count() == 2
