"""XLSX workbooks, read as the text that a person sees in their cells."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from mentorwell.core.reading.table import FileReason, Limits, Table, UnreadableFile, table_of


ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, and of a locked .xlsx
_LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED = 0x1  # the zip flag
_STRICT = b"http://purl.oclc.org/ooxml/"  # the names in a strict workbook begin so
_HEAD = 4096  # bytes in which a part says what it is
_LAST_ROW = 1_048_576  # of any sheet


def refuse_old_workbook(data: bytes) -> UnreadableFile:
    """Return why a file in the old container is not read: it is locked, or it is an old .xls."""
    locked = _LOCKED_PART in data
    return UnreadableFile(FileReason.LOCKED_WORKBOOK if locked else FileReason.OLD_WORKBOOK)


def read_workbook(data: bytes, limits: Limits) -> Table:
    """Read the first visible sheet that holds a table: names of columns and a row beneath.

    Where there is none, the first that holds anything is judged, so that the reason fits it.
    Dates become ISO dates, whole numbers lose their ".0", a formula counts as its last
    computed value, and short rows are filled up with blank cells. Raises UnreadableFile with
    LOCKED_, NOT_A_, STRICT_, DAMAGED_WORKBOOK, UNPACKS_TOO_LARGE, or as `table_of` says.
    """
    _check_package(data, limits)
    try:
        sheet, numbered = _first_sheet(data, limits)
    except Exception:  # noqa: BLE001 -- what openpyxl raises on a damaged file is unbounded
        raise UnreadableFile(FileReason.DAMAGED_WORKBOOK) from None
    header, rows = table_of(numbered, limits)
    return Table(header, rows, sheet=sheet)


def _check_package(data: bytes, limits: Limits) -> None:
    """Refuse what is no workbook, and a zip bomb before anything of it is unpacked.

    The sizes a zip declares can be trusted here: reading stops where they say.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            strict = _is_strict(package)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UnreadableFile(FileReason.DAMAGED_WORKBOOK) from None
    if not any(part.filename.startswith("xl/") for part in parts):
        raise UnreadableFile(FileReason.NOT_A_WORKBOOK)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableFile(FileReason.LOCKED_WORKBOOK)
    if strict:
        raise UnreadableFile(FileReason.STRICT_WORKBOOK)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise UnreadableFile(
            FileReason.UNPACKS_TOO_LARGE, bytes=unpacked, most=limits.unpacked_bytes
        )


def _is_strict(package: zipfile.ZipFile) -> bool:
    """Tell whether a workbook is written in the strict form, which openpyxl cannot read."""
    try:
        with package.open("xl/workbook.xml") as part:
            return _STRICT in part.read(_HEAD)
    except Exception:  # noqa: BLE001 -- what is damaged is refused later, for that
        return False


def _first_sheet(data: bytes, limits: Limits) -> tuple[str, list[tuple[int, list[str]]]]:
    # Takes a third of a second to import, so only where a workbook is read.
    from openpyxl import load_workbook  # noqa: PLC0415 -- see above

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    first: tuple[str, list[tuple[int, list[str]]]] = ("", [])
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            # One row more than allowed, so that `table_of` sees that there are too many.
            numbered = list(islice(_filled(sheet, limits), limits.rows + 2))
            if len(numbered) > 1:
                return str(sheet.title), numbered
            first = first if first[1] else (str(sheet.title), numbered)
    finally:
        book.close()
    return first


def _filled(sheet: Any, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # a sheet may declare itself smaller than it is
    # One column more than allowed, for the same reason; the rest is not even unpacked.
    values = sheet.iter_rows(max_col=limits.columns + 1, values_only=True)
    for number, row in enumerate(islice(values, _LAST_ROW), start=1):
        if row.count(None) < len(row):
            yield number, [text_of(value) for value in row]


def text_of(value: object) -> str:
    """Return what a person reads in a cell."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
