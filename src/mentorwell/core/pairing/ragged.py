"""Rows of different lengths in one array: row r is `values[starts[r]:starts[r + 1]]`."""

import numpy as np
from numpy.typing import NDArray


Index = NDArray[np.int64]


def starts_of(rows: Index, count: int) -> Index:
    """Return where each of `count` rows starts in entries sorted by row, and the end."""
    return np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=count))]).astype(np.int64)


def entries_of(starts: Index, rows: Index) -> tuple[Index, Index]:
    """Return the places of all entries of some rows, row after row, and how many each has."""
    lengths = starts[rows + 1] - starts[rows]
    total = int(lengths.sum())
    shift = np.repeat(starts[rows] - (np.cumsum(lengths) - lengths), lengths)
    return np.arange(total) + shift, lengths


def largest_in_rows(values: Index, lengths: Index, empty: int) -> Index:
    """Return the largest value of each row; `empty` for a row without entries."""
    result = np.full(len(lengths), empty, dtype=np.int64)
    filled = lengths > 0
    if filled.any():
        firsts = (np.cumsum(lengths) - lengths)[filled]
        result[filled] = np.maximum.reduceat(values, firsts)
    return result


def places_in_rows(lengths: Index) -> Index:
    """Return for each entry its place in its row, from 0."""
    return np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def distinct(places: Index, count: int) -> Index:
    """Return the different ones of places below `count`, ascending."""
    return np.flatnonzero(np.bincount(places, minlength=count))
