from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.reading.files import read_table
from mentorwell.core.reading.table import FileReason, Limits, UnreadableFile
from mentorwell.core.reading.workbook import OLE, ZIP
from tests.core.reading.workbooks import workbook


CSV = b"name,email\nAda,ada@example.org\n"


def test_the_content_tells_what_kind_of_file_it_is():
    from_text = read_table(CSV)
    from_book = read_table(workbook([["name", "email"], ["Ada", "ada@example.org"]]))
    assert (from_text.header, from_text.rows) == (from_book.header, from_book.rows)
    assert (from_text.delimiter, from_text.sheet) == (",", "")
    assert (from_book.delimiter, from_book.sheet) == ("", "People")


def test_a_file_may_be_as_large_as_the_limit_and_no_larger():
    assert read_table(CSV, Limits(bytes=len(CSV))).header == ("name", "email")
    with pytest.raises(UnreadableFile) as caught:
        read_table(CSV, Limits(bytes=len(CSV) - 1))
    assert caught.value.reason == FileReason.TOO_LARGE
    assert caught.value.params == {"bytes": len(CSV), "most": len(CSV) - 1}


def test_an_old_workbook_is_refused():
    with pytest.raises(UnreadableFile) as caught:
        read_table(OLE + b"\0" * 512)
    assert caught.value.reason == FileReason.OLD_WORKBOOK


def test_a_pdf_is_refused_as_one():
    with pytest.raises(UnreadableFile) as caught:
        read_table(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    assert caught.value.reason == FileReason.PDF


@given(st.sampled_from([b"", ZIP, OLE, b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]), st.binary())
def test_no_bytes_crash_the_reader(start, rest):
    with suppress(UnreadableFile):
        table = read_table(start + rest)
        assert table.header
        assert table.rows
        assert {len(row.cells) for row in table.rows} == {len(table.header)}
        assert len({name.casefold() for name in table.header}) == len(table.header)
        numbers = [row.number for row in table.rows]
        assert numbers == sorted(set(numbers))
        assert numbers[0] > 1
