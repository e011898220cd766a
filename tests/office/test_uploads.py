"""A roster file comes in, and the office says what its columns mean."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import ImportState, ProgrammeState
from mentorwell.core.reading.columns import Field
from mentorwell.core.reading.dates import DateOrder
from mentorwell.core.reading.roster import Part
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.office import services
from mentorwell.office.models import ColumnMapping, ImportRow, ImportRun
from mentorwell.office.queries.imports import imports_visible_to, table_of
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory
from tests.office.rosters import ADA, BEN, CREATE, checked, reading_of, uploaded, written


pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def coordinator(programme):
    return OfficeRoleFactory(programme=programme).person


@pytest.fixture
def director(programme):
    return OfficeRoleFactory(programme=programme, role="director").person


def check(run, *, by=None, now=NOW, in_background=False, **options):
    services.check_roster(
        run=run, reading=reading_of(run, **options), by=by, now=now, in_background=in_background
    )
    run.refresh_from_db()


# --- The file -------------------------------------------------------------------------------


def test_an_uploaded_file_waits_with_a_guess_of_its_columns(programme, coordinator):
    run = uploaded(programme, {**ADA, "parking": "12"}, BEN, by=coordinator)
    run.refresh_from_db()
    assert (run.state, run.by, run.row_count) == (ImportState.UPLOADED, coordinator, 2)
    assert run.header == ["name", "email", "part", "parking"]
    assert run.columns == {"name": "name", "email": "email", "part": "part"}
    assert [row.cells[0] for row in table_of(run).rows] == ["Ada Reed", "Ben Cole"]
    assert Event.objects.get(verb="office.import.upload").target_uid == run.uid


def test_the_file_is_sealed_in_the_database(programme):
    run = uploaded(programme, ADA)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM office_importrun")
        stored = str(cursor.fetchall())
    assert "people.csv" in stored
    assert "Ada" not in stored
    assert "YWRh" not in stored  # base64 of what an address begins with
    assert run.file


@pytest.mark.parametrize(
    ("file_name", "part"),
    [
        ("mentees.csv", "mentee"),
        ("New Mentors 2026.xlsx", "mentor"),
        ("mentors and mentees.csv", ""),
        ("people.csv", ""),
        ("mentoring-2026.csv", ""),
        ("mentorship people.xlsx", ""),
    ],
)
def test_the_name_of_a_file_may_tell_the_part(programme, file_name, part):
    assert uploaded(programme, ADA, file_name=file_name).part == part


def test_a_long_file_name_keeps_its_end(programme):
    assert uploaded(programme, ADA, file_name=f"{'x' * 300}.csv").file_name.endswith("xx.csv")


def test_an_unreadable_file_is_refused_with_its_reason(programme):
    with pytest.raises(
        NotPossibleNow, match="Row 3 has 1 cells; columns named in the first row: 2"
    ):
        services.upload_roster(
            programme=programme, file_name="x.csv", data=b"a,b\n1,2\n3\n", by=None, now=NOW
        )
    assert not ImportRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_read_before_the_transaction_begins(programme):
    with CaptureQueriesContext(connection) as unreadable, pytest.raises(NotPossibleNow):
        services.upload_roster(
            programme=programme, file_name="x.csv", data=b"a,b\n1,2\n3\n", by=None, now=NOW
        )
    with CaptureQueriesContext(connection) as readable:
        uploaded(programme, ADA)
    begun = ["BEGIN" in str(list(queries)) for queries in (unreadable, readable)]
    assert begun == [False, True]


def test_only_the_office_uploads(programme):
    leader = OfficeRoleFactory(programme=programme, role="leader").person
    for stranger in (UserFactory(), leader, OfficeRoleFactory().person):
        with pytest.raises(NotAllowed):
            uploaded(programme, ADA, by=stranger)
    assert not ImportRun.objects.exists()


def test_nobody_uploads_for_a_programme_that_has_ended():
    with pytest.raises(NotPossibleNow):
        uploaded(ProgrammeFactory(state=ProgrammeState.CLOSED), ADA)


def test_a_roster_is_seen_by_those_who_may_bring_people_in(programme, coordinator, director):
    run = uploaded(programme, ADA, by=coordinator)
    leader = OfficeRoleFactory(programme=programme, role="leader").person
    assert list(imports_visible_to(coordinator)) == list(imports_visible_to(director)) == [run]
    for stranger in (UserFactory(), leader, OfficeRoleFactory().person):
        assert not imports_visible_to(stranger).exists()


KNOWINGLY = (
    "“gender” tells who somebody is. It stays out unless you tick that you bring it in knowingly."
)


# --- What the columns are -------------------------------------------------------------------


def test_saying_how_a_file_is_read_sends_a_job(programme, coordinator):
    run = uploaded(programme, ADA, by=coordinator)
    check(
        run,
        by=coordinator,
        in_background=True,
        part=Part.MENTOR,
        dates=DateOrder.DAY_FIRST,
        create=(Field.TOPICS,),
        meanings={Field.STAGE: {"Boss": "dean"}},
    )
    assert run.state == ImportState.STAGING
    assert (run.part, run.dates, run.create) == ("mentor", DateOrder.DAY_FIRST, ["topics"])
    assert run.meanings == {"stage": {"Boss": "dean"}}
    job = DBTaskResult.objects.get()
    assert job.task_path == "mentorwell.office.tasks.stage_roster"
    assert job.args_kwargs["kwargs"] == {"run_id": run.pk}
    assert Event.objects.get(verb="office.import.check").actor_uid == coordinator.uid


def test_who_checks_by_themselves_sends_no_job(programme):
    check(uploaded(programme, ADA))
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"name": Field.NAME}, "Choose the column with the e-mail address."),
        (
            {"email": Field.EMAIL, "name": Field.FIRST_NAME},
            "Choose the column with the name, or those with first and last name.",
        ),
        (
            {"email": Field.EMAIL, "name": Field.NAME, "part": Field.NAME},
            "“name” and “part” cannot both be the whole name.",
        ),
        (
            {"email": Field.EMAIL, "name": Field.NAME, "gone": Field.SITE},
            "This file has no column called “gone”.",
        ),
        (
            {"email": Field.EMAIL, "name": Field.NAME, "gender": Field.COHORT},
            KNOWINGLY,
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_in_words(programme, columns, sentence):
    run = uploaded(programme, {**ADA, "gender": "x"})
    with pytest.raises(NotPossibleNow) as caught:
        check(run, columns=columns)
    assert str(caught.value) == sentence
    run.refresh_from_db()
    assert run.state == ImportState.UPLOADED


def test_identity_comes_in_only_knowingly_and_is_not_remembered(programme):
    columns = {"name": Field.NAME, "email": Field.EMAIL, "gender": Field.COHORT}
    run = uploaded(programme, {**ADA, "gender": "x"})
    check(run, columns=columns, knowingly=frozenset({"gender"}))
    assert (run.state, run.knowingly) == (ImportState.STAGING, ["gender"])
    assert "gender" not in uploaded(programme, {**ADA, "gender": "x"}).columns


def test_a_coordinator_adds_topics_but_no_sites(programme, coordinator, director):
    run = uploaded(programme, ADA, by=coordinator)
    for field in (Field.SITE, Field.UNIT):
        with pytest.raises(NotAllowed, match="Only a programme director"):
            check(run, by=coordinator, create=(field,))
    check(run, by=coordinator, create=(Field.TOPICS,))
    by_director = uploaded(programme, BEN)
    check(by_director, by=director, create=CREATE)
    # Whoever checks it again may leave what a director allowed as it is.
    ImportRun.objects.update(state=ImportState.CHECKED)
    by_director.refresh_from_db()
    check(by_director, by=coordinator, create=CREATE)


def test_a_stranger_does_not_say_how_a_file_is_read(programme):
    run = uploaded(programme, ADA)
    with pytest.raises(NotAllowed):
        check(run, by=UserFactory())


def test_a_file_that_is_being_read_is_not_read_twice(programme):
    run = uploaded(programme, ADA)
    check(run)
    with pytest.raises(NotPossibleNow, match="being read or brought in"):
        check(run)


def test_the_next_file_with_the_same_columns_is_read_the_same_way(programme):
    told = {"who": "Ada Reed", "address": "ada@example.org", "extra": "x"}
    run = uploaded(programme, told)
    assert Field.EMAIL not in run.columns.values()
    columns = {"who": Field.NAME, "address": Field.EMAIL}
    meanings = {Field.STAGE: {"Boss": "dean"}}
    check(
        run,
        columns=columns,
        part=Part.MENTEE,
        dates=DateOrder.MONTH_FIRST,
        meanings=meanings,
        now=NOW - timedelta(days=1),
    )
    again = uploaded(programme, {"EXTRA": "y", "Address": "b@example.org", "Who": "Ben"})
    assert again.columns == {"Who": "name", "Address": "email"}
    assert (again.part, again.dates) == ("mentee", DateOrder.MONTH_FIRST)
    assert again.meanings == {"stage": {"Boss": "dean"}}
    # Said otherwise, the later word counts.
    check(again, part=Part.MENTOR)
    assert ColumnMapping.objects.get().part == "mentor"
    assert ColumnMapping.objects.get().kept_at == NOW


def test_columns_that_are_called_almost_the_same_are_remembered_apart(programme):
    told = {"name": "Ada Reed", "E-mail": "", "E mail": "ada@example.org"}
    columns = {"name": Field.NAME, "E mail": Field.EMAIL}
    check(uploaded(programme, told), columns=columns)
    again = uploaded(programme, told)
    assert again.columns == {"name": "name", "E mail": "email"}


def test_another_organisation_guesses_for_itself(programme):
    told = {"who": "Ada", "address": "ada@example.org"}
    check(uploaded(programme, told), columns={"who": Field.NAME, "address": Field.EMAIL})
    assert uploaded(ProgrammeFactory(), told).columns == {}


# --- Forgotten ------------------------------------------------------------------------------


def test_a_roster_is_discarded_with_all_its_rows(programme, coordinator):
    run = checked(programme, ADA, BEN)
    services.discard_roster(run=run, by=coordinator, now=NOW)
    assert not ImportRun.objects.exists()
    assert not ImportRow.objects.exists()
    assert Event.objects.get(verb="office.import.discard").target_uid == run.uid


def test_a_roster_that_is_being_read_may_be_discarded(programme):
    run = uploaded(programme, ADA)
    check(run)
    services.discard_roster(run=run, by=None, now=NOW)
    services.stage_roster(run_id=run.pk, now=NOW)
    assert not ImportRun.objects.exists()
    assert not ImportRow.objects.exists()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (ImportState.APPLYING, "are being brought in at this moment"),
        (ImportState.DONE, "in already"),
    ],
)
def test_who_is_in_cannot_be_discarded(programme, state, sentence):
    run = uploaded(programme, ADA)
    ImportRun.objects.update(state=state, file="")
    with pytest.raises(NotPossibleNow, match=sentence):
        services.discard_roster(run=run, by=None, now=NOW)
    assert ImportRun.objects.exists()
    assert not Event.objects.filter(verb="office.import.discard").exists()


def test_a_stranger_discards_nothing(programme):
    run = uploaded(programme, ADA)
    with pytest.raises(NotAllowed):
        services.discard_roster(run=run, by=UserFactory(), now=NOW)


def test_a_roster_that_nobody_brings_in_is_forgotten_after_a_week(programme):
    checked(programme, ADA, now=NOW - timedelta(days=7))
    done = uploaded(programme, BEN, now=NOW - timedelta(days=30))
    ImportRun.objects.filter(pk=done.pk).update(state=ImportState.DONE, file="")
    young = uploaded(programme, ADA, now=NOW - timedelta(days=6))
    assert services.forget_rosters(now=NOW) == 1
    assert set(ImportRun.objects.all()) == {done, young}
    assert not ImportRow.objects.exists()
    assert services.forget_rosters(now=NOW) == 0


def test_a_file_is_read_from_its_bytes(programme):
    data = written(ADA).replace(b",", b";").decode().encode("utf-16")
    run = services.upload_roster(
        programme=programme, file_name="x.csv", data=data, by=None, now=NOW
    )
    assert run.header == ["name", "email", "part"]
