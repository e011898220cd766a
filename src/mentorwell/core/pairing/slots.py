"""Lists of different lengths as rows of one array."""

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


Levels = NDArray[np.uint8]
Minutes = NDArray[np.int16]
Places = NDArray[np.intp]
Millionths = NDArray[np.int32]


def filled(rows: Iterable[Iterable[int]], blank: int) -> Places:
    """Return the rows as one array, as wide as the longest; `blank` fills what is left.

    Rows are read one by one and not kept: a list for each of many people slows all of Python down.
    """
    entries, ends = array("q"), array("q", [0])
    for row in rows:
        entries.extend(row)
        ends.append(len(entries))
    lengths = np.diff(np.array(ends, dtype=np.intp))
    result = np.full((len(lengths), int(lengths.max(initial=0))), blank, dtype=np.intp)
    result[np.arange(result.shape[1]) < lengths[:, None]] = entries
    return result


def marked(rows: Iterable[Iterable[int]], height: int) -> Levels:
    """Return `height` + 1 rows by people: 1 where a person's row names it; the last is all 0."""
    named = filled(rows, height)
    result = np.zeros((height + 1, len(named)), dtype=np.uint8)
    for slot in named.T:
        result[slot, np.arange(len(named))] = 1
    result[height] = 0
    return result
