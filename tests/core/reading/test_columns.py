import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.reading.columns import (
    SEVERAL,
    Field,
    GuessReason,
    MappingReason,
    fingerprint,
    guess,
    is_identity,
    validate_mapping,
)


def field_of(column):
    return guess([column])[0].field


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Name", Field.NAME),
        ("Full name", Field.NAME),
        ("first name", Field.FIRST_NAME),
        ("FirstName", Field.FIRST_NAME),
        ("Forename(s)", Field.FIRST_NAME),
        ("Vorname", Field.FIRST_NAME),
        ("Prénom", Field.FIRST_NAME),
        ("last_name", Field.LAST_NAME),
        ("Surname", Field.LAST_NAME),
        ("Family  Name", Field.LAST_NAME),
        ("E-mail", Field.EMAIL),
        ("EMAIL ADDRESS", Field.EMAIL),
        ("Your work e-mail (please no private one)", Field.EMAIL),
        ("emial adress", Field.EMAIL),
        ("Mentee email", Field.EMAIL),
        ("Role", Field.PART),
        ("Mentor/Mentee", Field.PART),
        ("both mentor and mentee", Field.BOTH),
        ("Job title", Field.HEADLINE),
        ("Current position", Field.HEADLINE),
        ("grade", Field.STAGE),
        ("PGY", Field.STAGE),
        ("Career stage", Field.STAGE),
        ("organisation", Field.SITE),
        ("Organization", Field.SITE),
        ("Hospital", Field.SITE),
        ("Department", Field.UNIT),
        ("profession", Field.TOPICS),
        ("Specialty", Field.TOPICS),
        ("Topic 1", Field.TOPICS),
        ("Topic 2", Field.TOPICS),
        ("Areas of interest", Field.TOPICS),
        ("biography", Field.STORY),
        ("Start date", Field.START_DATE),
        ("start_date [dd/mm/yyyy]", Field.START_DATE),
        ("Cohort", Field.COHORT),
        ("Intake", Field.COHORT),
        ("Number of mentees", Field.PLACES),
        ("Languages spoken", Field.LANGUAGES),
        ("Parking permit", None),
        ("Title", None),
        ("Notes", None),
        ("Supervisor email", None),
        ("", None),
    ],
)
def test_a_column_is_recognised_in_many_spellings(column, field):
    assert field_of(column) == field


@pytest.mark.parametrize(
    "column",
    [
        "Ethnicity",
        "ethnic group",
        "Gender",
        "Gender identity",
        "Sex",
        "sexual orientation",
        "Religion",
        "Religion or belief",
        "Disability",
        "Do you have a disability?",
        "identity to match",
        "match with similar identity",
        "characteristics",
        "Protected characteristics",
        "Pronouns",
        "Date of birth",
        "DOB",
        "Age",
        "Marital status",
        "LGBTQ+",
        "Geschlecht",
    ],
)
def test_personal_identity_is_never_guessed(column):
    assert is_identity(column)
    found = guess([column])[0]
    assert (found.field, found.sure, found.reason) == (None, 0.0, GuessReason.IDENTITY)


@pytest.mark.parametrize("column", ["Email", "Stage", "Language", "Manager", "Site", "Percentage"])
def test_other_columns_are_no_identity(column):
    assert not is_identity(column)


def test_sureness_falls_from_known_to_bare_to_misspelt():
    known, bare, misspelt, unknown = (
        guess([column])[0].sure for column in ("e-mail", "my work e-mail", "e-mial address", "xyz")
    )
    assert known == 1.0 > bare > misspelt > unknown == 0.0


def test_the_surest_column_has_the_field():
    found = guess(["Your e-mail", "Email", "Name"])
    assert [one.field for one in found] == [None, Field.EMAIL, Field.NAME]
    assert found[0].reason == GuessReason.TAKEN


def test_of_two_equally_sure_columns_the_first_has_the_field():
    found = guess(["grade", "level"])
    assert [one.field for one in found] == [Field.STAGE, None]


def test_several_columns_may_hold_topics():
    found = guess(["Topic 1", "Topic 2", "Interests"])
    assert [one.field for one in found] == [Field.TOPICS] * 3


SAMPLE = (
    "first name",
    "last name",
    "email address",
    "both mentor and mentee",
    "job title",
    "grade",
    "organisation",
    "profession",
    "match with similar identity",
    "identity to match",
    "biography",
)


def test_a_civil_service_file_is_understood_and_its_identity_columns_stay_out():
    assert [one.field for one in guess(SAMPLE)] == [
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.EMAIL,
        Field.BOTH,
        Field.HEADLINE,
        Field.STAGE,
        Field.SITE,
        Field.TOPICS,
        None,
        None,
        Field.STORY,
    ]


@given(st.lists(st.text() | st.sampled_from(SAMPLE), max_size=12))
def test_a_guess_gives_each_single_field_to_one_column(header):
    found = guess(header)
    assert [one.column for one in found] == header
    single = [one.field for one in found if one.field and one.field not in SEVERAL]
    assert len(single) == len(set(single))
    assert all(0 <= one.sure <= 1 for one in found)
    assert all((one.sure > 0) == (one.field is not None) for one in found)


def problems(mapping, header=None, knowingly=frozenset()):
    found = validate_mapping(header or list(mapping), mapping, knowingly)
    return [(problem.reason, dict(problem.params)) for problem in found]


@pytest.mark.parametrize(
    "mapping",
    [
        {"a": Field.EMAIL, "b": Field.NAME},
        {"a": Field.EMAIL, "b": Field.FIRST_NAME, "c": Field.LAST_NAME},
        {"a": Field.EMAIL, "b": Field.NAME, "c": Field.TOPICS, "d": Field.TOPICS},
    ],
)
def test_a_mapping_with_e_mail_and_name_can_be_used(mapping):
    assert problems(mapping) == []


def test_a_mapping_needs_an_e_mail():
    assert problems({"b": Field.NAME}) == [(MappingReason.NO_EMAIL, {})]


@pytest.mark.parametrize("half", [Field.FIRST_NAME, Field.LAST_NAME, Field.HEADLINE])
def test_a_mapping_needs_a_whole_name(half):
    assert problems({"a": Field.EMAIL, "b": half}) == [(MappingReason.NO_NAME, {})]


def test_two_columns_for_one_field_are_refused():
    mapping = {"a": Field.EMAIL, "b": Field.NAME, "c": Field.STAGE, "d": Field.STAGE}
    assert problems(mapping) == [
        (MappingReason.SAME_FIELD, {"field": "stage", "first": "c", "second": "d"})
    ]


def test_a_column_that_the_file_lacks_is_refused():
    mapping = {"a": Field.EMAIL, "b": Field.NAME, "gone": Field.SITE}
    assert problems(mapping, header=["a", "b"]) == [(MappingReason.NO_COLUMN, {"column": "gone"})]


def test_an_identity_column_is_refused_unless_mapped_knowingly():
    mapping = {"a": Field.EMAIL, "b": Field.NAME, "Gender": Field.COHORT}
    assert problems(mapping) == [(MappingReason.IDENTITY, {"column": "Gender"})]
    assert problems(mapping, knowingly=frozenset({"Gender"})) == []


def test_the_guess_for_the_civil_service_file_can_be_used():
    mapping = {one.column: one.field for one in guess(SAMPLE) if one.field}
    assert problems(mapping, header=SAMPLE) == []


def test_a_header_is_remembered_whatever_its_order_and_spelling():
    assert fingerprint(["Name", "E-mail"]) == fingerprint(["e mail", "NAME"])
    assert fingerprint(["Name", "E-mail"]) != fingerprint(["Name", "E-mail", "Site"])


words = st.text(string.ascii_lowercase, min_size=1)


@given(st.lists(words, min_size=1), st.randoms())
def test_the_order_of_columns_does_not_change_the_fingerprint(header, random):
    shuffled = list(header)
    random.shuffle(shuffled)
    assert fingerprint(shuffled) == fingerprint(header)
