"""Lists of different lengths as rows of one array."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


Levels = NDArray[np.uint8]
Minutes = NDArray[np.int16]
Places = NDArray[np.intp]
Millionths = NDArray[np.int32]


def filled(rows: Sequence[Sequence[int]], blank: int) -> Places:
    """Return the rows as one array, as wide as the longest; `blank` fills what is left."""
    width = max(map(len, rows))
    return np.array([[*row, *[blank] * (width - len(row))] for row in rows], dtype=np.intp).reshape(
        len(rows), width
    )


def marked(rows: Sequence[Sequence[int]], height: int) -> Levels:
    """Return `height` + 1 rows by people: 1 where a person's row names it; the last is all 0."""
    result = np.zeros((height + 1, len(rows)), dtype=np.uint8)
    for slot in filled(rows, height).T:
        result[slot, np.arange(len(rows))] = 1
    result[height] = 0
    return result
