"""What a file is read into, and what can keep it from being read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice

from mentorwell.core.reading.values import clean, read_email


class FileReason(StrEnum):
    """Why a file cannot be read; the parameters of each are named behind it."""

    EMPTY = "EMPTY"
    TOO_LARGE = "TOO_LARGE"  # bytes, most
    UNPACKS_TOO_LARGE = "UNPACKS_TOO_LARGE"  # bytes, most
    TOO_MANY_ROWS = "TOO_MANY_ROWS"  # most
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS"  # most
    NOT_TEXT = "NOT_TEXT"
    PDF = "PDF"
    OLD_WORKBOOK = "OLD_WORKBOOK"
    LOCKED_WORKBOOK = "LOCKED_WORKBOOK"
    NOT_A_WORKBOOK = "NOT_A_WORKBOOK"
    STRICT_WORKBOOK = "STRICT_WORKBOOK"
    DAMAGED_WORKBOOK = "DAMAGED_WORKBOOK"
    NO_HEADER = "NO_HEADER"  # row, value
    NO_ROWS = "NO_ROWS"
    SAME_NAME = "SAME_NAME"  # name, first, second: the letters of both columns
    RAGGED = "RAGGED"  # row, cells, header
    BROKEN_QUOTES = "BROKEN_QUOTES"  # row


class UnreadableFile(Exception):  # noqa: N818 -- reads better at the raise
    """A file out of which no table can be read: the reason, and where it shows."""

    def __init__(self, reason: FileReason, **params: str | int) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params: Mapping[str, str | int] = params


@dataclass(frozen=True)
class Limits:
    """How much of a file is read; beyond it the file is refused whole, never cut."""

    bytes: int = 10_000_000
    unpacked_bytes: int = 200_000_000  # an XLSX file is a zip: ten megabytes may hold terabytes
    rows: int = 50_000  # of data, blank rows not counted
    columns: int = 200


@dataclass(frozen=True)
class Row:
    """One row of data, with as many cells as the table has columns.

    `number` is the row's number as a spreadsheet program shows it when it opens the file: the
    first row is 1, blank rows count, and a quoted cell that spans several lines is one row.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header of different names and at least one row of data, all cells as text.

    `encoding` and `delimiter` say how a text file was read, `sheet` which sheet of a workbook;
    those that do not apply are empty.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


_TABLE = 2  # a header and a row of data at least
_AHEAD = 20  # rows by which a title above a table is told from its header


def width(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last that is not blank."""
    count = len(cells)
    while count and not cells[count - 1].strip():
        count -= 1
    return count


def fits(cells: Sequence[str], columns: int) -> bool:
    """Tell whether a row belongs under a header: blank cells beyond it do no harm."""
    return len(cells) >= columns >= width(cells)


def letter(column: int) -> str:
    """Return the letter that spreadsheet programs give a column, counted from 0: A, B, … AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def table_of(
    numbered: Iterable[tuple[int, Sequence[str]]],
    limits: Limits,
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Split numbered rows, blank ones included, into a header and its rows of data.

    The header is the first row that is neither blank nor a title (see `from_header`); a column
    without a name is called by its letter. Blank rows are passed over. Raises UnreadableFile with
    EMPTY, NO_HEADER, SAME_NAME, TOO_MANY_COLUMNS, TOO_MANY_ROWS, RAGGED or NO_ROWS.
    """
    filled = from_header((number, cells) for number, cells in numbered if width(cells))
    number, first = next(filled, (0, ()))
    if not first:
        raise UnreadableFile(FileReason.EMPTY)
    header = _header(number, first, limits)
    rows: list[Row] = []
    for number, cells in filled:
        if len(rows) == limits.rows:
            raise UnreadableFile(FileReason.TOO_MANY_ROWS, most=limits.rows)
        if not fits(cells, len(header)):
            count = max(width(cells), min(len(cells), len(header)))
            raise UnreadableFile(FileReason.RAGGED, row=number, cells=count, header=len(header))
        rows.append(Row(number, tuple(cells[: len(header)])))
    if not rows:
        raise UnreadableFile(FileReason.NO_ROWS)
    return header, tuple(rows)


def from_header(
    filled: Iterable[tuple[int, Sequence[str]]],
) -> Iterator[tuple[int, Sequence[str]]]:
    """Pass over the titles that some programs write above a table; yield the rest, lazily.

    A title stands alone in its row, holds no address, and most of the rows below it (two at
    least, and as far as the first 20 tell) hold more. Blank rows must have been left out.
    """
    rows = iter(filled)
    ahead = list(islice(rows, _AHEAD))
    while len(ahead) > _TABLE and width(ahead[0][1]) == 1 and not read_email(_only(ahead[0][1])):
        wide = sum(width(cells) > 1 for _, cells in ahead[1:])
        if wide <= len(ahead[1:]) / 2:
            break
        ahead.pop(0)
    return chain(ahead, rows)


def _only(cells: Sequence[str]) -> str:
    return clean("".join(cells))


def _header(number: int, cells: Sequence[str], limits: Limits) -> tuple[str, ...]:
    if width(cells) > limits.columns:
        raise UnreadableFile(FileReason.TOO_MANY_COLUMNS, most=limits.columns)
    names = [clean(cell) or letter(column) for column, cell in enumerate(cells[: width(cells)])]
    seen: dict[str, int] = {}
    for column, name in enumerate(names):
        if read_email(name):
            raise UnreadableFile(FileReason.NO_HEADER, row=number, value=name)
        earlier = seen.setdefault(name.casefold(), column)
        if earlier != column:
            raise UnreadableFile(
                FileReason.SAME_NAME, name=name, first=letter(earlier), second=letter(column)
            )
    return tuple(names)
