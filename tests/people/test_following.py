"""Many people from a file: who is made, what is corrected, what is left as people said it."""

import dataclasses
from datetime import date

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ParticipationState, ProgrammeState
from mentorwell.foundation import hooks
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices.models import Notice
from mentorwell.people import services
from mentorwell.people.enums import Part
from mentorwell.people.models import LocalTopic, Participation, Place, Profile, TopicChoice
from mentorwell.people.services import BroughtIn, Newcomer
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import (
    EvaluationLinkFactory,
    MenteeFactory,
    MentorFactory,
    ProfileFactory,
)
from tests.factories.programmes import (
    OfficeRoleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SiteFactory,
    UnitFactory,
)


pytestmark = pytest.mark.django_db

NOTHING = BroughtIn(parts=0, changed=0, left=0)


@pytest.fixture
def programme():
    return ProgrammeFactory(policy__places_default=2, policy__mentors_each=1)


@pytest.fixture
def site(programme):
    return SiteFactory(organisation=programme.organisation)


def follow(programme, *newcomers, by=None, now=NOW):
    return services.follow_file(programme=programme, newcomers=newcomers, by=by, now=now)


def full(site, **changes):
    told = {
        "person": UserFactory(),
        "part": Part.MENTOR,
        "headline": "Consultant",
        "stage": "attending-mid",
        "site": site,
        "unit": UnitFactory(site=site),
        "languages": ("en", "cy"),
        "topics": ("research", "teaching"),
        "story": "By a detour.",
        "places": 3,
        "cohort": "2020",
        "start_date": date(2020, 9, 1),
    }
    return Newcomer(**{**told, **changes})


def topics_of(part, *, interest=False):
    return set(part.topic_choices.filter(interest=interest).values_list("topic", flat=True))


def open_places(part):
    return list(part.places.filter(closed_at=None).values_list("number", flat=True))


# --- Who is new ---------------------------------------------------------------------------


def test_a_newcomer_has_all_that_the_file_says(programme, site):
    newcomer = full(site)
    assert follow(programme, newcomer) == BroughtIn(parts=1, changed=0, left=0)
    part = Participation.objects.get()
    assert (part.programme, part.person, part.part) == (programme, newcomer.person, Part.MENTOR)
    assert (part.story, part.cohort, part.start_date) == (
        "By a detour.",
        "2020",
        date(2020, 9, 1),
    )
    assert topics_of(part) == {"research", "teaching"}
    assert open_places(part) == [1, 2, 3]
    profile = Profile.objects.get()
    assert (profile.organisation, profile.headline) == (programme.organisation, "Consultant")
    assert (profile.stage, profile.languages) == ("attending-mid", ["en", "cy"])
    assert (profile.site, profile.unit) == (site, newcomer.unit)


def test_a_newcomer_is_neither_ready_nor_told(programme, site):
    follow(programme, full(site))
    part = Participation.objects.get()
    assert part.state == ParticipationState.INVITED
    assert (part.entered_at, part.entered_by_office) == (NOW, True)
    assert (part.welcomed_at, part.confirmed_at, part.looking_since) == (None, None, None)
    assert not Notice.objects.exists()


def test_places_come_from_the_policy_where_the_file_is_silent(programme):
    person = UserFactory()
    follow(programme, Newcomer(person, Part.MENTOR), Newcomer(person, Part.MENTEE, places=3))
    mentor = Participation.objects.get(part=Part.MENTOR)
    mentee = Participation.objects.get(part=Part.MENTEE)
    assert (open_places(mentor), open_places(mentee)) == ([1, 2], [1])


def test_a_mentor_may_begin_without_a_place(programme):
    follow(programme, Newcomer(UserFactory(), Part.MENTOR, places=0))
    assert not Place.objects.exists()


def test_two_rows_of_one_person_share_a_profile(programme, site):
    person = UserFactory()
    unit = UnitFactory(site=site)
    follow(
        programme,
        Newcomer(person, Part.MENTEE, stage="pgy-1"),
        Newcomer(person, Part.MENTOR, stage="pgy-2", headline="Chief", site=site, unit=unit),
    )
    profile = Profile.objects.get()
    assert (profile.stage, profile.headline) == ("pgy-1", "Chief")
    assert (profile.site, profile.unit) == (site, unit)
    assert Participation.objects.count() == 2


def test_everyone_new_is_in_the_audit_trail(programme):
    coordinator = OfficeRoleFactory(programme=programme).person
    follow(programme, *(Newcomer(UserFactory(), Part.MENTEE) for _ in range(2)), by=coordinator)
    events = Event.objects.filter(verb="people.participation.bring_in")
    uids = set(Participation.objects.values_list("uid", flat=True))
    assert {event.target_uid for event in events} == uids
    assert {event.actor_uid for event in events} == {coordinator.uid}


def test_nobody_given_is_nobody_brought_in(programme):
    assert follow(programme) == NOTHING


# --- The same again, and corrected ---------------------------------------------------------


def test_the_same_people_twice_change_nothing(programme, site):
    people = [full(site), full(site, part=Part.MENTEE), Newcomer(UserFactory(), Part.MENTEE)]
    follow(programme, *people)
    before = list(Event.objects.values_list("pk")), programme.pool_version
    assert follow(programme, *people) == NOTHING
    programme.refresh_from_db()
    assert (list(Event.objects.values_list("pk")), programme.pool_version) == before


def test_two_rows_that_differ_are_the_same_the_second_time_too(programme, site):
    person = UserFactory()
    rows = (
        Newcomer(person, Part.MENTEE, headline="A", site=site),
        Newcomer(person, Part.MENTOR, headline="B"),
    )
    follow(programme, *rows)
    assert follow(programme, *rows) == NOTHING


def test_a_corrected_file_corrects_those_who_have_not_come_yet(programme, site):
    first = full(site)
    follow(programme, first)
    other_site = SiteFactory(organisation=programme.organisation)
    corrected = full(
        other_site,
        person=first.person,
        headline="Registrar",
        stage="pgy-5",
        unit=None,
        languages=("de",),
        topics=("research", "leadership"),
        story="Straight.",
        places=1,
        cohort="2021",
        start_date=date(2021, 9, 1),
    )
    assert follow(programme, corrected) == BroughtIn(parts=0, changed=1, left=0)
    part = Participation.objects.get()
    assert (part.story, part.cohort, part.start_date) == ("Straight.", "2021", date(2021, 9, 1))
    assert topics_of(part) == {"research", "leadership"}
    assert open_places(part) == [1]
    profile = Profile.objects.get()
    assert (profile.headline, profile.stage, profile.languages) == ("Registrar", "pgy-5", ["de"])
    # A unit does not move along to another site.
    assert (profile.site, profile.unit) == (other_site, None)
    assert follow(programme, corrected) == NOTHING


def test_a_file_that_says_less_takes_nothing_away(programme, site):
    first = full(site)
    follow(programme, first)
    assert follow(programme, Newcomer(first.person, Part.MENTOR, site=site)) == NOTHING
    part = Participation.objects.get()
    assert (part.story, open_places(part)) == ("By a detour.", [1, 2, 3])
    assert Profile.objects.get().unit == first.unit


def test_places_are_opened_again_and_added(programme):
    person = UserFactory()
    for count, expected in ((2, [1, 2]), (1, [1]), (4, [1, 2, 3, 4]), (0, [])):
        follow(programme, Newcomer(person, Part.MENTOR, places=count))
        assert open_places(Participation.objects.get()) == expected
    assert Place.objects.count() == 4


def test_corrections_are_in_the_audit_trail(programme, site):
    first = full(site)
    follow(programme, first)
    follow(programme, dataclasses.replace(first, cohort="2021", headline="Registrar"))
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"people.participation.follow_file", "people.profile.follow_file"} <= verbs


def test_a_correction_makes_searches_look_again_in_every_programme(programme, site):
    person = UserFactory()
    elsewhere = MenteeFactory(person=person, confirmed_at=None).programme
    follow(programme, Newcomer(person, Part.MENTOR, site=site))
    versions = []
    for each in (programme, elsewhere):
        each.refresh_from_db()
        versions.append(each.pool_version)
    assert versions[0] > 1
    assert versions[1] > 1


# --- What people said themselves ------------------------------------------------------------


def settled(programme, part=Part.MENTOR, **profile):
    factory = MentorFactory if part is Part.MENTOR else MenteeFactory
    return factory(
        programme=programme,
        places=1,
        **{f"profile__{name}": value for name, value in profile.items()},
    )


def test_what_a_person_said_goes_before_the_file(programme, site):
    own_site = SiteFactory(organisation=programme.organisation)
    part = settled(programme, headline="Mine", stage="pgy-1", languages=["fr"], site=own_site)
    part.story = "My own words."
    part.save()
    TopicChoice.objects.create(participation=part, topic="wellbeing")
    newcomer = full(site, person=part.person, cohort="", start_date=None)
    assert follow(programme, newcomer) == BroughtIn(parts=0, changed=1, left=0)  # the unit alone
    part.refresh_from_db()
    profile = Profile.objects.get()
    assert (profile.headline, profile.stage, profile.languages) == ("Mine", "pgy-1", ["fr"])
    # The unit is the office's word: it decides who evaluates whom.
    assert (profile.site, profile.unit) == (own_site, newcomer.unit)
    assert (part.story, topics_of(part), open_places(part)) == (
        "My own words.",
        {"wellbeing"},
        [1],
    )


def test_what_a_person_left_empty_is_filled(programme, site):
    part = settled(programme)
    TopicChoice.objects.create(participation=part, topic="research", interest=True)
    newcomer = full(site, person=part.person)
    assert follow(programme, newcomer) == BroughtIn(parts=0, changed=1, left=0)
    part.refresh_from_db()
    profile = Profile.objects.get()
    assert (profile.headline, profile.site, profile.unit) == ("Consultant", site, newcomer.unit)
    assert part.story == "By a detour."
    # What was a mere interest stays one: nobody but the person makes more of it.
    assert topics_of(part) == {"teaching"}
    assert topics_of(part, interest=True) == {"research"}


def test_a_unit_is_the_office_s_to_say(programme, site):
    part = settled(programme, site=site, unit=UnitFactory(site=site))
    newcomer = full(site, person=part.person)
    follow(programme, newcomer)
    assert Profile.objects.get().unit == newcomer.unit


def test_start_date_and_cohort_are_the_office_s_to_say(programme):
    part = settled(programme)
    told = Newcomer(part.person, Part.MENTOR, cohort="2021", start_date=date(2021, 9, 1))
    assert follow(programme, told) == BroughtIn(parts=0, changed=1, left=0)
    part.refresh_from_db()
    assert (part.cohort, part.start_date) == ("2021", date(2021, 9, 1))


def test_who_has_signed_in_counts_as_having_spoken(programme, site):
    person = UserFactory(last_login=NOW)
    ProfileFactory(person=person, organisation=programme.organisation, headline="Mine")
    follow(programme, full(site, person=person))
    assert Profile.objects.get().headline == "Mine"


def test_who_has_confirmed_elsewhere_counts_as_having_spoken(programme, site):
    elsewhere = MenteeFactory(profile__headline="Mine")
    follow(programme, full(site, person=elsewhere.person))
    assert Profile.objects.get().headline == "Mine"


def test_what_a_person_emptied_stays_empty(programme, site):
    part = settled(programme, Part.MENTEE, headline="Mine")
    newcomer = full(site, person=part.person, part=Part.MENTEE, cohort="", start_date=None)
    newcomer = dataclasses.replace(newcomer, unit=None)
    told = {"by": part.person, "now": NOW}
    services.set_story(participation=part, story="", strengths="", hopes="", **told)
    services.choose_topics(participation=part, topics=["research"], **told)
    services.choose_topics(participation=part, topics=[], **told)
    services.set_basics(headline="", stage="", languages=[], **told)
    services.set_whereabouts(site=None, remote=True, **told)
    assert follow(programme, newcomer) == NOTHING
    part.refresh_from_db()
    profile = Profile.objects.get()
    assert (part.story, topics_of(part)) == ("", set())
    assert (profile.headline, profile.stage, profile.languages) == ("", "", [])
    assert profile.site is None


def test_a_file_of_another_organisation_only_fills(site):
    theirs = SiteFactory()
    unit = UnitFactory(site=theirs)
    home = ProgrammeFactory(organisation=theirs.organisation)
    part = settled(home, headline="Mine", site=theirs, unit=unit)
    unsettled = ProfileFactory(
        organisation=theirs.organisation, headline="Theirs", site=theirs, unit=unit
    )
    guest = ProgrammeFactory(organisation=site.organisation)
    follow(guest, full(site, person=part.person), full(site, person=unsettled.person))
    profile = Profile.objects.get(person=part.person)
    assert (profile.headline, profile.site, profile.unit) == ("Mine", theirs, unit)
    unsettled.refresh_from_db()
    assert (unsettled.headline, unsettled.stage) == ("Theirs", "attending-mid")
    assert (unsettled.site, unsettled.unit) == (theirs, unit)


def test_who_left_stays_out(programme, site):
    part = settled(programme, headline="")
    Participation.objects.update(state=ParticipationState.LEFT, left_at=NOW)
    newcomer = full(site, person=part.person)
    assert follow(programme, newcomer) == BroughtIn(parts=0, changed=0, left=1)
    part.refresh_from_db()
    assert (part.state, part.cohort, Profile.objects.get().headline) == (
        ParticipationState.LEFT,
        "",
        "",
    )


def test_who_left_one_part_may_have_the_other(programme, site):
    part = settled(programme)
    Participation.objects.update(state=ParticipationState.LEFT, left_at=NOW)
    rows = (full(site, person=part.person), full(site, person=part.person, part=Part.MENTEE))
    assert follow(programme, *rows) == BroughtIn(parts=1, changed=1, left=1)


def test_interests_alone_count_as_nothing_sought(programme):
    part = settled(programme)
    TopicChoice.objects.create(participation=part, topic="research", interest=True)
    told = Newcomer(part.person, Part.MENTOR, topics=("research",))
    assert follow(programme, told) == NOTHING


# --- One by hand ----------------------------------------------------------------------------


def test_bringing_in_by_hand_leaves_those_who_are_there_as_they_are(programme, site):
    first = full(site)
    made = services.bring_in(programme=programme, newcomer=first, by=None, now=NOW)
    assert made == Participation.objects.get()
    again = dataclasses.replace(first, cohort="2021", headline="Registrar")
    assert services.bring_in_many(programme=programme, newcomers=[again], by=None, now=NOW) == []
    assert Participation.objects.get().cohort == "2020"
    assert Profile.objects.get().headline == "Consultant"


def test_bringing_in_by_hand_fills_an_empty_profile_only(programme, site):
    profile = ProfileFactory(organisation=programme.organisation, headline="Mine")
    services.bring_in(
        programme=programme, newcomer=full(site, person=profile.person), by=None, now=NOW
    )
    profile.refresh_from_db()
    assert (profile.headline, profile.stage) == ("Mine", "attending-mid")


# --- Who may --------------------------------------------------------------------------------


def test_only_the_office_follows_a_file(programme):
    leader = OfficeRoleFactory(programme=programme, role="leader").person
    for stranger in (UserFactory(), leader, OfficeRoleFactory().person):
        with pytest.raises(NotAllowed):
            follow(programme, Newcomer(UserFactory(), Part.MENTEE), by=stranger)
    assert not Participation.objects.exists()


def test_nobody_comes_into_a_programme_that_has_ended():
    ended = ProgrammeFactory(state=ProgrammeState.CLOSED)
    with pytest.raises(NotPossibleNow):
        follow(ended, Newcomer(UserFactory(), Part.MENTEE))


# --- A thousand ------------------------------------------------------------------------------


def test_many_people_cost_few_queries(programme, site, django_assert_max_num_queries):
    first = full(site)
    people = [dataclasses.replace(first, person=person) for person in UserFactory.create_batch(600)]
    with django_assert_max_num_queries(30):
        follow(programme, *people)
    assert Participation.objects.count() == 600
    corrected = [dataclasses.replace(each, topics=("leadership",), places=1) for each in people]
    with django_assert_max_num_queries(30):
        follow(programme, *corrected)
    assert set(TopicChoice.objects.values_list("topic", flat=True)) == {"leadership"}
    assert TopicChoice.objects.count() == Place.objects.filter(closed_at=None).count() == 600


# --- Topics of one's own -----------------------------------------------------------------------


def add_topics(organisation, *names):
    return services.add_local_topics(organisation=organisation, names=names, by=None, now=NOW)


def test_local_topics_are_made_once_in_every_spelling():
    organisation = OrganisationFactory()
    made = add_topics(organisation, "Night float", "Rural skills")
    assert made == {"Night float": "night-float", "Rural skills": "rural-skills"}
    assert add_topics(organisation, "night-float") == {"night-float": "night-float"}
    assert LocalTopic.objects.count() == 2
    assert Event.objects.filter(verb="people.topic.add").count() == 2


def test_a_local_topic_takes_no_slug_that_is_taken():
    organisation = OrganisationFactory()
    made = add_topics(organisation, "Research", "???", "!!!", "x" * 100)
    assert made["???"] == "topic"
    assert made["!!!"] == "topic-2"
    assert made["x" * 100] == "x" * 55
    assert len(set(made.values())) == 4


def test_two_organisations_have_topics_of_their_own():
    one, other = OrganisationFactory.create_batch(2)
    assert add_topics(one, "Night float") == add_topics(other, "Night float")
    assert LocalTopic.objects.count() == 2


def test_a_unit_that_a_file_brings_announces_its_links(programme, site, monkeypatch):
    heard = []
    monkeypatch.setattr(hooks.evaluation_linked, "listeners", [heard.append])
    unit = UnitFactory(site=site)
    link = EvaluationLinkFactory(
        organisation=programme.organisation,
        evaluator_unit=unit,
        evaluated_programme=programme,
    )
    part = settled(programme)
    row = Newcomer(part.person, Part.MENTOR, site=site, unit=unit)

    follow(programme, row)
    follow(programme, row)

    assert [event.link_uid for event in heard] == [link.uid]


def test_being_brought_into_another_programme_keeps_the_unit(site, programme):
    unit = UnitFactory(site=site)
    part = settled(ProgrammeFactory(organisation=programme.organisation), unit=unit, site=site)

    services.bring_in(
        programme=programme,
        newcomer=Newcomer(part.person, Part.MENTOR, site=site, unit=UnitFactory(site=site)),
        by=None,
        now=NOW,
    )

    assert Profile.objects.get(person=part.person).unit == unit
