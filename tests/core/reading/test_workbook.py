import io
import re
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mentorwell.core.reading.table import FileReason, Limits, Row, UnreadableFile
from mentorwell.core.reading.workbook import OLE, read_workbook, refuse_old_workbook, text_of
from tests.core.reading.workbooks import packed, with_part, workbook


EVENING = datetime(2026, 4, 3, 19, 30)  # noqa: DTZ001 -- cells know no zone
SHEET = "xl/worksheets/sheet1.xml"


def read(data, limits=None):
    return read_workbook(data, limits or Limits())


def refusal(data, limits=None):
    with pytest.raises(UnreadableFile) as caught:
        read(data, limits)
    return caught.value.reason


def test_a_workbook_is_read_as_a_person_sees_it():
    table = read(
        workbook(
            [
                ["name", "places", "start", "met", "yes", "ratio", "note"],
                ["Zoë", 2.0, date(2026, 4, 3), EVENING, True, 1.5, None],
            ]
        )
    )
    assert table.sheet == "People"
    assert table.header == ("name", "places", "start", "met", "yes", "ratio", "note")
    assert table.rows[0].cells == (
        "Zoë",
        "2",
        "2026-04-03",
        "2026-04-03T19:30:00",
        "TRUE",
        "1.5",
        "",
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("=text", "=text"),
        (True, "TRUE"),
        (False, "FALSE"),
        (12345, "12345"),
        (12345.0, "12345"),
        (0.5, "0.5"),
        (float("nan"), "nan"),
        (EVENING.replace(hour=0, minute=0), "2026-04-03"),
        (EVENING, "2026-04-03T19:30:00"),
        (date(2026, 4, 3), "2026-04-03"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_value_reads_as_its_cell_shows(value, expected):
    assert text_of(value) == expected


def test_blank_rows_and_columns_at_the_end_do_no_harm():
    table = read(
        workbook([["a", "b", None, " "], ["1", "2"], [None], ["3", "4", " "], [None, None], [" "]])
    )
    assert table.header == ("a", "b")
    assert table.rows == (Row(2, ("1", "2")), Row(4, ("3", "4")))


def test_short_rows_are_filled_up():
    assert read(workbook([["a", "b", "c"], ["1"]])).rows[0].cells == ("1", "", "")


def test_a_cell_beyond_the_header_is_found():
    with pytest.raises(UnreadableFile) as caught:
        read(workbook([["a", "b"], ["1", "2"], ["1", "2", None, "note"]]))
    assert caught.value.reason == FileReason.RAGGED
    assert caught.value.params == {"row": 3, "cells": 4, "header": 2}


def test_a_formula_counts_as_its_last_computed_value():
    plain = workbook([["a"], ["=1+1"], ["kept"]])
    computed = with_part(
        plain, SHEET, lambda xml: re.sub(rb"(</f>)<v ?/?>(</v>)?", rb"\1<v>2</v>", xml)
    )
    assert read(computed).rows == (Row(2, ("2",)), Row(3, ("kept",)))


def test_a_formula_without_a_computed_value_is_blank():
    assert read(workbook([["a"], ["=1+1"], ["kept"]])).rows == (Row(3, ("kept",)),)


def test_the_first_visible_sheet_that_holds_a_table_is_read():
    book = Workbook()
    book.active.title = "Empty"
    book.create_sheet("Read me").append(["How to fill this in"])
    hidden = book.create_sheet("Hidden")
    hidden.append(["not", "this"])
    hidden.sheet_state = "hidden"
    people = book.create_sheet("People")
    people.append(["name"])
    people.append(["Ada"])
    book.create_sheet("More").append(["x"])
    table = read(packed(book))
    assert (table.sheet, table.header) == ("People", ("name",))


def test_where_no_sheet_holds_a_table_the_first_with_anything_is_judged():
    book = Workbook()
    book.active.append(["name", "name"])
    book.create_sheet("More").append(["x"])
    assert refusal(packed(book)) == FileReason.SAME_NAME


def test_a_workbook_without_a_filled_cell_is_empty():
    assert refusal(workbook([])) == FileReason.EMPTY


def test_a_sheet_that_declares_itself_smaller_is_read_whole():
    data = with_part(
        workbook([["a", "b"], ["1", "2"]]),
        SHEET,
        lambda xml: xml.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"'),
    )
    assert read(data).rows == (Row(2, ("1", "2")),)


def test_more_rows_than_allowed_are_refused():
    rows = [["a"], ["1"], ["2"], ["3"]]
    assert len(read(workbook(rows), Limits(rows=3)).rows) == 3
    assert refusal(workbook(rows), Limits(rows=2)) == FileReason.TOO_MANY_ROWS


def test_more_columns_than_allowed_are_refused():
    rows = [["a", "b", "c"], ["1", "2", "3"]]
    assert len(read(workbook(rows), Limits(columns=3)).header) == 3
    assert refusal(workbook(rows), Limits(columns=2)) == FileReason.TOO_MANY_COLUMNS


def test_a_row_number_beyond_any_sheet_ends_the_reading():
    data = with_part(
        workbook([["a"], ["1"], ["far"]]),
        SHEET,
        lambda xml: xml.replace(b'r="3"', b'r="999999999"').replace(b'"A3"', b'"A999999999"'),
    )
    assert read(data).rows == (Row(2, ("1",)),)


def test_a_zip_bomb_is_refused_before_it_unpacks():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 5_000_000)
    assert len(out.getvalue()) < 10_000
    with pytest.raises(UnreadableFile) as caught:
        read(out.getvalue(), Limits(unpacked_bytes=1_000_000))
    assert caught.value.reason == FileReason.UNPACKS_TOO_LARGE
    assert caught.value.params == {"bytes": 5_000_000, "most": 1_000_000}


def test_entities_that_multiply_are_refused():
    laughs = "".join(f'<!ENTITY l{depth} "{f"&l{depth - 1};" * 10}">' for depth in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'.encode()
    data = with_part(workbook([["a"], ["1"]]), SHEET, lambda _: bomb)
    assert refusal(data) in {FileReason.DAMAGED_WORKBOOK, FileReason.EMPTY}


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert refusal(out.getvalue()) == FileReason.NOT_A_WORKBOOK


def test_a_package_with_a_password_is_refused():
    data = bytearray(workbook([["a"], ["1"]]))
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) != -1:
        data[start + 8] |= 1  # the flag of each entry in the central directory
        start += 4
    assert refusal(bytes(data)) == FileReason.LOCKED_WORKBOOK


def test_a_strict_workbook_is_refused_as_one():
    plain, strict = (b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")
    data = with_part(
        workbook([["a"], ["1"]]), "xl/workbook.xml", lambda xml: xml.replace(plain, strict)
    )
    assert refusal(data) == FileReason.STRICT_WORKBOOK


def test_a_damaged_workbook_is_refused():
    data = workbook([["a"], ["1"]])
    assert refusal(data[: len(data) // 2]) == FileReason.DAMAGED_WORKBOOK
    assert refusal(with_part(data, SHEET, lambda xml: xml[:100])) == FileReason.DAMAGED_WORKBOOK
    assert refusal(with_part(data, "xl/workbook.xml", lambda _: b"")) == FileReason.DAMAGED_WORKBOOK


def test_the_old_container_is_a_locked_workbook_or_an_old_one():
    assert refuse_old_workbook(OLE + b"\0" * 512).reason == FileReason.OLD_WORKBOOK
    locked = OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    assert refuse_old_workbook(locked).reason == FileReason.LOCKED_WORKBOOK


def test_the_heavy_library_is_imported_only_where_a_workbook_is_read():
    code = "import sys, mentorwell.core.reading.files as f; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


SMALL = workbook([["name", "email"], ["Ada", "ada@example.org"], ["Bob", "bob@example.org"]])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_crashes_the_reader(data):
    broken = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(SMALL) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(SMALL)))
    for damaged in (bytes(broken), bytes(broken[:cut])):
        with suppress(UnreadableFile):
            table = read(damaged)
            assert {len(row.cells) for row in table.rows} == {len(table.header)}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_sheet_crashes_the_reader(junk):
    opened = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    for sheet in (junk, opened + b"<sheetData>" + junk + b"</sheetData></worksheet>"):
        with suppress(UnreadableFile):
            assert read(with_part(SMALL, SHEET, lambda _, sheet=sheet: sheet)).header
