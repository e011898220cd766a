"""How people come in: brought by the office, welcomed, and in by their own yes."""

from datetime import date

import pytest

from mentorwell.accounts import services as accounts
from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices.models import Notice
from mentorwell.people import emails, queries, services
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation, Profile, TopicChoice
from mentorwell.people.services import Newcomer
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory, ParticipationFactory
from tests.factories.programmes import (
    OfficeRoleFactory,
    ProgrammeFactory,
    SiteFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db

BEFORE = [ParticipationState.INVITED, ParticipationState.APPLIED]


@pytest.fixture
def programme():
    return ProgrammeFactory(policy__places_default=2, policy__mentors_each=3)


@pytest.fixture
def office(programme):
    return OfficeRoleFactory(programme=programme).person


def bring(programme, office, **told):
    return services.bring_in(
        programme=programme,
        newcomer=Newcomer(**{"person": UserFactory(), "part": Part.MENTOR, **told}),
        by=office,
        now=NOW,
    )


def test_bring_in_makes_nobody_ready_and_mails_nobody(programme, office):
    made = bring(programme, office, cohort="2030", start_date=date(2030, 7, 1))

    made.refresh_from_db()
    assert (made.state, made.entered_at, made.entered_by_office) == ("invited", NOW, True)
    assert (made.cohort, made.start_date, made.confirmed_at) == ("2030", date(2030, 7, 1), None)
    assert not Notice.objects.exists()
    assert list(Event.objects.values_list("verb", "target_uid", "actor_uid")) == [
        ("people.participation.bring_in", made.uid, office.uid)
    ]


@pytest.mark.parametrize(
    ("part", "places", "numbers"),
    [
        (Part.MENTOR, None, [1, 2]),
        (Part.MENTOR, 0, []),
        (Part.BUDDY, 3, [1, 2, 3]),
        (Part.MENTEE, None, [1, 2, 3]),
    ],
)
def test_bring_in_opens_the_places_of_the_policy(part, places, numbers, programme, office):
    made = bring(programme, office, part=part, places=places)

    assert [place.number for place in made.places.all()] == numbers


def test_bring_in_enters_what_the_office_knows(programme, office):
    site = SiteFactory(organisation=programme.organisation)
    unit = UnitFactory(site=site)
    made = bring(
        programme,
        office,
        headline="Nurse educator",
        stage="attending",
        site=site,
        unit=unit,
        languages=("en", "es"),
        topics=("cardiology", "cardiology"),
    )

    profile = Profile.objects.get(person=made.person)
    assert (profile.organisation, profile.headline, profile.stage) == (
        programme.organisation,
        "Nurse educator",
        "attending",
    )
    assert (profile.site, profile.unit, profile.languages) == (site, unit, ["en", "es"])
    assert list(TopicChoice.objects.values_list("topic", flat=True)) == ["cardiology"]


def test_bring_in_never_overwrites_what_a_person_said(programme, office):
    site = SiteFactory(organisation=programme.organisation)
    mentee = MenteeFactory(profile__headline="My own words", profile__languages=["fr"])

    bring(programme, office, person=mentee.person, headline="Theirs", site=site, stage="pgy-1")

    profile = Profile.objects.get(person=mentee.person)
    assert (profile.headline, profile.languages) == ("My own words", ["fr"])
    assert (profile.site, profile.stage) == (site, "pgy-1")


def test_bring_in_twice_changes_nothing(programme, office):
    newcomers = [
        Newcomer(UserFactory(), Part.MENTOR, topics=("cardiology",)),
        Newcomer(UserFactory(), Part.MENTEE),
    ]
    first = services.bring_in_many(programme=programme, newcomers=newcomers, by=office, now=NOW)
    before = snapshot()

    again = services.bring_in_many(programme=programme, newcomers=newcomers, by=office, now=NOW)

    assert (len(first), again) == (2, [])
    assert snapshot() == before
    with pytest.raises(NotPossibleNow, match="have this part"):
        services.bring_in(programme=programme, newcomer=newcomers[0], by=office, now=NOW)


def snapshot():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Participation, Profile, TopicChoice, Event)
    ]


def test_bring_in_many_asks_the_database_the_same_whatever_the_number(
    programme, office, django_assert_max_num_queries
):
    newcomers = [Newcomer(UserFactory(), Part.MENTEE) for _ in range(40)]

    with django_assert_max_num_queries(13):
        services.bring_in_many(programme=programme, newcomers=newcomers, by=office, now=NOW)


def test_bring_in_is_for_the_office_and_the_installation(programme):
    with pytest.raises(NotAllowed, match="Only the office"):
        bring(programme, UserFactory())
    assert bring(programme, None).state == ParticipationState.INVITED


def test_bring_in_refuses_a_programme_that_has_ended(programme, office):
    programme.state = ProgrammeState.CLOSED

    with pytest.raises(NotPossibleNow, match="has ended"):
        bring(programme, office)


def test_a_person_may_be_mentor_and_mentee(programme, office):
    mentor = bring(programme, office)
    mentee = bring(programme, office, person=mentor.person, part=Part.MENTEE)

    assert mentee.pk != mentor.pk
    assert Profile.objects.filter(person=mentor.person).count() == 1


# --- Welcome ------------------------------------------------------------------------------


def test_welcome_mails_each_person_once(programme, office):
    waiting = bring(programme, office)
    ready = MentorFactory(programme=programme)
    everyone = [waiting, ready]

    assert services.welcome_participations(participations=everyone, by=office, now=NOW) == 1
    assert services.welcome_participations(participations=everyone, by=office, now=NOW) == 0

    waiting.refresh_from_db()
    assert waiting.welcomed_at == NOW
    assert [(n.person, n.kind) for n in Notice.objects.all()] == [(waiting.person, emails.WELCOME)]
    assert Event.objects.filter(verb="people.participation.welcome").count() == 1


def welcome(office, *participations, now=NOW):
    return services.welcome_participations(participations=participations, by=office, now=now)


def test_whoever_is_invited_as_mentor_and_as_mentee_is_mailed_once(programme, office):
    mentor = bring(programme, office)
    mentee = bring(programme, office, person=mentor.person, part=Part.MENTEE)

    assert welcome(office, mentor) == welcome(office, mentee) == 1

    assert Notice.objects.get().person == mentor.person


def test_whoever_left_and_is_brought_in_by_another_part_is_welcomed_to_it(programme, office):
    mentee = bring(programme, office, part=Part.MENTEE)
    welcome(office, mentee)
    Participation.objects.filter(pk=mentee.pk).update(state=ParticipationState.LEFT, left_at=NOW)
    mentor = bring(programme, office, person=mentee.person)

    welcome(office, mentor)

    about = set(Notice.objects.values_list("ids__participation", flat=True))
    assert about == {str(mentee.uid), str(mentor.uid)}


def test_welcome_is_for_the_office(programme, office):
    waiting = bring(programme, office)

    with pytest.raises(NotAllowed):
        services.welcome_participations(participations=[waiting], by=UserFactory(), now=NOW)


# --- The person's own yes -----------------------------------------------------------------


def prepared_mentor(**told):
    mentor = MentorFactory(state=ParticipationState.INVITED, confirmed_at=None, **told)
    TopicChoice.objects.create(participation=mentor, topic="cardiology")
    return mentor


@pytest.mark.parametrize("state", BEFORE)
def test_a_mentor_with_a_topic_and_a_place_is_ready_by_one_button(state):
    mentor = prepared_mentor()
    Participation.objects.filter(pk=mentor.pk).update(state=state)
    before = Programme.objects.get(pk=mentor.programme_id).pool_version

    services.confirm_participation(participation=mentor, by=mentor.person, now=NOW)

    mentor.refresh_from_db()
    assert (mentor.state, mentor.confirmed_at) == (ParticipationState.READY, NOW)
    assert Programme.objects.get(pk=mentor.programme_id).pool_version == before + 1
    assert Event.objects.filter(verb="people.participation.confirm").count() == 1


@pytest.mark.parametrize(
    "unprepared",
    [
        lambda: MentorFactory(state=ParticipationState.INVITED),
        lambda: prepared_mentor(places=0),
        lambda: MenteeFactory(state=ParticipationState.INVITED),
    ],
    ids=["no topic", "no place", "mentee"],
)
def test_whoever_lacks_answers_is_not_ready_by_confirming(unprepared):
    participation = unprepared()

    services.confirm_participation(participation=participation, by=participation.person, now=NOW)

    participation.refresh_from_db()
    assert participation.state == ParticipationState.APPLIED


def test_whoever_left_comes_back_by_their_own_yes():
    mentor = prepared_mentor()
    Participation.objects.filter(pk=mentor.pk).update(state="left", left_at=NOW)
    mentor.refresh_from_db()

    services.confirm_participation(participation=mentor, by=mentor.person, now=NOW)

    mentor.refresh_from_db()
    assert (mentor.state, mentor.left_at) == (ParticipationState.APPLIED, None)


@pytest.mark.parametrize(
    "state", [ParticipationState.READY, ParticipationState.ACTIVE, ParticipationState.PAUSED]
)
def test_confirm_refuses_where_there_is_nothing_to_confirm(state):
    mentor = prepared_mentor()
    Participation.objects.filter(pk=mentor.pk).update(state=state)

    with pytest.raises(NotPossibleNow, match="changed meanwhile"):
        services.confirm_participation(participation=mentor, by=mentor.person, now=NOW)


def test_confirm_is_the_persons_own(programme, office):
    mentor = bring(programme, office)

    with pytest.raises(NotAllowed, match="Only the person"):
        services.confirm_participation(participation=mentor, by=office, now=NOW)


def test_confirm_by_link_needs_no_sign_in_and_works_once():
    mentor = prepared_mentor()
    secret = accounts.make_link(
        person=mentor.person,
        action=emails.CONFIRM_ACTION,
        target_uid=mentor.uid,
        now=NOW,
        lifetime=emails.LINK_LIFETIME,
    )

    confirmed = services.confirm_by_link(secret=secret, now=NOW)

    assert (confirmed, confirmed.state) == (mentor, ParticipationState.READY)
    assert queries.findable_mentors().get() == mentor
    with pytest.raises(NotPossibleNow, match="link"):
        services.confirm_by_link(secret=secret, now=NOW)


def test_a_refused_confirmation_leaves_its_link_whole():
    mentor = ParticipationFactory(part=Part.MENTOR)
    secret = accounts.make_link(
        person=mentor.person,
        action=emails.CONFIRM_ACTION,
        target_uid=mentor.uid,
        now=NOW,
        lifetime=emails.LINK_LIFETIME,
    )

    with pytest.raises(NotPossibleNow, match="changed meanwhile"):
        services.confirm_by_link(secret=secret, now=NOW)

    assert mentor.person.link_tokens.get().used_at is None
