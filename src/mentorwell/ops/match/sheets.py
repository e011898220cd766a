"""Files with a header, cell by cell, and errors that say where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from pathlib import Path

from mentorwell.core.pairing.given import COUNT_MOST, FIT_MOST
from mentorwell.core.pairing.scale import ONE
from mentorwell.core.reading.files import read_table
from mentorwell.core.reading.table import Limits, Table, UnreadableFile
from mentorwell.core.reading.values import clean, plain, read_count
from mentorwell.office.queries.wording import file_sentence


LIMITS = Limits(bytes=4_000_000_000, unpacked_bytes=4_000_000_000, rows=40_000_000, columns=1_000)


class BadInput(Exception):  # noqa: N818 -- reads better at the raise
    """What is wrong in a file or with an option: the sentence names file, line and column."""


@dataclass(frozen=True)
class Sheet:
    """One file's table, under the name it was given by."""

    name: str
    table: Table

    @classmethod
    def read(cls, path: Path) -> "Sheet":
        """Read a CSV or XLSX file; raises BadInput, saying what keeps it from being read."""
        try:
            return cls(path.name, read_table(path.read_bytes(), LIMITS))
        except UnreadableFile as wrong:
            raise BadInput(f"{path.name}: {file_sentence(wrong)}") from None
        except OSError as wrong:
            raise BadInput(f"{path.name}: cannot be read ({wrong.strerror}).") from None

    def __len__(self) -> int:
        return len(self.table.rows)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {plain(name): place for place, name in enumerate(self.table.header)}

    def has(self, column: str) -> bool:
        """Whether there is a column of this name, in any spelling of it."""
        return plain(column) in self._places

    def cells(self, column: str) -> tuple[str, ...]:
        """Return a column, cleaned; raises BadInput, naming those there are, if it is not there."""
        place = self._places.get(plain(column))
        if place is None:
            there = ", ".join(f"“{name}”" for name in self.table.header)
            raise BadInput(
                f"{self.name}, line 1: there is no column “{column}”; there are {there}."
            )
        return tuple(clean(row.cells[place]) for row in self.table.rows)

    def fault(self, row: int, column: str, sentence: str) -> BadInput:
        """Return the error for one cell, by the place of its row among the rows of data."""
        return BadInput(
            f"{self.name}, line {self.table.rows[row].number}, column “{column}”: {sentence}"
        )

    def ids(self, column: str) -> tuple[str, ...]:
        """Return who the rows are; raises BadInput for a blank and for the same twice."""
        cells = self.cells(column)
        seen: dict[str, int] = {}
        for row, cell in enumerate(cells):
            if not cell:
                raise self.fault(row, column, "this is empty, and it should say who this is.")
            earlier = seen.setdefault(cell.casefold(), row)
            if earlier != row:
                line = self.table.rows[earlier].number
                raise self.fault(row, column, f"“{cell}” is in line {line} already.")
        return cells

    def known(self, column: str, places: Mapping[str, int], what: str) -> list[int]:
        """Return the places of people who must be known; raises BadInput for one who is not."""
        found = []
        for row, cell in enumerate(self.cells(column)):
            place = places.get(cell.casefold())
            if place is None:
                raise self.fault(row, column, f"“{cell}” is no {what} that we know of.")
            found.append(place)
        return found

    def counts(self, column: str, least: int, blank: int | None = None) -> list[int]:
        """Return whole numbers; a blank cell counts `blank`, or is an error where that is None."""
        found = []
        for row, cell in enumerate(self.cells(column)):
            number = blank if not cell else read_count(cell)
            if number is None or not least <= number <= COUNT_MOST:
                raise self.fault(
                    row, column, f"“{cell}” is not a whole number from {least} to {COUNT_MOST:,}."
                )
            found.append(number)
        return found

    def scores(self, column: str) -> list[float]:
        """Return numbers from 0 up to the largest score that stays exact."""
        found = []
        for row, cell in enumerate(self.cells(column)):
            score = _number(cell)
            if score is None:
                raise self.fault(row, column, f"“{cell}” is not a number.")
            if score < 0:
                raise self.fault(
                    row, column, f"{cell} is below 0. Leave the pair out if it must not be."
                )
            if score > FIT_MOST // ONE:
                raise self.fault(row, column, f"{cell} is above {FIT_MOST // ONE:,}.")
            found.append(score)
        return found


def places_of(ids: Sequence[str]) -> dict[str, int]:
    """Return the place of each id, in any case of its letters."""
    return {one.casefold(): place for place, one in enumerate(ids)}


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return None
    return number if isfinite(number) and "_" not in text else None
