"""What looks like a patient's number is found, and ordinary talk is left in peace."""

import re
from itertools import pairwise
from re import _parser  # the standard library's own reader of patterns

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.identifiers import (
    BEFORE,
    LONGEST,
    PATTERNS,
    Finding,
    Kind,
    identifiers_in,
    kinds_in,
    nhs_number_holds,
)
from tests.core.identifying import NAMING, ORDINARY


@pytest.mark.parametrize("sentence", NAMING)
def test_what_could_name_a_patient_is_found(sentence):
    assert identifiers_in(sentence) != []


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_talk_raises_no_alarm(sentence):
    assert identifiers_in(sentence) == []


def test_there_are_sixty_of_each():
    assert min(len(set(NAMING)), len(set(ORDINARY))) >= 60


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("MRN 4471823", [Kind.RECORD_NUMBER]),
        ("DOB 3/4/61", [Kind.BIRTH_DATE]),
        ("SSN 123-45-6789", [Kind.NATIONAL_NUMBER]),
        ("943 476 5919", [Kind.NATIONAL_NUMBER]),
        ("Member ID W123456789", [Kind.INSURANCE_NUMBER]),
        ("room 12 Mr B.", [Kind.ROOM]),
        ("patient J.S.", [Kind.INITIALS]),
        ("bed 4, J.S., DOB 3/4/61, MRN 4471823", [Kind.ROOM, Kind.BIRTH_DATE, Kind.RECORD_NUMBER]),
        ("DOB 3/4/61 and DOB 5/6/72", [Kind.BIRTH_DATE]),
        ("", []),
    ],
)
def test_the_kinds_are_told_each_once_in_their_order(text, kinds):
    assert kinds_in(text) == kinds


def test_a_finding_says_where_it_is():
    text = "She was born 12 May 1950, poor thing. MRN 4471823!"

    assert [text[each.start : each.end] for each in identifiers_in(text)] == [
        "born 12 May 1950",
        "MRN 4471823",
    ]


def test_two_patterns_that_find_the_same_tell_it_once():
    assert identifiers_in("NHS number 943 476 5919") == [Finding(0, 23, Kind.NATIONAL_NUMBER)]


def test_a_number_that_somebody_is_to_be_called_on_is_a_telephone_number():
    assert kinds_in("call 943 476 5919") == []
    assert kinds_in(f"call {'x' * BEFORE} 943 476 5919") == [Kind.NATIONAL_NUMBER]


@pytest.mark.parametrize(
    ("digits", "holds"),
    [("9434765919", True), ("9434765918", False), ("4010232137", True), ("1000000010", False)],
)
def test_the_check_digit_of_an_nhs_number(digits, holds):
    assert nhs_number_holds(digits) is holds


# --- Laws ---------------------------------------------------------------------------------

PIECES = st.sampled_from([*NAMING, *ORDINARY, "MRN", "room ", "1", "-", "born ", "(", "\n", " "])
TEXTS = st.text() | st.lists(PIECES, max_size=8).map("".join)


@given(TEXTS)
def test_any_text_will_do_and_findings_lie_in_it(text):
    for finding in identifiers_in(text):
        assert 0 <= finding.start < finding.end <= len(text)


@given(TEXTS)
def test_findings_are_in_order_and_those_of_a_kind_apart(text):
    found = identifiers_in(text)

    assert [each.start for each in found] == sorted(each.start for each in found)
    for kind in Kind:
        own = [each for each in found if each.kind == kind]
        assert all(one.end <= other.start for one, other in pairwise(own))


@given(TEXTS, st.sampled_from(NAMING))
def test_what_is_found_alone_is_found_among_other_words(text, sentence):
    """Paragraphs do not hide each other's findings, whatever stands around them."""
    around = f"{text}\n{'-' * BEFORE}\n{sentence}\n\n{text}"

    assert set(kinds_in(sentence)) <= set(kinds_in(around))


def repeats(parsed):
    """Every repeat within a pattern, with whether another repeat lies within it."""
    for code, value in parsed:
        if str(code) in {"MAX_REPEAT", "MIN_REPEAT"}:
            _least, most, within = value
            yield most, [inner for inner, _ in repeats(within)]
            yield from repeats(within)
        elif str(code) == "SUBPATTERN":
            yield from repeats(value[-1])
        elif str(code) == "BRANCH":
            for branch in value[1]:
                yield from repeats(branch)
        elif str(code) in {"ASSERT", "ASSERT_NOT"}:
            yield from repeats(value[1])


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_no_pattern_can_run_away(pattern):
    """Bounded repeats, none many times within another: the steps at one place have a bound."""
    parsed = _parser.parse(pattern.regex)
    found = list(repeats(parsed))

    assert parsed.getwidth()[1] <= LONGEST
    assert all(most <= 24 for most, _ in found)
    assert all(most == 1 for most, within in found if within)


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_patterns_are_written_in_what_javascript_reads_too(pattern):
    """No group with a name, no look behind, no flag within: the browser runs the same text."""
    for regex in (pattern.regex, pattern.unless):
        assert re.findall(r"\(\?(?![:!=])", regex) == []
        assert "\\Z" not in regex
        assert "\\A" not in regex
