import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.reading.values import (
    clean,
    clean_lines,
    joined,
    plain,
    read_count,
    read_email,
    split_many,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("  Ada\t Lovelace \r\n", "Ada Lovelace"),
        ("Ada\u00a0Lovelace", "Ada Lovelace"),
        ("Ada\x00 Love\x07lace", "Ada Lovelace"),
        ("Ada\u200b\ufeff Lovelace", "Ada Lovelace"),
        ("Jose\u0301", "Jos\u00e9"),
        ("lone \ud800surrogate", "lone surrogate"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("\u200b \u200b", ""),
    ],
)
def test_clean_makes_one_visible_line(typed, expected):
    assert clean(typed) == expected


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(st.text())
def test_what_is_clean_can_be_stored_anywhere(text):
    clean(text).encode("utf-8")
    assert "\0" not in clean(text)
    clean_lines(text).encode("utf-8")
    assert "\0" not in clean_lines(text)


def test_clean_lines_keeps_paragraphs():
    assert clean_lines("\r\none  two\r\nthree\r\n\r\n\r\n\r\nfour\n") == "one two\nthree\n\nfour"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E-Mail", "e mail"),
        ("first_name", "First Name"),
        ("firstName", "first name"),
        ("Prénom", "PRENOM"),
        ("St. Mary's", "st mary s"),
        ("Pulmonology & critical care", "pulmonology and critical care"),
        ("Straße", "STRASSE"),
        ("École  normale", "ecole normale"),
    ],
)
def test_two_spellings_of_one_name_are_plainly_the_same(one, other):
    assert plain(one) == plain(other)


def test_joined_forgets_word_breaks_too():
    assert joined("PGY-1") == joined("pgy 1") == joined("PGY1") != joined("PGY-2")


@pytest.mark.parametrize(("one", "other"), [("की", "का"), ("C", "D"), ("???", "!!!")])
def test_different_names_stay_different(one, other):
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  ADA@Example.ORG ", "ada@example.org"),
        ("mailto:ada@example.org", "ada@example.org"),
        ("Ada Lovelace <ada@example.org>", "ada@example.org"),
        ("ada.l+x_y'z@mail.st-mary.nhs.uk", "ada.l+x_y'z@mail.st-mary.nhs.uk"),
        ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
        (f"{'a' * 65}@example.org", ""),
        (f"a@{'.'.join(['b' * 60] * 5)}.org", ""),
        ("", ""),
        ("ada", ""),
        ("ada@", ""),
        ("@example.org", ""),
        ("ada@localhost", ""),
        ("ada@@example.org", ""),
        ("ada@example..org", ""),
        (".ada@example.org", ""),
        ("ada.@example.org", ""),
        ("a..da@example.org", ""),
        ("ada@-example.org", ""),
        ("ada@example-.org", ""),
        ("ada@192.168.0.1", ""),
        ("ada lovelace@example.org", ""),
        ("ada@example.org, bob@example.org", ""),
        ("ädä@example.org", ""),
        ("<>", ""),
    ],
)
def test_read_email_takes_what_mail_servers_take(typed, expected):
    assert read_email(typed) == expected


@given(st.text(alphabet=string.printable))
def test_an_address_that_was_read_reads_as_itself(text):
    address = read_email(text + "@example.org")
    assert read_email(address) == address


def test_split_many_cuts_at_semicolons_bars_and_lines_only():
    text = " Heart failure; Research, clinical |\n Leadership;; "
    assert split_many(text) == ("Heart failure", "Research, clinical", "Leadership")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0", 0),
        (" 12 ", 12),
        ("3.0", 3),
        ("3,00", 3),
        ("3.5", None),
        ("-1", None),
        ("three", None),
        ("", None),
        ("١", None),
        ("1" * 10, None),
    ],
)
def test_read_count_takes_whole_numbers(typed, expected):
    assert read_count(typed) == expected
