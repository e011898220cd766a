"""Whatever else than rows of numbers a problem is given: refused in our words, saying what and where."""

import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.pairing import Problem


GOOD = {
    "mentee_ids": ["ann", "ben"],
    "mentor_ids": ["mia", "ned"],
    "mentees": [1, 0, 0],
    "mentors": [0, 1, 0],
    "fits": [0.5, 0.25, 1.0],
}
ROW = "are not one row with a number for each pair."
WANTS = "The number of mentors wanted by"
MOST = "from 1 to 1,000,000."

REFUSED = {
    "wants of text": ("wants", "x", f"{WANTS} all is 'x', not a number."),
    "wants of nothing": ("wants", None, f"{WANTS} all is None, not a number."),
    "wants of texts": ("wants", [1, "x"], f"{WANTS} 'ben' is 'x', not a number."),
    "wants of yes": ("wants", [True, True], f"{WANTS} 'ann' is True, not a number."),
    "imaginary wants": ("wants", [1, 1j], f"{WANTS} 'ben' is 1j, not a number."),
    "wants beyond 64 bits": ("wants", [1, 2**70], f"'ben' is {2.0**70}, not a whole number {MOST}"),
    "wants beyond floats": ("wants", 10**400, f"{WANTS} all is inf, not a whole number {MOST}"),
    "wants below floats": ("wants", [-(10**400), 1], f"{WANTS} 'ann' is -inf, not a whole"),
    "wants that signal": (
        "wants",
        Decimal("sNaN"),
        f"{WANTS} all is nan, not a whole number {MOST}",
    ),
    "unsigned seats": ("seats", np.array([1, 2**64 - 1], np.uint64), f"'ned' is {2**64 - 1}, not"),
    "one want in a row": ("wants", [1], "mentors wanted by: 1, not one for all or 2, one each."),
    "three seats": ("seats", [1, 1, 1], "The numbers of seats of: 3, not one for all or 2"),
    "no lower bounds": ("at_least", (), "mentees at least for: 0, not one for all or 2, one each."),
    "seats in a table": ("seats", [[1], [1]], "The numbers of seats of: a table, not one for all"),
    "seats of any length": ("seats", [[1], [1, 2]], "seats of are rows of different lengths."),
    "a set of seats": ("seats", {1, 2}, "The number of seats of all is {1, 2}, not a number."),
    "mentees of text": ("mentees", "x", f"The places of each mentee {ROW}"),
    "mentees of texts": ("mentees", ["a", 0, 0], "The mentee of pair 0 is 'a', not a number."),
    "mentees of nothing": ("mentees", None, f"The places of each mentee {ROW}"),
    "mentees of any length": ("mentees", [[1], [0, 0]], "mentee are rows of different lengths."),
    "one mentor": ("mentors", 0, f"The places of each mentor {ROW}"),
    "a mentor who is none": (
        "mentors",
        [0, None, 1],
        "The mentor of pair 1 is None, not a number.",
    ),
    "mentors beyond 64 bits": ("mentors", [0, 1, 2**70], f"Pair 2 names mentor {2.0**70}, but"),
    "mentors by yes": (
        "mentors",
        [True, False, True],
        "The mentor of pair 0 is True, not a number.",
    ),
    "mentors of no number": ("mentors", [0, np.nan, 1], "The mentor of pair 0 is 0.0, not a whole"),
    "an empty table of mentors": ("mentors", [[]], f"The places of each mentor {ROW}"),
    "fits of text": ("fits", "x", f"The fits {ROW}"),
    "fits of texts": ("fits", [0.5, "0.5", 1], "The fit of pair 1 is '0.5', not a number."),
    "fits of nothing": ("fits", None, f"The fits {ROW}"),
    "a fit of nothing": ("fits", [0.5, 1, None], "The fit of pair 2 is None, not a number."),
    "one fit": ("fits", 0.5, f"The fits {ROW}"),
    "fits in a table": ("fits", [[0.5, 0.5, 0.5]], f"The fits {ROW}"),
    "fits of any length": ("fits", [[0.5], [0.5, 1]], "The fits are rows of different lengths."),
    "fits of yes": ("fits", [True, False, True], "The fit of pair 0 is True, not a number."),
    "fits that become endless": (
        "fits",
        [0.5, 1e305, 1],
        "pair 1 is 1e+305, not from 0 to 1,000,000",
    ),
    "a fit beyond 64 bits": ("fits", [2**70, 1, 1], f"pair 0 is {2.0**70}, not from 0"),
    "days for fits": (
        "fits",
        np.array(["2026-01-01"] * 3, "M8[D]"),
        "The fit of pair 0 is datetime",
    ),
    "ranks of text": ("mentee_ranks", "x", f"The mentees' ranks {ROW}"),
    "ranks of texts": (
        "mentor_ranks",
        [1, 2, "a"],
        "The mentor's rank of pair 2 is 'a', not a number.",
    ),
    "a rank of nothing": (
        "mentee_ranks",
        [1, None, 2],
        "mentee's rank of pair 1 is None, not a number.",
    ),
    "one rank": ("mentor_ranks", 1, f"The mentors' ranks {ROW}"),
    "ranks of any length": ("mentee_ranks", [[1], [1, 2]], "mentees' ranks are rows of different"),
    "no ranks": ("mentee_ranks", [], "There are 0 mentees' ranks for 3 pairs."),
    "ranks in floats": ("mentee_ranks", [1.0, 2.0, 3.0], f"is 1.0, not a whole number {MOST}"),
    "a rank of text in a wrong length": (
        "mentor_ranks",
        ["x"],
        "rank of pair 0 is 'x', not a number.",
    ),
    "fixed of text": ("fixed", "x", "The fixed pairs are not rows of two places"),
    "fixed of nothing": ("fixed", None, "The fixed pairs are not rows of two places"),
    "one fixed place": ("fixed", [0, 1], "The fixed pairs are not rows of two places"),
    "fixed of texts": (
        "fixed",
        [(0, 0), (0, "b")],
        "The mentor of fixed pair 1 is 'b', not a number.",
    ),
    "fixed of any length": (
        "fixed",
        [(0, 0), (0,)],
        "The fixed pairs are rows of different lengths.",
    ),
    "fixed beyond 64 bits": (
        "fixed",
        [(0, 0), (2**70, 0)],
        "Fixed pair 1 names a mentee or mentor",
    ),
    "ids in one text": (
        "mentee_ids",
        "ab",
        "The ids of each mentee are not a list of texts: 'ab'.",
    ),
    "ids of numbers": (
        "mentor_ids",
        [1, 2],
        "The ids of each mentor are not a list of texts: [1, 2].",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_row_of_numbers_is_refused_in_our_words(name):
    field, junk, message = REFUSED[name]
    with pytest.raises(ValueError) as told:
        Problem.build(**GOOD | {field: junk})
    assert message in str(told.value)


FIELDS = ["mentees", "mentors", "fits", "wants", "seats", "at_least", "fixed", "mentee_ranks"]
ENTRIES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.fractions(),
    st.decimals(),
    st.dates(),
)
JUNK = st.recursive(ENTRIES, lambda inner: st.lists(inner, max_size=4), max_leaves=8)

OURS = re.compile(r"(The|There|Pair|Fixed pair|A fixed pair) |'|\d+ mentees, \d+ mentors and ")


@given(field=st.sampled_from(FIELDS), junk=JUNK)
def test_whatever_is_given_is_taken_whole_or_refused_in_our_words(field, junk):
    told = None
    try:
        problem = Problem.build(**GOOD | {field: junk})
    except ValueError as refused:
        told = str(refused)
    if told is not None:
        assert OURS.match(told)
        return
    if field in ("wants", "seats", "at_least"):
        assert (getattr(problem, field) == junk).all()


def test_numbers_of_any_type_are_taken():
    halves = {
        "fits": [Fraction(1, 2), Decimal("0.25"), 1],
        "wants": np.float32(2),
        "seats": [2, 1.0],
    }
    problem = Problem.build(**GOOD | halves)
    assert problem.fits.tolist() == [1_000_000, 250_000, 500_000]
    assert (problem.wants.tolist(), problem.seats.tolist()) == ([2, 2], [2, 1])
    small = {field: np.array(GOOD[field], np.uint8) for field in ("mentees", "mentors")}
    assert Problem.build(**GOOD | small).mentors.tolist() == [0, 1, 0]
    nobody = Problem.build(mentee_ids=[], mentor_ids=[], mentees=[], mentors=[], fits=[], wants=[])
    assert len(nobody.wants) == len(nobody.fits) == 0
