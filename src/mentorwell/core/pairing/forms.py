"""Whether a problem, a result and its proof are of the form that everything computed rests on.

What `Problem.build` and the modes make always is. What was changed afterwards, or comes from
elsewhere, is looked at here before anything is computed with it: NumPy would raise, or worse,
leave 64 bits without a word or read unsorted rows as if they were sorted.
"""

from typing import Any

import numpy as np

from mentorwell.core.pairing.given import FIT_MOST
from mentorwell.core.pairing.problem import Problem
from mentorwell.core.pairing.ragged import starts_of
from mentorwell.core.pairing.result import Mode, Proof, Result


COUNTS_BELOW = 2**31  # also of a problem that was given more seats than `build` takes
RANKS_BELOW = 2**61
PRICES_BELOW = 2**61  # summed over all that a mentee wants


def problem_faults(problem: Problem) -> list[str]:
    """Return what keeps a problem from being read: types, lengths, ranges, the order of pairs.

    Never raises, whatever the fields hold. One pass over the pairs.
    """
    people = (problem.mentee_ids, problem.mentor_ids)
    if not all(isinstance(ids, tuple) for ids in people):
        return ["The ids of the problem are not tuples."]
    mentees, mentors = map(len, people)
    pairs = len(problem.fits) if _is_row(problem.fits) else 0
    rows = {
        "fits": (problem.fits, pairs, 0, FIT_MOST),
        "mentees": (problem.mentees, pairs, 0, mentees - 1),
        "mentors": (problem.mentors, pairs, 0, mentors - 1),
        "starts": (problem.starts, mentees + 1, 0, pairs),
        "wants": (problem.wants, mentees, 0, COUNTS_BELOW),
        "seats": (problem.seats, mentors, 0, COUNTS_BELOW),
        "at_least": (problem.at_least, mentors, 0, COUNTS_BELOW),
        "mentee_ranks": (problem.mentee_ranks, pairs, 1, RANKS_BELOW),
        "mentor_ranks": (problem.mentor_ranks, pairs, 1, RANKS_BELOW),
    }
    faults = [
        f"The {name} of the problem are not {length} whole numbers from {least} to {most}."
        for name, (row, length, least, most) in rows.items()
        if not (_within(row, length, least, most) or (row is None and name.endswith("ranks")))
    ]
    if not _are_pairs(problem.fixed, mentees, mentors):
        faults.append(
            "The fixed pairs of the problem are not rows of a mentee and a mentor, each once."
        )
    return faults or _order_faults(problem)


def result_faults(problem: Problem, result: Result) -> list[str]:
    """Return what keeps the chosen pairs of a result from being read against a sound problem."""
    if not isinstance(result.mode, Mode):
        return ["The mode of the result is none."]
    chosen: Any = result.chosen
    if not isinstance(chosen, np.ndarray) or chosen.dtype.kind not in "iu" or chosen.ndim != 1:
        return ["The chosen pairs are not a row of places."]
    if len(chosen) and (chosen.min() < 0 or chosen.max() >= len(problem.fits)):
        return ["A chosen pair is not among the eligible ones."]
    return []


def is_proof(problem: Problem, proof: Proof | None) -> bool:
    """Whether a proof has one whole price a mentor, and the rest of its fields are of their types.

    No price may be so large that sums over a mentee's wants leave 64 bits.
    """
    if not isinstance(proof, Proof):
        return False
    claims: Any = proof  # whatever the types of its fields say
    most = PRICES_BELOW // max(1, int(problem.wants.max(initial=1)))
    rows = [claims.prices]
    rows += [row for row in (claims.coverage_prices, claims.ceiling_prices) if row is not None]
    return (
        all(_within(row, len(problem.mentor_ids), -most, most) for row in rows)
        and isinstance(claims.most_mentors, bool)
        and isinstance(claims.least_fit, int)
    )


def _order_faults(problem: Problem) -> list[str]:
    """Pairs stand by mentee, then mentor, each once, and `starts` says where each mentee's do."""
    keys = problem.mentees * len(problem.mentor_ids) + problem.mentors
    starts = starts_of(problem.mentees, len(problem.mentee_ids))
    if (keys[1:] <= keys[:-1]).any() or (starts != problem.starts).any():
        return ["The pairs of the problem are not sorted by mentee and mentor, each once."]
    return []


def _is_row(row: Any) -> bool:
    return isinstance(row, np.ndarray) and row.dtype == np.int64 and row.ndim == 1


def _within(row: Any, length: int, least: int, most: int) -> bool:
    if not _is_row(row) or len(row) != length:
        return False
    return not length or (int(row.min()) >= least and int(row.max()) <= most)


def _are_pairs(fixed: Any, mentees: int, mentors: int) -> bool:
    """Whether these are rows of a mentee and a mentor, each pair once."""
    if not isinstance(fixed, np.ndarray) or fixed.dtype != np.int64 or fixed.ndim != 2:  # noqa: PLR2004 -- a table
        return False
    if fixed.shape[1] != 2:  # noqa: PLR2004 -- a pair is of two
        return False
    people, others = fixed.T
    there = _within(people, len(fixed), 0, mentees - 1) and _within(
        others, len(fixed), 0, mentors - 1
    )
    return there and len(np.unique(people * mentors + others)) == len(fixed)
