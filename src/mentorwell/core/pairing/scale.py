"""The scale of fits: whole millionths, so that ties are true ties, and four steps for people."""

from enum import StrEnum


ONE = 1_000_000  # a perfect part or fit
NEUTRAL = 300_000  # a part of which too little is known; also the least a real overlap counts


class Part(StrEnum):
    """The four named parts of every fit."""

    INTEREST = "interest"
    PROXIMITY = "proximity"
    VALUES = "values"
    STYLE = "style"


PARTS = tuple(Part)


class Step(StrEnum):
    """How a fit or a part is told to people; they never see the exact number."""

    VERY_WELL = "very_well"
    WELL = "well"
    SOMEWHAT = "somewhat"
    A_LITTLE = "a_little"


LEAST_OF_STEP = {
    Step.VERY_WELL: 750_000,
    Step.WELL: 550_000,
    Step.SOMEWHAT: 350_000,
    Step.A_LITTLE: 0,
}


def step_of(millionths: int) -> Step:
    """Return the step of a fit or part: very well from 0.75, well from 0.55, somewhat from 0.35.

    A person of whom nothing is known (0.3) fits "a little" until more is known.
    """
    return next(step for step, least in LEAST_OF_STEP.items() if millionths >= least)


def lifted(share: float) -> int:
    """Return the millionths of an overlap: 0 for none, else from 0.3 (just any) to 1 (full).

    `share` is the overlap's size from 0 to 1. The jump at 0 is meant: something in common
    always counts at least as much as not knowing, and nothing in common counts nothing.
    """
    return NEUTRAL + round((ONE - NEUTRAL) * share) if share > 0 else 0
