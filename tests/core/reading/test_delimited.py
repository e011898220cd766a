import codecs
import csv
import io
import string
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mentorwell.core.reading.delimited import DELIMITERS, decode, find_delimiter, read_delimited
from mentorwell.core.reading.table import FileReason, Limits, UnreadableFile


def read(data):
    return read_delimited(data, Limits())


def refusal(data):
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    return caught.value.reason, caught.value.params


ROWS = "name;town\r\nZoë;Köln\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ROWS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ROWS.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + ROWS.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + ROWS.encode("utf-16-be"), "utf-16"),
        (ROWS.encode("windows-1252"), "windows-1252"),
    ],
)
def test_each_encoding_is_recognised(data, encoding):
    table = read(data)
    assert table.encoding == encoding
    assert table.header == ("name", "town")
    assert table.rows[0].cells == ("Zoë", "Köln")


def test_windows_1252_keeps_its_curly_quotes_and_euro():
    assert decode("a,“b” €".encode("windows-1252")) == ("a,“b” €", "windows-1252")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"name,email\n\x00\x00",
        b"a\x81\x8d\x8f,b\n\xff",
        codecs.BOM_UTF16_LE + b"odd",
        codecs.BOM_UTF8 + b"\xff\xfe",
        "name,email\n".encode("utf-16-le"),
        bytes(range(1, 32)),
        codecs.BOM_UTF32_LE + "a,b".encode("utf-32-le"),
    ],
)
def test_what_is_no_text_is_refused(data):
    assert refusal(data) == (FileReason.NOT_TEXT, {})


def test_a_stray_control_character_does_not_make_a_text_binary():
    data = b"name,email\nA\x0bda\x07,ada@example.org\n" + b"Bob,bob@example.org\n" * 10
    assert read(data).rows[0].cells[0] == "A\x0bda\x07"


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \r\n,,\r\n", b'""\n', codecs.BOM_UTF8])
def test_a_file_without_a_filled_cell_is_empty(data):
    assert refusal(data) == (FileReason.EMPTY, {})


def test_line_ends_may_be_mixed():
    rows = read(b"a,b\r\n1,2\n3,4\r5,6").rows
    assert [(row.number, row.cells) for row in rows] == [
        (2, ("1", "2")),
        (3, ("3", "4")),
        (4, ("5", "6")),
    ]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    data = b'name,story\r\nAda,"one\r\ntwo\r\nthree"\r\n\r\nBob,"x"\r\n'
    assert [(row.number, row.cells[0]) for row in read(data).rows] == [(2, "Ada"), (4, "Bob")]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_first_line_that_names_the_delimiter_is_obeyed_and_no_row(first):
    table = read(f"{first}\r\nname;topics, all\r\nAda;x,y\r\n".encode())
    assert (table.header, table.delimiter) == (("name", "topics, all"), ";")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("Ada", "x,y"))]


def test_a_line_that_names_the_delimiter_and_nothing_else_is_an_empty_file():
    assert refusal(b"sep=;\n") == (FileReason.EMPTY, {})


def test_a_quote_inside_a_bare_cell_is_kept():
    assert read(b'name,story\nAda,the "first" one\n').rows[0].cells[1] == 'the "first" one'


def test_a_quote_that_is_never_closed_is_found():
    assert refusal(b'a,b\n1,2\n3,"4\n5,6\n') == (FileReason.BROKEN_QUOTES, {"row": 3})


def test_text_behind_a_closed_quote_is_found():
    assert refusal(b'a,b\n1,2\n\n"3"x,4\n') == (FileReason.BROKEN_QUOTES, {"row": 4})


def test_a_cell_of_unlikely_length_is_a_lost_quote():
    data = b'a,b\n1,"' + b"x" * 200_000 + b'"\n'
    assert refusal(data) == (FileReason.BROKEN_QUOTES, {"row": 2})


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1;2\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("name;note\nAda;one, two, three\nBob;a, b\n", ";"),
        ("name,topics\nAda,x;y;z\nBob,x|y\n", ","),
        ("name,topics (one; two),site\nAda,x;y,Main\n", ","),
        ('name;story\nAda;"one, ""two"", three\nfour|five"\n', ";"),
        ('"Last, first";mail\n"Lee, Ann";x\n', ";"),
        ("only\nx,y\n", ";"),
        ("only\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_table(text, delimiter):
    assert find_delimiter(text) == delimiter


def test_a_single_ragged_row_does_not_mislead_it_either():
    assert find_delimiter("a,b,c\n1,2\n") == ","


def test_a_ragged_row_does_not_mislead_the_choice_of_delimiter():
    lines = ["a,b,c", *["1,2,3"] * 20, "1,2", *["1,2,3"] * 20]
    assert refusal("\n".join(lines).encode()) == (
        FileReason.RAGGED,
        {"row": 22, "cells": 2, "header": 3},
    )


names = st.lists(
    st.text(string.ascii_letters, min_size=1, max_size=8),
    min_size=2,
    max_size=6,
    unique_by=str.casefold,
)
cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from('\n\t,;|"')
)


@st.composite
def tables(draw, cell=cells):
    header = draw(names)
    row = st.lists(cell, min_size=len(header), max_size=len(header)).filter(
        lambda cells: any(cell.strip() for cell in cells)
    )
    return header, draw(st.lists(row, min_size=1, max_size=8))


def written(table, delimiter, line_end, quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(table[0])
    writer.writerows(table[1])
    return out.getvalue()


def assert_reads_back(table, data):
    header, rows = table
    found = read(data)
    assert found.header == tuple(header)
    assert [row.cells for row in found.rows] == [tuple(row) for row in rows]
    assert [row.number for row in found.rows] == list(range(2, len(rows) + 2))


@given(
    tables(),
    st.sampled_from(DELIMITERS),
    st.sampled_from(
        [
            ("\n", csv.QUOTE_MINIMAL),
            ("\r\n", csv.QUOTE_MINIMAL),
            ("\r\n", csv.QUOTE_ALL),
            ("\r", csv.QUOTE_ALL),  # with fewer quotes Python's writer leaves a bare \n in a cell
        ]
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_reads_back_as_it_was_written(table, delimiter, form, encoding):
    line_end, quoting = form
    assert_reads_back(table, written(table, delimiter, line_end, quoting).encode(encoding))


western = st.text(
    st.characters(codec="windows-1252", exclude_categories=["Cc"]) | st.sampled_from("\n;,é")
)


@given(tables(western), st.sampled_from(DELIMITERS))
def test_any_western_table_reads_back_from_windows_1252(table, delimiter):
    data = written(table, delimiter, "\r\n").encode("windows-1252")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        assert_reads_back(table, data)
    else:
        # Bytes that are good UTF-8 are taken for it; with plain ASCII that is the same.
        assume(data.isascii())
        assert_reads_back(table, data)


@given(st.text())
def test_no_text_crashes_the_reader(text):
    with suppress(UnreadableFile):
        table = read(text.encode("utf-8", "surrogatepass"))
        assert {len(row.cells) for row in table.rows} == {len(table.header)}


def test_a_title_above_the_table_does_not_hide_its_delimiter():
    table = read_delimited(
        b"Interns 2026, all sites\r\n\r\nname;email\r\nAda;a\r\nBob;b\r\n", Limits()
    )
    assert (table.delimiter, table.header) == (";", ("name", "email"))
