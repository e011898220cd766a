"""Every row of a roster is read and checked before anybody is brought in."""

from datetime import timedelta

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorwell.core.lifecycles import ImportState
from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.dates import DateOrder
from mentorwell.core.reading.roster import Part
from mentorwell.foundation.errors import Refusal
from mentorwell.foundation.services import jobs
from mentorwell.office import services, tasks
from mentorwell.office.models import ImportRow, ImportRun
from mentorwell.office.queries.imports import ShownProblem, UnknownName, problems_of, unknown_names
from mentorwell.office.services.staging import BATCH, OUR_FAULT
from mentorwell.people.models import LocalTopic, Participation
from tests.factories.moments import NOW
from tests.factories.programmes import (
    OrganisationFactory,
    ProgrammeFactory,
    SiteFactory,
    UnitFactory,
)
from tests.office.rosters import ADA, BEN, checked, crowd, reading_of, uploaded


pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


def staging(programme, *people, **options):
    run = uploaded(programme, *people)
    reading = reading_of(run, **options)
    services.check_roster(run=run, reading=reading, by=None, now=NOW, in_background=False)
    return run


def test_a_good_roster_is_checked_without_a_bad_row(programme):
    run = checked(programme, ADA, BEN)
    assert (run.state, run.checked_at) == (ImportState.CHECKED, NOW)
    assert (run.row_count, run.staged_count, run.bad_count) == (2, 2, 0)
    assert list(run.rows.values_list("number", "is_bad")) == [(2, False), (3, False)]


def test_checking_brings_nobody_in(programme):
    checked(programme, ADA, BEN)
    assert not Participation.objects.exists()


def test_every_bad_cell_is_listed_in_plain_words(programme):
    run = checked(
        programme,
        {**ADA, "email": "ada at example", "places": "9"},
        BEN,
        {**BEN, "part": "boss"},
    )
    assert (run.state, run.bad_count) == (ImportState.CHECKED, 2)
    assert list(problems_of(run)) == [
        ShownProblem(2, "email", "ada at example", "This is not an e-mail address."),
        ShownProblem(2, "places", "9", "Write a whole number from 0 to 3."),
        ShownProblem(4, "part", "boss", "Write mentor, mentee or both."),
    ]


def test_rows_and_problems_are_sealed(programme):
    checked(programme, {**ADA, "email": "ada at example"}, BEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM office_importrow")
        stored = str(cursor.fetchall())
    assert "example" not in stored
    assert "Ben" not in stored


def test_rows_are_staged_in_batches_and_counted(programme, django_assert_max_num_queries):
    run = staging(programme, *crowd(BATCH + 1))
    with django_assert_max_num_queries(40):
        services.stage_roster(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert run.staged_count == run.rows.count() == BATCH + 1


def test_known_names_are_found_and_new_ones_are_shown_first(programme):
    organisation = programme.organisation
    site = SiteFactory(organisation=organisation, name="Main Hospital")
    UnitFactory(site=site, name="Cardiology")
    LocalTopic.objects.create(organisation=organisation, slug="night-float", name="Night float")
    run = checked(
        programme,
        {
            **ADA,
            "site": "main hospital",
            "unit": "cardiology",
            "topics": "Research; night-float",
            "stage": "PGY-1",
            "languages": "English; Cymraeg; de",
        },
        {**BEN, "site": "West", "unit": "Ward 1", "topics": "Penguins; penguins"},
    )
    assert run.bad_count == 0
    assert run.new_names == {"site": ["West"], "unit": ["Ward 1"], "topics": ["Penguins"]}


def test_without_leave_to_make_them_unknown_names_are_problems(programme):
    SiteFactory(organisation=programme.organisation, name="Main Hospital")
    run = checked(
        programme,
        {**ADA, "site": "Main Hopsital", "stage": "Wizard"},
        {**BEN, "site": "Zoo", "stage": "Wizard"},
        create=(),
    )
    assert [(shown.column, shown.value, shown.sentence) for shown in problems_of(run)] == [
        ("site", "Main Hopsital", "We do not know this name. Did you mean Main Hospital?"),
        ("stage", "Wizard", "We do not know this name."),
        ("site", "Zoo", "We do not know this name."),
        ("stage", "Wizard", "We do not know this name."),
    ]
    assert unknown_names(run) == [
        UnknownName(Field.STAGE, "Wizard", 2),
        UnknownName(Field.SITE, "Main Hopsital", 1),
        UnknownName(Field.SITE, "Zoo", 1),
    ]


def test_an_unknown_unit_is_not_offered_a_meaning(programme):
    site = SiteFactory(organisation=programme.organisation)
    run = checked(programme, {**ADA, "site": site.name, "unit": "Ward 9"}, create=())
    assert run.bad_count == 1
    assert unknown_names(run) == []


def test_a_name_may_be_given_a_meaning(programme):
    run = checked(
        programme,
        {**ADA, "stage": "Big boss", "site": "Zoo"},
        create=(),
        meanings={Field.STAGE: {"big boss": "dean"}, Field.SITE: {"Zoo": "-"}},
    )
    assert run.bad_count == 0


def test_sites_of_other_organisations_are_not_known(programme):
    SiteFactory(name="Main Hospital", organisation=OrganisationFactory())
    assert checked(programme, {**ADA, "site": "Main Hospital"}, create=()).bad_count == 1


def test_what_is_private_only_the_person_may_choose(programme):
    run = checked(programme, {**ADA, "topics": "Faith and medicine"})
    (shown,) = problems_of(run)
    assert shown.sentence == "Only the person may choose this: it tells something private."


def test_the_file_s_part_and_order_of_dates_count(programme):
    told = {"name": "Ada", "email": "a@example.org", "start date": "3/4/2028"}
    assert checked(programme, told, part=Part.MENTOR).bad_count == 1
    assert checked(programme, told, dates=DateOrder.DAY_FIRST).bad_count == 1
    run = checked(programme, told, part=Part.MENTOR, dates=DateOrder.DAY_FIRST)
    assert run.bad_count == 0


def test_texts_fit_the_tables(programme):
    run = checked(programme, {**ADA, "headline": "x" * 161}, {**BEN, "name": "x" * 121})
    assert [shown.sentence for shown in problems_of(run)] == [
        "This is too long: at most 160 characters.",
        "This is too long: at most 120 characters.",
    ]


def test_a_roster_may_be_checked_again_after_a_correction(programme):
    run = checked(programme, {"name": "Ada", "email": "ada@example.org"})
    assert run.bad_count == 1
    reading = reading_of(run, part=Part.MENTOR)
    services.check_roster(run=run, reading=reading, by=None, now=NOW, in_background=False)
    tasks.stage_roster.call(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.bad_count, run.rows.count()) == (ImportState.CHECKED, 0, 1)


def test_staging_what_does_not_wait_does_nothing(programme):
    run = checked(programme, ADA)
    services.stage_roster(run_id=run.pk, now=NOW)
    services.stage_roster(run_id=run.pk + 1, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (ImportState.CHECKED, 1)


def test_staging_that_fails_says_so_and_may_be_tried_again(programme):
    run = staging(programme, ADA)
    ImportRun.objects.update(file="bm8gdGFibGU=")  # text, but no table any more
    with pytest.raises(Exception, match="NO_ROWS"):
        services.stage_roster(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.failure) == (ImportState.FAILED, OUR_FAULT)
    ImportRun.objects.update(file=uploaded(programme, ADA).file)
    services.check_roster(run=run, reading=reading_of(run), by=None, now=NOW, in_background=False)
    services.stage_roster(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.failure) == (ImportState.CHECKED, "")


def test_a_roster_discarded_meanwhile_stops_the_staging(programme):
    run = staging(programme, ADA)

    def discard_first(execute, sql, *arguments):
        if sql.startswith("DELETE FROM") and "office_importrow" in sql:
            ImportRun.objects.update(state=ImportState.FAILED)
        return execute(sql, *arguments)

    with connection.execute_wrapper(discard_first):
        services.stage_roster(run_id=run.pk, now=NOW)
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert not ImportRow.objects.exists()


@pytest.mark.parametrize("step", ["stage", "apply"])
def test_a_roster_whose_worker_died_goes_on_with_the_next(programme, step):
    run = checked(programme, ADA)
    if step == "stage":
        services.check_roster(run=run, reading=reading_of(run), by=None, now=NOW)
    else:
        services.bring_in_roster(run=run, by=None, now=NOW)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=NOW, worker_ids=["x"])

    later = NOW + jobs.STALE_AFTER
    jobs.revive_stale_jobs(now=later)
    assert jobs.run_next_job(worker="y", now=later + timedelta(minutes=1))

    run.refresh_from_db()
    assert run.state == (ImportState.CHECKED if step == "stage" else ImportState.DONE)


cells = st.text(max_size=30) | st.sampled_from(
    ["", "mentor", "both", "ada@example.org", "ben@example.org", "3/4/2026", "#N/A", "Main; West"]
)
COLUMNS = ["name", "email", "part", "site", "unit", "topics", "stage", "start date", "languages"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, cells)), min_size=1, max_size=4))
def test_no_roster_crashes_the_check_and_every_row_is_accounted_for(programme, people):
    before = ImportRun.objects.count()
    try:
        run = checked(programme, *people)
    except Refusal:
        assert ImportRun.objects.count() == before
        return
    assert run.state == ImportState.CHECKED
    assert run.rows.count() == run.staged_count == run.row_count
    assert run.rows.filter(is_bad=True).count() == run.bad_count
    shown = list(problems_of(run))
    assert {each.row for each in shown} == set(
        run.rows.filter(is_bad=True).values_list("number", flat=True)
    )
    assert all(each.sentence and "{" not in each.sentence for each in shown if each.value == "")
    assert not Participation.objects.exists()
