"""What is to be solved: who seeks, who has seats, which pairs are eligible, and how well each suits.

Everything a solver reads is a whole number, so that no float tie decides anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.ragged import Index, starts_of
from mentorwell.core.pairing.scale import ONE


FIT_MOST = 1_000_000 * ONE  # no single score may be larger: sums must stay whole in 64 bits
COUNT_MOST = 1_000_000  # mentors one mentee may want, seats one mentor may have
RANK_MOST = 1_000_000
SUM_MOST = 2**61


class Infeasible(ValueError):  # noqa: N818 -- reads better at the raise
    """What is demanded together cannot be had; the sentence names what makes it so."""


@dataclass(frozen=True, eq=False)
class Problem(FrozenArrays):
    """Mentees, mentors and the eligible pairs between them; made by `Problem.build`.

    Pairs are sorted by mentee, then mentor; every array named "per pair" follows that order. A
    pair that is not listed can never come out. Fixed pairs were accepted before: they hold a
    seat and a want in every mode and need not be eligible any more.
    """

    mentee_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    starts: Index  # mentee: where their pairs start, and the end
    mentees: Index  # per pair: place of the mentee
    mentors: Index  # per pair: place of the mentor
    fits: Index  # per pair: how well the two suit, in millionths, at least 0
    wants: Index  # mentee: how many mentors they want, fixed ones included
    seats: Index  # mentor: how many mentees they take, fixed ones included
    at_least: Index  # mentor: how many mentees they must have, fixed ones included
    fixed: Index  # fixed pair x (mentee, mentor)
    mentee_ranks: Index | None  # per pair: the mentee's rank of the mentor from 1; equal is a tie
    mentor_ranks: Index | None  # per pair: the mentor's rank of the mentee
    seed: int

    @classmethod
    def build(
        cls,
        *,
        mentee_ids: Sequence[str],
        mentor_ids: Sequence[str],
        mentees: ArrayLike,
        mentors: ArrayLike,
        fits: ArrayLike,
        wants: ArrayLike = 1,
        seats: ArrayLike = 1,
        at_least: ArrayLike = 0,
        fixed: ArrayLike = (),
        mentee_ranks: ArrayLike | None = None,
        mentor_ranks: ArrayLike | None = None,
        seed: int = 0,
    ) -> "Problem":
        """Check and sort the input.

        `mentees`, `mentors` and `fits` have one entry per eligible pair, in any order; the first
        two are places in the lists of ids. Fits are floats (1.0 is a perfect fit; a scale of
        points may go up to 1,000,000) rounded to the millionth, or whole millionths if they are
        of an integer type. `wants`, `seats` and `at_least` are one number for all or one each.
        Ranks run from 1 and are given for every pair or not at all.

        Raises ValueError, naming the person or pair, for an id that is empty or there twice, a
        place that is none, a pair that is there twice or joins somebody with themselves, a fit
        that is negative, too large or not a number, and a count or rank out of range; Infeasible
        where fixed pairs ask for more seats or wants than there are.

        Time e log e, memory about 100 bytes a pair.
        """
        people = (_distinct("mentee", mentee_ids), _distinct("mentor", mentor_ids))
        rows = _places("mentee", mentees, len(people[0]))
        columns = _places("mentor", mentors, len(people[1]))
        steps = whole_fits(fits)
        if not len(rows) == len(columns) == len(steps):
            raise ValueError(
                f"{len(rows)} mentees, {len(columns)} mentors and {len(steps)} fits of pairs."
            )
        key = rows * max(len(people[1]), 1) + columns
        if (key[1:] > key[:-1]).all():
            order: slice | Index = slice(None)
        else:
            order = np.argsort(key, kind="stable")
        rows, columns, steps = rows[order], columns[order], steps[order]
        problem = cls(
            mentee_ids=people[0],
            mentor_ids=people[1],
            starts=starts_of(rows, len(people[0])),
            mentees=rows,
            mentors=columns,
            fits=steps,
            wants=_counts("mentor wanted", wants, people[0], 1),
            seats=_counts("seat", seats, people[1], 0),
            at_least=_counts("mentee at least", at_least, people[1], 0),
            fixed=_fixed(fixed),
            mentee_ranks=_ranks(mentee_ranks, len(rows), order),
            mentor_ranks=_ranks(mentor_ranks, len(rows), order),
            seed=seed,
        )
        _check_pairs(problem)
        _check_fixed(problem)
        return problem

    @property
    def wants_left(self) -> Index:
        """How many mentors each mentee still wants, beside the fixed ones."""
        return self.wants - np.bincount(self.fixed[:, 0], minlength=len(self.wants))

    @property
    def seats_left(self) -> Index:
        """How many seats of each mentor are not held by fixed pairs."""
        return self.seats - np.bincount(self.fixed[:, 1], minlength=len(self.seats))

    @property
    def at_least_left(self) -> Index:
        """How many mentees each mentor must have beside the fixed ones."""
        held = np.bincount(self.fixed[:, 1], minlength=len(self.seats))
        left: Index = np.maximum(self.at_least - held, 0)
        return left

    @property
    def waiting(self) -> NDArray[np.bool_]:
        """Which mentees have no fixed mentor: those whom coverage counts anew."""
        result: NDArray[np.bool_] = np.bincount(self.fixed[:, 0], minlength=len(self.wants)) == 0
        return result

    @property
    def open_pairs(self) -> NDArray[np.bool_]:
        """Per pair: whether it may still be chosen; fixed pairs, full and content people may not."""
        ready = (self.wants_left > 0)[self.mentees] & (self.seats_left > 0)[self.mentors]
        if len(self.fixed):
            held = self.fixed[:, 0] * len(self.mentor_ids) + self.fixed[:, 1]
            ready &= ~np.isin(self.mentees * len(self.mentor_ids) + self.mentors, held)
        return ready

    def only(self, keep: NDArray[np.bool_]) -> "Problem":
        """Return the problem with some of its eligible pairs; `keep` says which, per pair."""
        before = np.concatenate([[0], np.cumsum(keep)])
        return replace(
            self,
            starts=before[self.starts],
            mentees=self.mentees[keep],
            mentors=self.mentors[keep],
            fits=self.fits[keep],
            mentee_ranks=None if self.mentee_ranks is None else self.mentee_ranks[keep],
            mentor_ranks=None if self.mentor_ranks is None else self.mentor_ranks[keep],
        )

    def pair_of(self, mentee: int, mentor: int) -> int | None:
        """Return the place of a pair, by the places of its people; None if it is not eligible."""
        start, end = self.starts[mentee], self.starts[mentee + 1]
        place = start + np.searchsorted(self.mentors[start:end], mentor)
        return int(place) if place < end and self.mentors[place] == mentor else None


def hashes(seed: int, kind: str, ids: Sequence[str]) -> NDArray[np.uint64]:
    """Return a hash of seed and person for each id: what decides between equals, and nothing else.

    The first eight bytes of BLAKE2b, keyed by seed and kind ("mentee" or "mentor").
    """
    base = blake2b(f"{seed}:{kind}:".encode(), digest_size=8)
    digests = bytearray()
    for one in ids:
        hashed = base.copy()
        hashed.update(one.encode())
        digests += hashed.digest()
    return np.frombuffer(bytes(digests), dtype=">u8").astype(np.uint64)


def whole_fits(fits: ArrayLike) -> Index:
    """Return fits as whole millionths; raises ValueError naming the first that is out of range."""
    given = np.asarray(fits)
    if given.size == 0:
        return np.zeros(0, dtype=np.int64)
    if given.dtype.kind in "iu":
        steps = given
    else:
        given = given.astype(np.float64)
        if not np.isfinite(given).all():
            place = int(np.flatnonzero(~np.isfinite(given))[0])
            raise ValueError(f"The fit of pair {place} is {given[place]}, not a number.")
        steps = np.rint(given * ONE)
    bad = (steps < 0) | (steps > FIT_MOST)
    if bad.any():
        place = int(np.flatnonzero(bad)[0])
        raise ValueError(
            f"The fit of pair {place} is {given[place]}, not from 0 to {FIT_MOST // ONE:,}."
        )
    return steps.astype(np.int64)


def _distinct(kind: str, ids: Sequence[str]) -> tuple[str, ...]:
    result = tuple(ids)
    if "" in result:
        raise ValueError(f"The {kind} {result.index('')} has an empty id.")
    if len(set(result)) < len(result):
        places = {one: place for place, one in enumerate(result)}  # the last of each
        twice = next(one for place, one in enumerate(result) if places[one] != place)
        raise ValueError(f"The {kind} {twice!r} is there twice.")
    return result


def _places(kind: str, places: ArrayLike, count: int) -> Index:
    result = np.asarray(places)
    if result.size == 0:
        return np.zeros(0, dtype=np.int64)
    if result.dtype.kind not in "iu" or result.ndim != 1:
        raise ValueError(f"The places of each {kind} are not a row of whole numbers.")
    if result.min() < 0 or result.max() >= count:
        bad = int(np.flatnonzero((result < 0) | (result >= count))[0])
        raise ValueError(f"Pair {bad} names {kind} {result[bad]}, but there are {count}.")
    return result.astype(np.int64)


def _counts(kind: str, counts: ArrayLike, ids: tuple[str, ...], least: int) -> Index:
    given = np.broadcast_to(np.asarray(counts), len(ids))
    if given.dtype.kind not in "iu":
        endless = np.flatnonzero(np.isinf(given))
        if len(endless):
            raise ValueError(f"{ids[endless[0]]!r}: an endless number of {kind}.")
        if not (given == np.rint(given)).all():
            raise ValueError(f"A number of {kind} is not whole.")
    result = np.ascontiguousarray(given).astype(np.int64)
    bad = (result < least) | (result > COUNT_MOST)
    if bad.any():
        place = int(np.flatnonzero(bad)[0])
        raise ValueError(
            f"{ids[place]!r}: {result[place]} as number of {kind}, not from {least} to {COUNT_MOST:,}."
        )
    return result


def _fixed(fixed: ArrayLike) -> Index:
    given = np.asarray(fixed)
    if given.size and (given.dtype.kind not in "iu" or given.ndim != 2 or given.shape[1] != 2):  # noqa: PLR2004 -- a pair
        raise ValueError("A fixed pair is a row of two whole numbers: mentee and mentor.")
    return given.astype(np.int64).reshape(-1, 2)


def _ranks(ranks: ArrayLike | None, count: int, order: slice | Index) -> Index | None:
    if ranks is None:
        return None
    result = np.asarray(ranks)
    if result.ndim != 1:
        raise ValueError("Ranks are one row, a number for each pair.")
    if len(result) != count:
        raise ValueError(f"{len(result)} ranks for {count} pairs.")
    if len(result) and (
        result.dtype.kind not in "iu" or not 1 <= result.min() <= result.max() <= RANK_MOST
    ):
        raise ValueError(f"Ranks are whole numbers from 1 to {RANK_MOST:,}.")
    return result.astype(np.int64)[order]


def _check_pairs(problem: Problem) -> None:
    rows, columns = problem.mentees, problem.mentors
    twice = (rows[1:] == rows[:-1]) & (columns[1:] == columns[:-1])
    if twice.any():
        place = int(np.flatnonzero(twice)[0])
        raise ValueError(f"The pair {_names(problem, rows[place], columns[place])} is there twice.")
    both = {one: place for place, one in enumerate(problem.mentor_ids)}
    alone = np.array([both.get(one, -1) for one in problem.mentee_ids], dtype=np.int64)
    if len(rows) and (same := alone[rows] == columns).any():
        place = int(np.flatnonzero(same)[0])
        raise ValueError(f"{problem.mentee_ids[rows[place]]!r} is paired with themselves.")
    largest = int(problem.fits.max(initial=0))
    most = min(int(problem.wants.sum()), int(problem.seats.sum()))
    if largest * (most + 1) > SUM_MOST:
        raise ValueError(
            f"Fits up to {largest / ONE:,.0f} for {most:,} pairs would not add up exactly: "
            "give smaller scores."
        )


def _check_fixed(problem: Problem) -> None:
    fixed = problem.fixed
    if not len(fixed):
        return
    if fixed.min() < 0 or (fixed.max(axis=0) >= [len(problem.wants), len(problem.seats)]).any():
        raise ValueError("A fixed pair names a mentee or mentor who is not there.")
    for mentee, mentor in fixed.tolist():
        if problem.mentee_ids[mentee] == problem.mentor_ids[mentor]:
            raise ValueError(f"{problem.mentee_ids[mentee]!r} is paired with themselves.")
    if len(np.unique(fixed, axis=0)) < len(fixed):
        raise ValueError("A fixed pair is there twice.")
    for kind, left, ids, what in (
        ("mentee", problem.wants_left, problem.mentee_ids, "mentors wanted"),
        ("mentor", problem.seats_left, problem.mentor_ids, "seats"),
    ):
        if len(left) and left.min() < 0:
            place = int(left.argmin())
            held = np.count_nonzero(fixed[:, 0 if kind == "mentee" else 1] == place)
            raise Infeasible(
                f"The {kind} {ids[place]!r} has {held} fixed pairs but only "
                f"{held + int(left[place])} {what}."
            )


def _names(problem: Problem, mentee: int, mentor: int) -> str:
    return f"{problem.mentee_ids[mentee]!r} with {problem.mentor_ids[mentor]!r}"
