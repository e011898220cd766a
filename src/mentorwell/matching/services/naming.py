"""Naming mentors to mentees: the pairs of a run first, then the next best, never the same twice."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from mentorwell.core.pairing import Mode, Problem, solve


EACH = 3  # mentors named to one mentee at a time

Pairs = Sequence[tuple[int, int]]


def names(
    *,
    problem: Problem,
    mode: Mode,
    missing: Mapping[int, int],
    named: Collection[tuple[int, int]],
    first: Pairs = (),
) -> Iterator[tuple[int, int, int]]:
    """Yield (position, mentee, mentor) for as many mentors as each mentee misses, at most EACH.

    People are places in the problem. `first` are pairs that come before any other; then, position
    by position, the problem is solved for those who still miss somebody, without the pairs of
    `named` and those yielded before. Nobody is promised a place: the same place of a mentor may be
    named to several, of whom the first to be answered yes has it.
    """
    seen = set(named)
    for position in range(1, EACH + 1):
        chosen = [pair for pair in first if missing.get(pair[0], 0)] if position == 1 else []
        asking = np.zeros(len(problem.mentee_ids), dtype=bool)
        asking[[mentee for mentee, count in missing.items() if count >= position]] = True
        asking[[mentee for mentee, _ in chosen]] = False
        keep = asking[problem.mentees]
        pairs = zip(problem.mentees.tolist(), problem.mentors.tolist(), strict=True)
        keep &= np.array([pair not in seen for pair in pairs], dtype=bool)
        rest = problem.only(keep)
        chosen += [(mentee, mentor) for mentee, mentor in solve(rest, mode).pairs(rest).tolist()]
        seen |= set(chosen)
        for mentee, mentor in chosen:
            yield position, mentee, mentor
