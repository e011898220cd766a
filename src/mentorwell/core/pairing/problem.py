"""What is to be solved: who seeks, who has seats, which pairs are eligible, and how well each suits.

Everything a solver reads is a whole number, so that no float tie decides anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.given import (
    distinct_ids,
    fixed_places,
    whole_counts,
    whole_fits,
    whole_places,
    whole_ranks,
)
from mentorwell.core.pairing.ragged import Index, starts_of
from mentorwell.core.pairing.scale import ONE


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

        Raises ValueError, naming the person or pair, for an id that is no text, empty or there
        twice, a place that is none, a pair that is there twice or joins somebody with themselves,
        a fit that is negative, too large or not a number, a count or rank that is not whole or out
        of range, and for rows of a wrong length or shape; Infeasible where fixed pairs ask for
        more seats or wants than there are. Yes and no are not numbers, nor is text.

        Time e log e, memory about 100 bytes a pair.
        """
        people = (distinct_ids("mentee", mentee_ids), distinct_ids("mentor", mentor_ids))
        rows = whole_places("mentee", mentees, len(people[0]))
        columns = whole_places("mentor", mentors, len(people[1]))
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
            wants=whole_counts("mentors wanted by", wants, people[0], 1),
            seats=whole_counts("seats of", seats, people[1], 0),
            at_least=whole_counts("mentees at least for", at_least, people[1], 0),
            fixed=fixed_places(fixed, len(people[0]), len(people[1])),
            mentee_ranks=whole_ranks("mentee", mentee_ranks, len(rows), order),
            mentor_ranks=whole_ranks("mentor", mentor_ranks, len(rows), order),
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
