"""Which figures may be told, so that nobody can be guessed from them.

A count below the threshold stays hidden, nought included: "nobody" tells as much about each
single person as "all" does. A share stays hidden while either of its two sides is that small,
because the one side is the whole without the other. Reference: domain notes on reporting,
"group figures at n >= threshold".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int


def told_count(count: int, *, threshold: int) -> int | None:
    """Return a count that may be told, or None for one below the threshold."""
    return count if count >= threshold else None


def told_share(part: int, whole: int, *, threshold: int) -> Share | None:
    """Return a share that may be told: both the part and the rest reach the threshold.

    Raises ValueError for a part that is negative or larger than its whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}.")
    return Share(part, whole) if min(part, whole - part) >= threshold else None


def told_median(values: Sequence[float], *, threshold: int) -> float | None:
    """Return the median of values from at least `threshold` (and at least one) cases, or None."""
    return median(values) if len(values) >= max(threshold, 1) else None
