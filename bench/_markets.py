"""Markets to measure on: sparse, some mentors more sought than others, few seats to spare."""

from typing import Any, NamedTuple

import numpy as np

from mentorwell.core.pairing import Problem


class Edges(NamedTuple):
    mentees: Any
    mentors: Any
    fits: Any  # whole millionths
    seats: Any


def edges(mentees: int, mentors: int, each: int, spare: float = 1.05, seed: int = 1) -> Edges:
    """Every mentee has about `each` eligible mentors, drawn by how sought they are."""
    chance = np.random.default_rng(seed)
    sought = chance.gamma(2, 1, mentors)
    rows = np.repeat(np.arange(mentees), each)
    columns = chance.choice(mentors, size=len(rows), p=sought / sought.sum())
    keys = np.unique(rows * mentors + columns)
    total = int(mentees * spare)
    seats = np.full(mentors, total // mentors)
    seats[: total % mentors] += 1
    return Edges(*np.divmod(keys, mentors), chance.integers(0, 1_000_001, len(keys)), seats)


def problem(market: Edges, mentees: int) -> Problem:
    return Problem.build(
        mentee_ids=[f"mentee-{one}" for one in range(mentees)],
        mentor_ids=[f"mentor-{one}" for one in range(len(market.seats))],
        mentees=market.mentees,
        mentors=market.mentors,
        fits=market.fits,
        seats=market.seats,
    )
