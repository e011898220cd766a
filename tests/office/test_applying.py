"""The people of a checked roster are brought in: all of them or none, and nobody is told."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorwell.accounts.models import User
from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ImportState, ParticipationState
from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.roster import Part
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices.models import Notice
from mentorwell.office import rules, services, tasks
from mentorwell.office.models import ImportRow, ImportRun
from mentorwell.office.services.staging import OUR_FAULT
from mentorwell.people.models import LocalTopic, Participation, Place, Profile, TopicChoice
from mentorwell.programmes.models import OfficeRole, Site, Unit
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.programmes import (
    OfficeRoleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SiteFactory,
    UnitFactory,
)
from tests.office.rosters import ADA, BEN, applied, checked, crowd, uploaded


pytestmark = pytest.mark.django_db

TABLES = (User, Profile, Participation, Place, TopicChoice, LocalTopic, Site, Unit, Notice)


@pytest.fixture
def programme():
    organisation = OrganisationFactory(time_zone="America/Chicago", language="en")
    return ProgrammeFactory(organisation=organisation)


def counts():
    return {model.__name__: model.objects.count() for model in TABLES}


def waiting(programme, *people, **options):
    run = checked(programme, *people, **options)
    services.bring_in_roster(run=run, by=run.by, now=NOW, in_background=False)
    return run


def test_everyone_of_a_roster_is_brought_in_with_all_it_says(programme):
    site = SiteFactory(
        organisation=programme.organisation, name="Main Hospital", time_zone="Europe/London"
    )
    unit = UnitFactory(site=site, name="Cardiology")
    run = applied(
        checked(
            programme,
            {
                **ADA,
                "headline": "Consultant",
                "stage": "attending-mid",
                "site": "Main Hospital",
                "unit": "Cardiology",
                "topics": "Research; Penguins",
                "story": "By a detour.",
                "start date": "2020-09-01",
                "cohort": "2020",
                "places": "2",
                "languages": "English; Welsh",
            },
            {**BEN, "part": "both", "site": "West", "unit": "Ward 1"},
        )
    )
    assert (run.state, run.finished_at) == (ImportState.DONE, NOW)
    assert (run.account_count, run.part_count, run.changed_count, run.left_count) == (2, 3, 0, 0)
    ada = Participation.objects.get(person__email="ada@example.org")
    assert (ada.person.name, ada.person.time_zone) == ("Ada Reed", "Europe/London")
    assert (ada.part, ada.story, ada.cohort, str(ada.start_date)) == (
        "mentor",
        "By a detour.",
        "2020",
        "2020-09-01",
    )
    profile = ada.person.profile
    assert (profile.headline, profile.stage) == ("Consultant", "attending-mid")
    assert (profile.site, profile.unit, profile.languages) == (site, unit, ["en", "cy"])
    penguins = LocalTopic.objects.get(name="Penguins")
    topics = set(ada.topic_choices.values_list("topic", flat=True))
    assert topics == {"research", penguins.slug}
    assert ada.places.count() == 2
    ben = User.objects.get(email="ben@example.org")
    assert set(ben.participations.values_list("part", flat=True)) == {"mentor", "mentee"}
    assert (ben.profile.site.name, ben.profile.unit.name) == ("West", "Ward 1")
    assert ben.time_zone == "America/Chicago"


def test_nobody_is_told_and_nobody_is_ready(programme):
    applied(checked(programme, *crowd(5)))
    assert not Notice.objects.exists()
    assert mail.outbox == []
    states = set(Participation.objects.values_list("state", "welcomed_at", "confirmed_at"))
    assert states == {(ParticipationState.INVITED, None, None)}


def test_the_same_file_twice_changes_nothing(programme):
    people = (
        {**ADA, "site": "West", "unit": "Ward 1", "topics": "Penguins", "story": "Mine."},
        {**BEN, "part": "both", "cohort": "2029"},
    )
    applied(checked(programme, *people))
    before = counts(), set(Event.objects.exclude(verb__startswith="office.").values_list("pk"))
    run = applied(checked(programme, *people))
    assert run.new_names == {}
    assert (run.account_count, run.part_count, run.changed_count) == (0, 0, 0)
    after = counts(), set(Event.objects.exclude(verb__startswith="office.").values_list("pk"))
    assert after == before


def test_a_corrected_file_corrects(programme):
    applied(checked(programme, ADA, {**BEN, "cohort": "2028"}))
    run = applied(checked(programme, ADA, {**BEN, "cohort": "2029"}))
    assert (run.account_count, run.part_count, run.changed_count) == (0, 0, 1)
    assert Participation.objects.get(person__email="ben@example.org").cohort == "2029"


def test_an_account_that_is_there_keeps_its_name(programme):
    UserFactory(email="ada@example.org", name="Dr. Ada Reed")
    run = applied(checked(programme, ADA))
    assert (run.account_count, run.part_count) == (0, 1)
    assert User.objects.get(email="ada@example.org").name == "Dr. Ada Reed"


def moved(name="Dr. Ada Reed"):
    """A person who came in as ada@example.org and has another first address since."""
    person = UserFactory(email="reed@example.org", name=name)
    for email, primary in (("ada@example.org", False), ("reed@example.org", True)):
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=primary)
    return person


def test_a_row_with_the_address_of_last_year_finds_its_person(programme):
    person = moved()
    run = applied(checked(programme, ADA))
    assert (run.account_count, run.part_count) == (0, 1)
    assert Participation.objects.get().person == person


def test_two_addresses_of_one_person_bring_them_in_once(programme):
    person = moved()
    run = applied(checked(programme, ADA, {**ADA, "email": "reed@example.org"}))
    assert (run.account_count, run.part_count) == (0, 1)
    assert Participation.objects.get().person == person


def test_an_address_that_nobody_has_proved_is_nobody_s(programme):
    other = UserFactory(email="eve@example.org")
    EmailAddress.objects.create(user=other, email="ada@example.org", verified=False)
    run = applied(checked(programme, ADA))
    assert run.account_count == 1
    assert Participation.objects.get().person.email == "ada@example.org"


def test_who_left_stays_out_and_is_counted(programme):
    applied(checked(programme, ADA))
    Participation.objects.update(state=ParticipationState.LEFT, left_at=NOW)
    run = applied(checked(programme, ADA))
    assert (run.part_count, run.left_count) == (0, 1)
    assert Participation.objects.get().state == ParticipationState.LEFT


def test_names_that_were_left_out_are_not_taken_over(programme):
    run = checked(
        programme,
        {
            **ADA,
            "site": "Zoo",
            "unit": "Ward 1",
            "stage": "Wizard",
            "topics": "Research; Spells",
            "languages": "Elvish; English",
        },
        meanings={
            Field.SITE: {"Zoo": "-"},
            Field.STAGE: {"Wizard": "-"},
            Field.TOPICS: {"Spells": "-"},
            Field.LANGUAGES: {"Elvish": "-"},
        },
    )
    applied(run)
    profile = Profile.objects.get()
    assert (profile.site, profile.unit, profile.stage) == (None, None, "")
    assert profile.languages == ["en"]
    assert list(TopicChoice.objects.values_list("topic", flat=True)) == ["research"]
    assert not Site.objects.exists()


def test_a_name_that_was_given_a_meaning_is_taken_for_it(programme):
    site = SiteFactory(organisation=programme.organisation)
    meanings = {Field.STAGE: {"Boss": "dean"}, Field.SITE: {"HQ": str(site.uid)}}
    applied(checked(programme, {**ADA, "stage": "Boss", "site": "HQ"}, meanings=meanings))
    profile = Profile.objects.get()
    assert (profile.stage, profile.site) == ("dean", site)


# --- All or none ----------------------------------------------------------------------------


def test_one_bad_row_keeps_everybody_out(programme):
    run = checked(programme, ADA, {**BEN, "email": "x"})
    with pytest.raises(NotPossibleNow, match="all of them or none"):
        services.bring_in_roster(run=run, by=None, now=NOW)
    assert not rules.can_apply(None, run)
    assert not Participation.objects.exists()


def test_a_failure_at_the_last_write_leaves_nothing_behind(programme):
    run = waiting(programme, {**ADA, "site": "West", "unit": "Ward 1", "topics": "Penguins"}, BEN)
    before = counts(), Event.objects.count()

    def fail_at_last(execute, sql, *arguments):
        if sql.startswith("DELETE FROM") and "office_importrow" in sql:
            raise OperationalError("The disk is full.")
        return execute(sql, *arguments)

    with connection.execute_wrapper(fail_at_last), pytest.raises(OperationalError):
        services.apply_roster(run_id=run.pk, now=NOW)
    assert (counts(), Event.objects.count()) == before
    run.refresh_from_db()
    assert (run.state, run.failure) == (ImportState.FAILED, OUR_FAULT)
    assert run.file
    assert ImportRow.objects.count() == 2


def test_a_site_removed_after_the_check_stops_everything(programme):
    site = SiteFactory(organisation=programme.organisation, name="Main")
    run = waiting(programme, BEN, {**ADA, "site": "Main"})
    site.delete()
    with pytest.raises(NotPossibleNow):
        services.apply_roster(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert run.failure == "A site or unit of this file was removed. Check the file once more."
    assert not Participation.objects.exists()


def test_a_unit_removed_after_the_check_stops_everything(programme):
    unit = UnitFactory(site=SiteFactory(organisation=programme.organisation, name="Main"))
    run = waiting(programme, {**ADA, "site": "Main", "unit": unit.name})
    unit.delete()
    with pytest.raises(NotPossibleNow):
        services.apply_roster(run_id=run.pk, now=NOW)
    assert not Participation.objects.exists()


def test_a_site_added_by_another_after_the_check_is_taken(programme):
    run = waiting(programme, {**ADA, "site": "West"})
    site = SiteFactory(organisation=programme.organisation, name="west")
    services.apply_roster(run_id=run.pk, now=NOW)
    assert Profile.objects.get().site == site


def test_who_lost_their_role_meanwhile_brings_nobody_in(programme):
    coordinator = OfficeRoleFactory(programme=programme).person
    run = waiting(programme, ADA, by=coordinator, create=())
    OfficeRole.objects.update(ended_at=NOW)
    with pytest.raises(NotAllowed):
        services.apply_roster(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert not Participation.objects.exists()


def test_applying_twice_brings_in_once(programme):
    run = waiting(programme, ADA)
    tasks.apply_roster.call(run_id=run.pk)
    before = counts()
    tasks.apply_roster.call(run_id=run.pk)
    assert counts() == before


def test_of_two_workers_at_once_one_brings_in(programme):
    run = waiting(programme, ADA)

    def another_is_quicker(execute, sql, *arguments):
        if sql.startswith("SELECT") and "office_importrow" in sql:
            ImportRun.objects.update(state=ImportState.DONE, file="")
        return execute(sql, *arguments)

    with connection.execute_wrapper(another_is_quicker):
        services.apply_roster(run_id=run.pk, now=NOW)
    assert not Participation.objects.exists()


# --- Who and when ----------------------------------------------------------------------------


def test_asking_for_it_sends_a_job_and_is_audited(programme):
    coordinator = OfficeRoleFactory(programme=programme).person
    run = checked(programme, ADA, by=coordinator, create=())
    assert rules.can_apply(coordinator, run)
    services.bring_in_roster(run=run, by=coordinator, now=NOW)
    run.refresh_from_db()
    assert run.state == ImportState.APPLYING
    job = DBTaskResult.objects.get(task_path="mentorwell.office.tasks.apply_roster")
    assert job.args_kwargs["kwargs"] == {"run_id": run.pk}
    event = Event.objects.get(verb="office.import.bring_in")
    assert (event.actor_uid, event.target_uid) == (coordinator.uid, run.uid)


def test_only_the_office_brings_a_roster_in(programme):
    run = checked(programme, ADA)
    for stranger in (UserFactory(), OfficeRoleFactory().person):
        with pytest.raises(NotAllowed):
            services.bring_in_roster(run=run, by=stranger, now=NOW)
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED


def test_an_unchecked_roster_is_not_brought_in(programme):
    run = uploaded(programme, ADA)
    with pytest.raises(NotPossibleNow, match="not checked yet"):
        services.bring_in_roster(run=run, by=None, now=NOW)


def test_new_sites_come_in_with_a_director_and_are_theirs(programme):
    coordinator = OfficeRoleFactory(programme=programme).person
    director = OfficeRoleFactory(programme=programme, role="director").person
    run = checked(programme, {**ADA, "site": "West"}, by=director)
    with pytest.raises(NotAllowed, match="Only a programme director"):
        services.bring_in_roster(run=run, by=coordinator, now=NOW)
    ImportRun.objects.update(by=coordinator)
    applied(run, by=director)
    event = Event.objects.get(verb="programmes.site.add")
    assert (run.by, event.actor_uid) == (director, director.uid)


def test_two_presses_at_once_send_one_job(programme):
    run = checked(programme, ADA)
    stale = ImportRun.objects.get(pk=run.pk)
    services.bring_in_roster(run=run, by=None, now=NOW)
    with pytest.raises(NotPossibleNow, match="being brought in already"):
        services.bring_in_roster(run=stale, by=None, now=NOW)
    assert DBTaskResult.objects.count() == 1


def test_who_may_make_sites(programme):
    coordinator = OfficeRoleFactory(programme=programme).person
    director = OfficeRoleFactory(programme=programme, role="director").person
    assert rules.can_create(None, programme, [Field.SITE])
    assert rules.can_create(director, programme, [Field.SITE, Field.UNIT])
    assert rules.can_create(coordinator, programme, [Field.TOPICS])
    assert not rules.can_create(coordinator, programme, [Field.UNIT])


def test_once_in_nothing_of_the_file_stays_behind(programme):
    run = applied(checked(programme, ADA))
    assert run.file == ""
    assert not ImportRow.objects.exists()


# --- Whatever the file holds --------------------------------------------------------------------


cells = st.text(max_size=20) | st.sampled_from(["", "Main", "West; Main", "2", "2026-04-03"])
person = st.fixed_dictionaries(
    {
        "name": st.text(min_size=1, max_size=20),
        "email": st.sampled_from([f"{letter}@example.org" for letter in "abcdef"]),
        "part": st.sampled_from(["mentor", "mentee", "both"]),
        **dict.fromkeys(["site", "unit", "topics", "story", "headline", "cohort"], cells),
    }
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(person, min_size=1, max_size=4))
def test_any_roster_comes_in_whole_or_not_at_all_and_once(programme, people):
    before = counts()
    try:
        run = checked(programme, *people, part=Part.MENTEE)
    except NotPossibleNow:
        assert counts() == before
        return
    if run.bad_count:
        with pytest.raises(NotPossibleNow):
            applied(run)
        assert counts() == before
        return
    applied(run)
    assert run.state == ImportState.DONE
    emails = {each["email"] for each in people}
    assert User.objects.filter(email__in=emails).count() == len(emails)
    after = counts()
    again = applied(checked(programme, *people, part=Part.MENTEE))
    assert (again.account_count, again.part_count) == (0, 0)
    assert counts() == after
