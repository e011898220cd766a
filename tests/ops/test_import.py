"""`mentorwell import roster` on files as they come."""

import pytest
from click.testing import CliRunner

from mentorwell.accounts.models import User
from mentorwell.notices.models import Notice
from mentorwell.office.models import ImportRow, ImportRun
from mentorwell.ops.cli import cli
from mentorwell.people.models import Participation, Profile
from mentorwell.programmes.models import Site
from tests.factories.programmes import ProgrammeFactory
from tests.office.rosters import ADA, BEN, written


pytestmark = pytest.mark.django_db

CIVIL_SERVICE = (
    b"first name,last name,email address,both mentor and mentee,job title,grade,organisation,"
    b"profession,match with similar identity,identity to match,biography\n"
    b'Ann,Reed,ann@example.org,yes,Analyst,HEO,Department of Joy,Policy,yes,private,"Hello."\n'
    b"Ben,Cole,ben@example.org,no,Adviser,Grade 7,Department of Love,Security,no,,\n"
)


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="civil", policy__stage_list="civil-service")


@pytest.fixture
def bring_in(programme, tmp_path):
    def run(data, *options, name="people.csv"):
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else written(*data))
        arguments = ["import", "roster", str(file), "--programme", "civil", *options]
        return CliRunner().invoke(cli, arguments)

    return run


def test_a_civil_service_file_comes_in_without_editing(bring_in):
    result = bring_in(CIVIL_SERVICE, name="mentees.csv")
    assert result.exit_code == 0, result.output
    assert "3 parts are new, with 2 new accounts" in result.output
    assert "Nobody was mailed" in result.output
    ann, ben = User.objects.order_by("name")
    assert sorted(ann.participations.values_list("part", flat=True)) == ["mentee", "mentor"]
    assert [part.part for part in ben.participations.all()] == ["mentee"]
    assert (ann.profile.headline, ann.profile.stage) == ("Analyst", "heo")
    assert ben.profile.stage == "grade-7"
    assert ann.profile.site.name == "Department of Joy"
    assert not Notice.objects.exists()


def test_identity_columns_are_named_and_left_out(bring_in):
    result = bring_in(CIVIL_SERVICE, name="mentees.csv")
    assert "identity to match: left out, it tells who somebody is" in result.output
    stored = repr(list(Participation.objects.values())) + repr(list(Profile.objects.values()))
    assert "private" not in stored


def test_the_same_file_twice_changes_nothing(bring_in):
    bring_in(CIVIL_SERVICE, name="mentees.csv")
    result = bring_in(CIVIL_SERVICE, name="mentees.csv")
    assert "0 parts are new, with 0 new accounts; 0 people changed" in result.output


def test_a_very_long_cell_is_named_by_its_beginning(bring_in):
    result = bring_in([{**ADA, "name": "A" * 5000}])
    assert result.exit_code == 1
    assert "A" * 79 + "…” This is too long" in result.output
    assert "A" * 81 not in result.output


def test_a_dry_run_brings_nobody_in_and_keeps_nothing(bring_in):
    result = bring_in([{**ADA, "site": "West"}, BEN], "--dry-run")
    assert result.exit_code == 0
    assert "All 2 rows are good." in result.output
    assert "New, site: West" in result.output
    assert "dry run" in result.output
    assert not User.objects.exists()
    assert not Site.objects.exists()
    assert not ImportRun.objects.exists()
    assert not ImportRow.objects.exists()


def test_bad_rows_are_listed_and_nobody_comes_in(bring_in):
    result = bring_in([ADA, {**BEN, "email": "ben at home"}, {"name": "Cy", "email": "c@x.org"}])
    assert result.exit_code == 1
    assert "Row 3, email: “ben at home” This is not an e-mail address." in result.output
    assert "Row 4, part: “” This does not say whether" in result.output
    assert "2 of 3 rows cannot be brought in" in result.output
    assert not User.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_problem_of_no_column_names_the_row(bring_in):
    result = bring_in([{"name": "Cy", "email": "c@x.org"}])
    assert "Row 2: “” This does not say whether" in result.output


def test_options_say_what_the_file_leaves_open(bring_in):
    people = [{"who": "Ada Reed", "address": "ada@example.org", "start date": "3/4/2026"}]
    result = bring_in(
        people,
        *("--part", "mentor", "--dates", "day-first"),
        *("--column", "name=who", "--column", "email=address"),
    )
    assert result.exit_code == 0, result.output
    part = Participation.objects.get()
    assert (part.part, str(part.start_date)) == ("mentor", "2026-04-03")


def test_a_column_told_goes_before_the_guess(bring_in):
    people = [{**ADA, "second email": "ada@home.example.org"}]
    bring_in(people, "--column", "email=second email")
    assert User.objects.get().email == "ada@home.example.org"


def test_only_known_refuses_new_sites(bring_in):
    result = bring_in([{**ADA, "site": "West"}], "--only-known")
    assert result.exit_code == 1
    assert "Row 2, site: “West” We do not know this name." in result.output


def test_what_cannot_be_is_refused_in_a_sentence(bring_in, tmp_path):
    for result, sentence in (
        (bring_in(b"\x00\x01"), "neither a CSV file nor an XLSX workbook"),
        (bring_in([ADA], "--column", "size=name"), "There is no field size."),
        (bring_in([{"name": "Ada"}]), "Choose the column with the e-mail address."),
        (
            CliRunner().invoke(
                cli, ["import", "roster", str(tmp_path / "people.csv"), "--programme", "none"]
            ),
            "There is no programme called none.",
        ),
    ):
        assert result.exit_code != 0
        assert sentence in result.output
    assert not ImportRun.objects.exists()
