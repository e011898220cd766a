"""What callers give a problem, read into arrays: what is wrong is named in our words, and where.

NumPy would take text that looks like a number, yes for one, and a row of one for all; and what it
does not take it refuses in words that name neither the person nor the pair.
"""

from collections.abc import Callable, Sequence
from numbers import Number
from reprlib import repr as short
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.scale import ONE


FIT_MOST = 1_000_000 * ONE  # no single score may be larger: sums must stay whole in 64 bits
COUNT_MOST = 1_000_000  # mentors one mentee may want, seats one mentor may have
RANK_MOST = 1_000_000

Named = Callable[[int], str]


def distinct_ids(kind: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the ids; raises ValueError for one that is no text, empty or there twice, naming it."""
    result = () if isinstance(ids, str) else tuple(ids)
    if isinstance(ids, str) or not all(isinstance(one, str) for one in result):
        raise ValueError(f"The ids of each {kind} are not a list of texts: {short(ids)}.")
    if "" in result:
        raise ValueError(f"The {kind} {result.index('')} has an empty id.")
    if len(set(result)) < len(result):
        last = {one: place for place, one in enumerate(result)}
        twice = next(one for place, one in enumerate(result) if last[one] != place)
        raise ValueError(f"The {kind} {twice!r} is there twice.")
    return result


def whole_fits(fits: ArrayLike) -> Index:
    """Return a fit per pair in whole millionths, to which floats are rounded.

    Raises ValueError naming the first that is no number or out of range.
    """
    given = _row("The fits", fits, "The fit of pair {}".format)
    steps = given
    if given.dtype.kind == "f":
        _check(np.isfinite(given), given, "The fit of pair {}".format, "a number")
        with np.errstate(over="ignore"):  # what becomes endless is out of range
            steps = np.rint(given.astype(np.float64) * ONE)
    right = (steps >= 0) & (steps <= FIT_MOST)
    _check(right, given, "The fit of pair {}".format, f"from 0 to {FIT_MOST // ONE:,}")
    return steps.astype(np.int64)


def whole_places(kind: str, places: ArrayLike, count: int) -> Index:
    """Return a person's place per pair; raises ValueError naming the first that is none."""
    given = _row(f"The places of each {kind}", places, f"The {kind} of pair {{}}".format)
    outside = np.flatnonzero((given < 0) | (given >= count))
    if len(outside):
        raise ValueError(
            f"Pair {outside[0]} names {kind} {given[outside[0]]}, but there are {count}."
        )
    _check(_are_whole(given), given, f"The {kind} of pair {{}}".format, "a whole number")
    return given.astype(np.int64)


def whole_counts(what: str, counts: ArrayLike, ids: tuple[str, ...], least: int) -> Index:
    """Return a count per person, given as one number for all or one each.

    Raises ValueError naming the first person whose count is no whole number or out of range.
    """
    given = _array(f"The numbers of {what}", counts)
    if given.ndim > 1 or given.shape not in ((), (len(ids),)):
        has = "a table" if given.ndim > 1 else f"{given.size}"
        raise ValueError(f"The numbers of {what}: {has}, not one for all or {len(ids)}, one each.")

    def named(place: int) -> str:
        return f"The number of {what} {repr(ids[place]) if given.ndim else 'all'}"

    given = _numbers(given, named)
    right = (given >= least) & (given <= COUNT_MOST) & (given == np.floor(given))
    _check(right, given, named, f"a whole number from {least} to {COUNT_MOST:,}")
    return np.ascontiguousarray(np.broadcast_to(given.astype(np.int64), len(ids)))


def whole_ranks(
    whose: str, ranks: ArrayLike | None, count: int, order: slice | Index
) -> Index | None:
    """Return a rank per pair, in an order of the pairs; raises ValueError naming the first that is none."""
    if ranks is None:
        return None
    named = f"The {whose}'s rank of pair {{}}".format
    given = _row(f"The {whose}s' ranks", ranks, named)
    if len(given) != count:
        raise ValueError(f"There are {len(given)} {whose}s' ranks for {count} pairs.")
    right = (given >= 1) & (given <= RANK_MOST) & _are_whole(given)
    _check(right, given, named, f"a whole number from 1 to {RANK_MOST:,}")
    return given.astype(np.int64)[order]


def fixed_places(fixed: ArrayLike, mentees: int, mentors: int) -> Index:
    """Return fixed pairs as rows of two places; raises ValueError naming the first that is none."""
    given = _array("The fixed pairs", fixed)
    if not given.size:
        return np.zeros((0, 2), dtype=np.int64)
    if given.ndim != 2 or given.shape[1] != 2:  # noqa: PLR2004 -- a pair is of two
        raise ValueError("The fixed pairs are not rows of two places, mentee and mentor.")
    rows = _numbers(given.reshape(-1), _fixed_of).reshape(-1, 2)
    outside = np.flatnonzero(((rows < 0) | (rows >= [mentees, mentors])).any(axis=1))
    if len(outside):
        raise ValueError(f"Fixed pair {outside[0]} names a mentee or mentor who is not there.")
    _check(_are_whole(rows.reshape(-1)), rows.reshape(-1), _fixed_of, "a whole number")
    return rows.astype(np.int64)


def _fixed_of(entry: int) -> str:
    return f"The {('mentee', 'mentor')[entry % 2]} of fixed pair {entry // 2}"


def _array(what: str, given: ArrayLike) -> NDArray[Any]:
    try:
        found = np.asarray(given)
        return found if found.dtype.kind in "iuf" else np.asarray(given, dtype=object)
    except (TypeError, ValueError):
        raise ValueError(f"{what} are rows of different lengths.") from None


def _row(what: str, given: ArrayLike, named: Named) -> NDArray[Any]:
    found = _array(what, given)
    if found.ndim != 1:
        raise ValueError(f"{what} are not one row with a number for each pair.")
    return _numbers(found, named)


def _numbers(given: NDArray[Any], named: Named) -> NDArray[Any]:
    """Return an array of whole numbers or floats, no other kind; nothing at all is whole."""
    if not given.size:
        return given.astype(np.int64)
    if given.dtype.kind in "iuf":
        return given
    entries = given.reshape(-1).tolist()
    for place, one in enumerate(entries):
        if isinstance(one, bool | complex) or not isinstance(one, Number):
            raise ValueError(f"{named(place)} is {short(one)}, not a number.")  # noqa: TRY004 -- all of `build` is ValueError
    return np.array([_float(one) for one in entries]).reshape(given.shape)


def _float(one: Any) -> float:
    """Return the nearest float; endless for a number beyond all of them, NaN for any kind of it."""
    try:
        return float(one)
    except OverflowError:
        return float("inf") if one > 0 else float("-inf")
    except ValueError:  # a signalling NaN
        return float("nan")


def _are_whole(given: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each is of a whole type: a float is no place and no rank, even if it is whole."""
    return np.full(given.shape, given.dtype.kind != "f")


def _check(right: NDArray[np.bool_], given: NDArray[Any], named: Named, what: str) -> None:
    if not right.all():
        place = int(np.flatnonzero(~right)[0])
        raise ValueError(f"{named(place)} is {given.reshape(-1)[place]}, not {what}.")
