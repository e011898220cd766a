"""`stable` against two packages for stable matching, on the same strict lists.

3,000 mentees with lists of 20, 1,000 mentors with three seats each. Each is timed from the form of
input it takes to its result; ours with the check for blocking pairs.
"""

import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from bench._apart import measured
from mentorwell.core.pairing import Problem
from mentorwell.core.pairing.stable import stable
from mentorwell.core.pairing.verify import verify


MENTEES, MENTORS, EACH, SEATS = 3_000, 1_000, 20, 3


def lists() -> tuple[list[list[int]], list[list[int]]]:
    """The lists of both sides, by places; a mentor ranks those who listed them."""
    chance = np.random.default_rng(2)
    mentees = [chance.choice(MENTORS, EACH, replace=False).tolist() for _ in range(MENTEES)]
    mentors: list[list[int]] = [[] for _ in range(MENTORS)]
    for mentee, wanted in enumerate(mentees):
        for mentor in wanted:
            mentors[mentor].append(mentee)
    for by in mentors:
        chance.shuffle(by)
    return mentees, mentors


def ours() -> Callable[[], list[int]]:
    mentees, mentors = lists()
    ranks = [{mentee: rank for rank, mentee in enumerate(by, start=1)} for by in mentors]
    rows = np.repeat(np.arange(MENTEES), EACH)
    columns = np.array(mentees).ravel()
    own = np.tile(np.arange(1, EACH + 1), MENTEES)
    theirs = np.array([ranks[j][i] for i, j in zip(rows.tolist(), columns.tolist(), strict=True)])

    def work() -> list[int]:
        whole = Problem.build(
            mentee_ids=[str(one) for one in range(MENTEES)],
            mentor_ids=[f"m{one}" for one in range(MENTORS)],
            mentees=rows,
            mentors=columns,
            fits=np.zeros(len(rows)),
            seats=SEATS,
            mentee_ranks=own,
            mentor_ranks=theirs,
        )
        result = stable(whole)
        assert verify(whole, result).holds
        partner = np.full(MENTEES, -1)
        partner[whole.mentees[result.chosen]] = whole.mentors[result.chosen]
        return partner.tolist()  # type: ignore[no-any-return]

    return work


def by_matching() -> Callable[[], list[int]]:
    from matching.games import HospitalResident

    mentees, mentors = lists()
    wanted = {f"r{i}": [f"h{j}" for j in row] for i, row in enumerate(mentees)}
    taking = {f"h{j}": [f"r{i}" for i in by] for j, by in enumerate(mentors) if by}
    room = dict.fromkeys(taking, SEATS)

    def work() -> list[int]:
        sys.setrecursionlimit(10**6)  # its deep copy goes from person to person
        game = HospitalResident.create_from_dictionaries(wanted, taking, room)
        partner = [-1] * MENTEES
        for hospital, residents in game.solve(optimal="resident").items():
            for resident in residents:
                partner[int(resident.name[1:])] = int(hospital.name[1:])
        return partner

    return work


def by_algmatch() -> Callable[[], list[int]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from algmatch import HospitalResidentsProblem

    mentees, mentors = lists()
    given = {
        "residents": {i + 1: [j + 1 for j in row] for i, row in enumerate(mentees)},
        "hospitals": {
            j + 1: {"capacity": SEATS, "preferences": [i + 1 for i in by]}
            for j, by in enumerate(mentors)
            if by
        },
    }

    def work() -> list[int]:
        found: Any = HospitalResidentsProblem(dictionary=given).get_stable_matching()
        partner = [-1] * MENTEES
        for resident, hospital in found["resident_sided"].items():
            if hospital:
                partner[int(str(resident).lstrip("r")) - 1] = int(str(hospital).lstrip("h")) - 1
        return partner

    return work


def run() -> Iterator[str]:
    """Measure and yield the rows to print."""
    own = measured(ours, times=7)
    yield f"ours, checked                {own.seconds:8.4f} s  {own.peak:5.2f} GB"
    for words, solver in (("matching", by_matching), ("algmatch", by_algmatch)):
        other = measured(solver, times=3)
        assert other.answer == own.answer, f"{words} finds another result"
        yield (
            f"{words:28} {other.seconds:8.4f} s  {other.peak:5.2f} GB: ours is "
            f"{other.seconds / own.seconds:.0f} times as fast, the same result"
        )
