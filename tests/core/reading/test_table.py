import pytest

from mentorwell.core.reading.table import (
    FileReason,
    Limits,
    Row,
    UnreadableFile,
    fits,
    letter,
    table_of,
    width,
)


def numbered(*rows):
    return enumerate(rows, start=1)


def refusal(*rows, limits=None):
    with pytest.raises(UnreadableFile) as caught:
        table_of(numbered(*rows), limits or Limits())
    return caught.value.reason, caught.value.params


def test_the_first_row_is_the_header_and_the_rest_are_data():
    header, rows = table_of(numbered(["name", "email"], ["Ada", "a@x.org"]), Limits())
    assert header == ("name", "email")
    assert rows == (Row(2, ("Ada", "a@x.org")),)


def test_blank_rows_are_passed_over_but_counted():
    _, rows = table_of(numbered([], ["a", "b"], ["", " "], ["1", "2"], []), Limits())
    assert rows == (Row(4, ("1", "2")),)


def test_a_column_name_is_cleaned():
    header, _ = table_of(numbered([" E-mail\naddress ", "b"], ["1", "2"]), Limits())
    assert header == ("E-mail address", "b")


def test_a_column_without_a_name_goes_by_its_letter():
    header, _ = table_of(numbered(["", "name", " ", "email"], ["0", "1", "2", "3"]), Limits())
    assert header == ("A", "name", "C", "email")


def test_blank_cells_beyond_the_header_do_no_harm():
    header, rows = table_of(numbered(["a", "b", "", ""], ["1", "2", "", " "]), Limits())
    assert header == ("a", "b")
    assert rows == (Row(2, ("1", "2")),)


@pytest.mark.parametrize("rows", [(), ([],), (["", " "], [])])
def test_nothing_at_all_is_an_empty_file(rows):
    assert refusal(*rows) == (FileReason.EMPTY, {})


def test_a_header_alone_holds_nobody():
    assert refusal(["a", "b"], ["", ""]) == (FileReason.NO_ROWS, {})


def test_a_first_row_with_an_address_is_no_header():
    reason, params = refusal([], ["Ada", "ada@x.org"], ["Bob", "bob@x.org"])
    assert (reason, params) == (FileReason.NO_HEADER, {"row": 2, "value": "ada@x.org"})


def test_two_columns_of_one_name_are_refused_with_their_letters():
    reason, params = refusal(["Name", "email", " name"], ["1", "2", "3"])
    assert reason == FileReason.SAME_NAME
    assert params == {"name": "name", "first": "A", "second": "C"}


def test_a_short_row_is_refused_with_its_number_and_width():
    reason, params = refusal(["a", "b", "c"], ["1", "2", "3"], ["1", "2"])
    assert (reason, params) == (FileReason.RAGGED, {"row": 3, "cells": 2, "header": 3})


def test_a_short_row_counts_its_blank_cells_too():
    assert refusal(["a", "b", "c"], ["1", ""])[1]["cells"] == 2


def test_a_long_row_is_refused_with_its_number_and_width():
    reason, params = refusal(["a", "b"], [], ["1", "2", "", "4", ""])
    assert (reason, params) == (FileReason.RAGGED, {"row": 3, "cells": 4, "header": 2})


def test_as_many_rows_as_allowed_are_read_and_not_one_more():
    limits = Limits(rows=2)
    _, rows = table_of(numbered(["a"], ["1"], [], ["2"], []), limits)
    assert len(rows) == 2
    reason, params = refusal(["a"], ["1"], ["2"], ["3"], limits=limits)
    assert (reason, params) == (FileReason.TOO_MANY_ROWS, {"most": 2})


def test_as_many_columns_as_allowed_are_read_and_not_one_more():
    limits = Limits(columns=2)
    header, _ = table_of(numbered(["a", "b", ""], ["1", "2", ""]), limits)
    assert header == ("a", "b")
    reason, params = refusal(["a", "b", "c"], ["1", "2", "3"], limits=limits)
    assert (reason, params) == (FileReason.TOO_MANY_COLUMNS, {"most": 2})


@pytest.mark.parametrize(
    ("column", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_have_the_letters_of_spreadsheets(column, expected):
    assert letter(column) == expected


def test_width_counts_up_to_the_last_filled_cell():
    assert [width([]), width(["", " "]), width(["", "x", ""])] == [0, 0, 2]


def test_a_row_fits_when_only_blank_cells_stand_beyond_the_header():
    assert fits(["1", "", ""], 2)
    assert fits(["1", ""], 2)
    assert not fits(["1"], 2)
    assert not fits(["1", "", "3"], 2)


def test_titles_above_the_table_are_passed_over():
    header, rows = table_of(
        numbered(
            ["Interns"],
            ["Printed 1 July"],
            [],
            ["name", "email"],
            ["Ada", "a"],
            ["Bob", ""],
            ["Cy", "c"],
        ),
        Limits(),
    )
    assert header == ("name", "email")
    assert rows == (Row(5, ("Ada", "a")), Row(6, ("Bob", "")), Row(7, ("Cy", "c")))


def test_a_table_of_one_column_has_its_header_in_the_first_row():
    header, rows = table_of(numbered(["email"], ["1"], ["2"], ["3"]), Limits())
    assert (header, len(rows)) == (("email",), 3)


def test_one_long_row_does_not_make_a_title_of_a_header():
    rows = [["email"], ["1"], ["2", "and more"], ["3"]]
    assert refusal(*rows)[0] == FileReason.RAGGED


def test_an_address_alone_in_its_row_is_no_title():
    assert refusal(["ada@x.org"], ["name", "email"], ["Bob", "b"])[0] == FileReason.NO_HEADER


def test_a_title_with_nothing_below_is_a_header_alone():
    assert refusal(["Interns"])[0] == FileReason.NO_ROWS
