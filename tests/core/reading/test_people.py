import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.reading.columns import Field, guess, validate_mapping
from mentorwell.core.reading.dates import DateOrder
from mentorwell.core.reading.files import read_table
from mentorwell.core.reading.people import EARLIEST_START, LATEST_START, read_roster
from mentorwell.core.reading.roster import Choice, Options, Part, Problem, Reason, RosterRow
from mentorwell.core.reading.table import Row, Table


TODAY = date(2026, 11, 22)
MAPPING = {
    "Name": Field.NAME,
    "First": Field.FIRST_NAME,
    "Last": Field.LAST_NAME,
    "Email": Field.EMAIL,
    "Part": Field.PART,
    "Both": Field.BOTH,
    "Headline": Field.HEADLINE,
    "Stage": Field.STAGE,
    "Site": Field.SITE,
    "Unit": Field.UNIT,
    "Topics": Field.TOPICS,
    "More topics": Field.TOPICS,
    "Story": Field.STORY,
    "Start": Field.START_DATE,
    "Cohort": Field.COHORT,
    "Places": Field.PLACES,
    "Languages": Field.LANGUAGES,
}
ADA = {"Name": "Ada Lovelace", "Email": "ada@example.org", "Part": "mentor"}
BOB = {"Name": "Bob Stone", "Email": "bob@example.org", "Part": "mentee"}


def table(*people):
    header = tuple(dict.fromkeys(column for person in people for column in person))
    rows = (tuple(person.get(column, "") for column in header) for person in people)
    return Table(header, tuple(Row(number, cells) for number, cells in enumerate(rows, start=2)))


def read(*people, **options):
    found = table(*people)
    mapping = {column: MAPPING[column] for column in found.header if column in MAPPING}
    return read_roster(found, mapping, Options(today=TODAY, **options))


def person(*, of=ADA, known=None, **cells):
    """Return the one person of a file, read with further cells."""
    extra = {name.replace("_", " "): text for name, text in cells.items()}
    roster = read({**of, **extra}, known=known or {})
    assert roster.problems == ()
    return roster.rows[0]


def problem(person, **options):
    """Return the one problem of a file with one row, and see that the row is left out."""
    roster = read(person, **options)
    assert roster.rows == ()
    (found,) = roster.problems
    assert found.row == 2
    return found.column, found.value, found.reason, dict(found.params)


def test_a_full_row_is_read_whole():
    roster = read(
        {
            **ADA,
            "Headline": " Consultant  cardiologist ",
            "Stage": "consultant",
            "Site": "Main hospital",
            "Unit": "Cardiology",
            "Topics": "Heart failure; Research",
            "Story": "One.\r\n\r\nTwo.",
            "Start": "2020-09-01",
            "Cohort": "2020",
            "Places": "2",
            "Languages": "English, Welsh",
        },
        known={Field.SITE: {"Main Hospital": "main"}},
        units={"main": {"Cardiology": "cardio"}},
    )
    assert roster.problems == ()
    assert roster.rows == (
        RosterRow(
            number=2,
            email="ada@example.org",
            name="Ada Lovelace",
            parts=(Part.MENTOR,),
            headline="Consultant cardiologist",
            stage=Choice("", "consultant"),
            site=Choice("main", "Main Hospital"),
            unit=Choice("cardio", "Cardiology"),
            topics=(Choice("", "Heart failure"), Choice("", "Research")),
            story="One.\n\nTwo.",
            start_date=date(2020, 9, 1),
            cohort="2020",
            places=2,
            languages=(Choice("", "English"), Choice("", "Welsh")),
        ),
    )


def test_a_row_may_say_little():
    row = person()
    assert row == RosterRow(2, "ada@example.org", "Ada Lovelace", (Part.MENTOR,))


def test_columns_without_a_field_are_not_looked_at():
    assert person(Gender="#REF!") == person()


# --- Who ----------------------------------------------------------------------------------


def test_first_and_last_name_make_a_name():
    row = person(of={"First": " Ada ", "Last": "Lovelace", "Email": "a@x.org", "Part": "mentor"})
    assert row.name == "Ada Lovelace"


def test_one_of_two_names_is_enough():
    assert (
        person(of={"First": "", "Last": "Ada", "Email": "a@x.org", "Part": "mentor"}).name == "Ada"
    )


def test_a_whole_name_goes_before_its_parts():
    assert person(First="A.", Last="King").name == "Ada Lovelace"
    assert person(of={**ADA, "Name": ""}, First="A.", Last="King").name == "A. King"


def test_a_row_needs_a_name():
    assert problem({**ADA, "Name": " \u200b"}) == ("Name", "", Reason.MISSING, {})
    nameless = {"First": "", "Last": "", "Email": "a@x.org", "Part": "mentor"}
    assert problem(nameless) == ("First", "", Reason.MISSING, {})


def test_a_row_needs_an_e_mail():
    assert problem({**ADA, "Email": ""}) == ("Email", "", Reason.MISSING, {})


def test_a_bad_e_mail_is_shown_as_it_stands():
    assert problem({**ADA, "Email": "ada at example"}) == (
        "Email",
        "ada at example",
        Reason.BAD_EMAIL,
        {},
    )


def test_a_huge_bad_cell_is_kept_in_part():
    column, value, reason, _ = problem({**ADA, "Email": "x" * 30_000})
    assert (column, reason) == ("Email", Reason.BAD_EMAIL)
    assert value == "x" * 500 + "…"


def test_text_that_begins_like_a_formula_is_kept_as_text():
    row = person(Headline="=cmd()", Cohort="-1", Story="@here", Site="+44")
    assert (row.headline, row.cohort, row.story, row.site.name) == ("=cmd()", "-1", "@here", "+44")


def test_a_spreadsheet_error_is_no_value():
    expected = ("Headline", "#N/A", Reason.SPREADSHEET_ERROR, {})
    assert problem({**ADA, "Headline": "#N/A"}) == expected
    half = {"First": "#REF!", "Last": "Lovelace", "Email": "a@x.org", "Part": "mentor"}
    assert problem(half) == ("First", "#REF!", Reason.SPREADSHEET_ERROR, {})


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Name", Field.NAME),
        ("Headline", Field.HEADLINE),
        ("Story", Field.STORY),
        ("Cohort", Field.COHORT),
        ("Site", Field.SITE),
    ],
)
def test_text_may_be_as_long_as_the_limit_and_no_longer(column, field):
    assert read({**ADA, column: "x" * 9}, longest={field: 9}).problems == ()
    assert problem({**ADA, column: "x" * 10}, longest={field: 9}) == (
        column,
        "x" * 10,
        Reason.TOO_LONG,
        {"most": 9},
    )


# --- Which part ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("mentor", (Part.MENTOR,)),
        (" Mentors", (Part.MENTOR,)),
        ("Mentee", (Part.MENTEE,)),
        ("Protégé", (Part.MENTEE,)),
        ("both", (Part.MENTOR, Part.MENTEE)),
        ("Mentor & mentee", (Part.MENTOR, Part.MENTEE)),
        ("mentee/mentor", (Part.MENTOR, Part.MENTEE)),
    ],
)
def test_a_row_names_its_part(typed, parts):
    assert person(Part=typed).parts == parts


def test_an_unknown_part_is_reported():
    assert problem({**ADA, "Part": "boss"}) == ("Part", "boss", Reason.UNKNOWN_PART, {})


def test_a_row_without_a_part_takes_the_part_of_the_file():
    assert read({**ADA, "Part": ""}, part=Part.MENTEE).rows[0].parts == (Part.MENTEE,)
    assert read(ADA, part=Part.MENTEE).rows[0].parts == (Part.MENTOR,)


@pytest.mark.parametrize(
    ("typed", "both"), [("yes", True), ("X", True), ("No", False), ("", False)]
)
def test_yes_to_both_parts_means_both(typed, both):
    (row,) = read({**ADA, "Part": "", "Both": typed}, part=Part.MENTEE).rows
    assert row.parts == ((Part.MENTOR, Part.MENTEE) if both else (Part.MENTEE,))


def test_an_unknown_answer_is_reported_once():
    found = problem({"Name": "Ada", "Email": "a@x.org", "Both": "perhaps"})
    assert found == ("Both", "perhaps", Reason.UNKNOWN_ANSWER, {})


@pytest.mark.parametrize(
    ("cells", "column"), [({"Part": ""}, "Part"), ({"Both": "no"}, "Both"), ({}, "")]
)
def test_a_row_without_any_part_is_reported(cells, column):
    bare = {"Name": "Ada", "Email": "a@x.org", **cells}
    assert problem(bare) == (column, "", Reason.NO_PART, {})


# --- Choices ------------------------------------------------------------------------------


SITES = {Field.SITE: {"St. Mary's Hospital": "mary", "Main Hospital": "main", "Mary's": "mary"}}


@pytest.mark.parametrize(
    "typed",
    ["St. Mary's Hospital", "st marys hospital", "ST MARY S HOSPITAL", "St.Mary's-Hospital"],
)
def test_a_known_name_is_found_in_other_spellings(typed):
    assert person(Site=typed, known=SITES).site.key == "mary"


@pytest.mark.parametrize("typed", ["PGY-1", "PGY1", "pgy 1"])
def test_word_breaks_do_not_matter_for_a_stage(typed):
    assert person(Stage=typed, known={Field.STAGE: {"pgy-1": "pgy-1"}}).stage.key == "pgy-1"


UNITS = {"main": {"Cardiology": "main-cardio"}, "mary": {"Cardiology": "mary-cardio"}}


def test_a_unit_is_looked_for_at_its_site():
    roster = read(
        {**ADA, "Site": "Main Hospital", "Unit": "cardiology"},
        {**BOB, "Site": "Mary's", "Unit": "Cardiology"},
        known=SITES,
        units=UNITS,
    )
    assert [row.unit.key for row in roster.rows] == ["main-cardio", "mary-cardio"]


def test_an_unknown_unit_is_reported_unless_it_may_be_made():
    row = {**ADA, "Site": "Main Hospital", "Unit": "Cardiolgy"}
    assert problem(row, known=SITES, units=UNITS) == (
        "Unit",
        "Cardiolgy",
        Reason.UNKNOWN_VALUE,
        {"near": "Cardiology"},
    )
    create = frozenset({Field.UNIT})
    (made,) = read(row, known=SITES, units=UNITS, create=create).rows
    assert made.unit == Choice("", "Cardiolgy")


def test_a_unit_may_be_made_at_a_site_that_is_made():
    create = frozenset({Field.UNIT, Field.SITE})
    row = {**ADA, "Site": "New Clinic", "Unit": "Ward 1"}
    (made,) = read(row, known=SITES, units=UNITS, create=create).rows
    assert (made.site, made.unit) == (Choice("", "New Clinic"), Choice("", "Ward 1"))


def test_a_unit_without_a_site_is_reported():
    assert problem({**ADA, "Unit": "Ward 1"}) == ("Unit", "Ward 1", Reason.NO_SITE, {})


def test_a_unit_at_an_unknown_site_is_reported_once():
    found = problem({**ADA, "Site": "Zoo", "Unit": "Ward 1"}, known=SITES)
    assert found == ("Site", "Zoo", Reason.UNKNOWN_VALUE, {"near": ""})


def test_an_unknown_name_is_reported_with_the_nearest_known_one():
    assert problem({**ADA, "Site": "Main Hopsital"}, known=SITES) == (
        "Site",
        "Main Hopsital",
        Reason.UNKNOWN_VALUE,
        {"near": "Main Hospital"},
    )


def test_an_unknown_name_that_is_near_to_none_is_reported_alone():
    assert problem({**ADA, "Site": "Zoo"}, known=SITES)[3] == {"near": ""}


def test_unknown_names_may_be_made_and_are_one_in_all_spellings():
    roster = read(
        {**ADA, "Site": "New Clinic"},
        {**BOB, "Site": "NEW  clinic"},
        known=SITES,
        create=frozenset({Field.SITE}),
    )
    assert [row.site for row in roster.rows] == [Choice("", "New Clinic")] * 2


def test_several_topics_stand_in_one_cell_or_in_several_columns():
    row = person(Topics="Research; Teaching|research", More_topics="Leadership;Teaching")
    assert [topic.name for topic in row.topics] == ["Research", "Teaching", "Leadership"]


def test_two_names_of_one_known_topic_count_once():
    known = {Field.TOPICS: {"Heart failure": "hf", "HF": "hf"}}
    assert person(Topics="HF; heart failure", known=known).topics == (Choice("hf", "HF"),)


def test_one_unknown_topic_among_several_is_named():
    known = {Field.TOPICS: {"Research": "research", "Teaching": "teaching"}}
    found = problem({**ADA, "Topics": "Teaching; Reserch"}, known=known)
    assert found == ("Topics", "Reserch", Reason.UNKNOWN_VALUE, {"near": "Research"})


def test_what_only_a_person_may_choose_is_reported():
    known = {Field.TOPICS: {"Research": "research", "Faith and medicine": "faith"}}
    row = {**ADA, "Topics": "Research; faith & medicine"}
    found = problem(row, known=known, private=frozenset({"Faith and medicine"}))
    assert found == ("Topics", "faith & medicine", Reason.OWN_CHOICE, {})


def test_languages_stand_between_commas_or_slashes_too():
    row = person(Languages="English/Welsh, French; Tamil")
    assert [language.name for language in row.languages] == ["English", "Welsh", "French", "Tamil"]


# --- Dates and figures --------------------------------------------------------------------


def test_the_order_of_dates_is_the_office_s_to_say():
    (row,) = read({**ADA, "Start": "3/4/2026"}, dates=DateOrder.DAY_FIRST).rows
    assert row.start_date == date(2026, 4, 3)
    (row,) = read({**ADA, "Start": "3/4/2026"}, dates=DateOrder.MONTH_FIRST).rows
    assert row.start_date == date(2026, 3, 4)


def test_a_date_of_two_meanings_is_reported_with_both():
    assert problem({**ADA, "Start": "3/4/2026"}) == (
        "Start",
        "3/4/2026",
        Reason.UNCLEAR_DATE,
        {"first": "2026-03-04", "second": "2026-04-03"},
    )


def test_what_is_no_date_is_reported():
    assert problem({**ADA, "Start": "soon"}) == ("Start", "soon", Reason.BAD_DATE, {})


@pytest.mark.parametrize("year", [TODAY.year - EARLIEST_START, TODAY.year + LATEST_START])
def test_a_start_within_a_working_life_is_taken(year):
    assert person(Start=f"{year}-01-01").start_date.year == year


@pytest.mark.parametrize("year", [TODAY.year - EARLIEST_START - 1, TODAY.year + LATEST_START + 1])
def test_a_start_beyond_a_working_life_is_reported(year):
    day = f"{year}-01-01"
    assert problem({**ADA, "Start": day}) == ("Start", day, Reason.FAR_DATE, {"date": day})


@pytest.mark.parametrize(("typed", "places"), [("0", 0), ("3", 3), ("2.0", 2), ("", None)])
def test_places_are_a_whole_number(typed, places):
    assert person(Places=typed).places == places


@pytest.mark.parametrize("typed", ["4", "-1", "two", "1.5"])
def test_places_beyond_what_the_programme_allows_are_reported(typed):
    found = problem({**ADA, "Places": typed})
    assert found == ("Places", typed, Reason.BAD_COUNT, {"most": 3})


# --- The file as a whole ------------------------------------------------------------------


def test_one_person_twice_in_one_part_is_reported_with_both_rows():
    roster = read(ADA, BOB, {**ADA, "Email": "ADA@example.org"})
    assert [row.number for row in roster.rows] == [2, 3]
    assert roster.problems == (
        Problem(4, "Email", "ada@example.org", Reason.SAME_TWICE, {"row": 2}),
    )


def test_one_person_may_be_mentor_in_one_row_and_mentee_in_another():
    roster = read(ADA, {**ADA, "Part": "mentee"})
    assert roster.problems == ()
    assert [row.parts for row in roster.rows] == [(Part.MENTOR,), (Part.MENTEE,)]


def test_both_parts_and_one_of_them_again_is_reported():
    roster = read(ADA, {**ADA, "Part": "both"})
    assert [(found.row, found.reason) for found in roster.problems] == [(3, Reason.SAME_TWICE)]


def test_one_address_under_two_names_is_reported():
    roster = read(ADA, {**ADA, "Part": "mentee", "Name": "Ada King"})
    assert roster.problems == (
        Problem(3, "Name", "Ada King", Reason.OTHER_NAME, {"row": 2, "name": "Ada Lovelace"}),
    )


def test_rows_without_an_address_are_not_taken_for_one_person():
    roster = read({**ADA, "Email": "x"}, {**ADA, "Email": "y"})
    assert [found.reason for found in roster.problems] == [Reason.BAD_EMAIL] * 2


def test_problems_stand_in_the_order_of_the_file():
    roster = read(
        {"Places": "9", "Email": "x", "Name": "", "Part": "mentor"},
        ADA,
        {"Places": "9", "Email": "", "Name": "", "Part": "?"},
    )
    assert [(found.row, found.column) for found in roster.problems] == [
        (2, "Places"),
        (2, "Email"),
        (2, "Name"),
        (4, "Places"),
        (4, "Email"),
        (4, "Name"),
        (4, "Part"),
    ]
    assert [row.number for row in roster.rows] == [3]


def test_a_civil_service_file_is_read_as_it_comes():
    data = (
        b"first name,last name,email address,both mentor and mentee,job title,grade,organisation,"
        b"profession,match with similar identity,identity to match,biography\n"
        b'Ann,Reed,ann@example.org,yes,Analyst,HEO,Department of Joy,Policy,yes,private,"Hello, all."\n'
        b"Ben,Cole,ben@example.org,no,Adviser,Grade 7,Department of Joy,Security,no,,\n"
    )
    found = read_table(data)
    mapping = {one.column: one.field for one in guess(found.header) if one.field}
    roster = read_roster(found, mapping, Options(today=TODAY, part=Part.MENTEE))
    assert roster.problems == ()
    ann, ben = roster.rows
    assert ann == RosterRow(
        number=2,
        email="ann@example.org",
        name="Ann Reed",
        parts=(Part.MENTOR, Part.MENTEE),
        headline="Analyst",
        stage=Choice("", "HEO"),
        site=Choice("", "Department of Joy"),
        topics=(Choice("", "Policy"),),
        story="Hello, all.",
    )
    assert ben.parts == (Part.MENTEE,)
    assert "private" not in repr(roster)


# --- Laws ---------------------------------------------------------------------------------


junk = st.text() | st.sampled_from(
    ["", "yes", "mentor", "both", "ada@example.org", "3/4/2026", "2026-04-03", "2", "Main", "#N/A"]
)


@given(
    st.lists(st.lists(junk, min_size=len(MAPPING), max_size=len(MAPPING)), min_size=1, max_size=6),
    st.sampled_from(DateOrder),
    st.sampled_from([None, *Part]),
    st.frozensets(st.sampled_from([Field.SITE, Field.TOPICS])),
)
def test_every_row_is_read_whole_or_has_a_problem_that_names_it(rows, dates, part, create):
    found = Table(tuple(MAPPING), tuple(Row(n, tuple(row)) for n, row in enumerate(rows, 2)))
    options = Options(
        today=TODAY,
        part=part,
        dates=dates,
        known={Field.SITE: {"Main": "main"}, Field.TOPICS: {"Main": "main"}},
        create=create,
        longest={Field.NAME: 20},
    )
    roster = read_roster(found, MAPPING, options)
    good = {row.number for row in roster.rows}
    bad = {problem.row for problem in roster.problems}
    assert good | bad == {row.number for row in found.rows}
    assert not good & bad
    assert {problem.column for problem in roster.problems} <= {*found.header, ""}
    assert all(row.email and row.name and row.parts for row in roster.rows)
    assert read_roster(found, MAPPING, options) == roster


written = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n,;"'))


@given(st.lists(st.tuples(written, written), min_size=1, max_size=5))
def test_every_row_of_a_written_file_is_accounted_for(rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Name", "E-mail", "Role"])
    writer.writerows([("x", *row) for row in rows])
    found = read_table(out.getvalue().encode())
    mapping = {one.column: one.field for one in guess(found.header) if one.field}
    assert validate_mapping(found.header, mapping) == ()
    roster = read_roster(found, mapping, Options(today=TODAY))
    assert len(roster.rows) + len({problem.row for problem in roster.problems}) == len(rows)
