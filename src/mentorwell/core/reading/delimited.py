"""Text files with a delimiter: CSV in the many forms that programs write it."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from mentorwell.core.reading.table import (
    FileReason,
    Limits,
    Table,
    UnreadableFile,
    fits,
    from_header,
    table_of,
    width,
)


DELIMITERS = (",", ";", "\t", "|")
_NAMED = re.compile(r'"?sep=([^"\w\s]|\t)"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""A first line that names the delimiter; spreadsheet programs obey and hide it."""
_BLANK = "".join(DELIMITERS) + ' "\r\n'
_SAMPLE = 50  # rows that a delimiter is judged by
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_CONTROL_SHARE = 0.01  # more control characters than this and it was never text


def read_delimited(data: bytes, limits: Limits) -> Table:
    """Read a text file whose encoding and delimiter nobody has told us.

    Encoding: by its mark (BOM) UTF-8 or UTF-16; without one UTF-8, and where that fails
    Windows-1252, which is what older spreadsheet programs write. Line ends may be mixed.
    A first line such as `sep=;` is obeyed and no row.
    Raises UnreadableFile with NOT_TEXT, EMPTY, BROKEN_QUOTES, or as `table_of` says.
    """
    text, encoding = decode(data)
    if named := _NAMED.match(text):
        text = text[named.end() :]
    if not text.strip(_BLANK):
        raise UnreadableFile(FileReason.EMPTY)
    delimiter = named[1] if named else find_delimiter(text)
    header, rows = table_of(_numbered(text, delimiter), limits)
    return Table(header, rows, encoding=encoding, delimiter=delimiter)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding, or raise UnreadableFile with NOT_TEXT."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = len(_CONTROL.findall(text))
        if "\0" not in text and controls <= _CONTROL_SHARE * len(text):
            return text, encoding.removesuffix("-sig")
        break
    raise UnreadableFile(FileReason.NOT_TEXT)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if data.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    return ("utf-8", "windows-1252")


def find_delimiter(text: str) -> str:
    """Return the delimiter under which the first rows look most like a table.

    For each candidate the header is cut, and the first rows beneath it, quotes respected. A
    candidate that cuts the header at all goes before one that does not; then one under which
    most rows fit their header; then more columns win, then a better fit, then the commoner.
    """
    return max(DELIMITERS, key=lambda delimiter: _likeness(text, delimiter))


def _likeness(text: str, delimiter: str) -> tuple[bool, bool, int, float]:
    sample: list[tuple[int, list[str]]] = []
    filled = ((row, cells) for row, cells in _numbered(text, delimiter) if width(cells))
    with suppress(UnreadableFile):  # lost quotes are judged when the file is read in earnest
        sample.extend(islice(filled, _SAMPLE))
    header, *rows = [cells for _, cells in from_header(sample)] or [[]]
    columns, seen = width(header), len(rows)
    fitting = sum(fits(cells, columns) for cells in rows)
    share = fitting / seen if seen else 1.0
    return columns > 1, share >= 0.5, columns, share  # noqa: PLR2004 -- half of them


def _numbered(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its number; strict, so that a lost quote is found where it is lost."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error:
        raise UnreadableFile(FileReason.BROKEN_QUOTES, row=number + 1) from None
