"""Solve by mode, and never hand out what does not verify."""

from mentorwell.core.pairing.forms import problem_faults
from mentorwell.core.pairing.optimal import best, choice, fair
from mentorwell.core.pairing.problem import Problem
from mentorwell.core.pairing.result import Mode, Result
from mentorwell.core.pairing.stable import stable
from mentorwell.core.pairing.verify import Verdict, verify


def solve(problem: Problem, mode: Mode = Mode.BEST, *, most_mentors: bool = False) -> Result:
    """Return a verified result of a problem in one of the four modes.

    `most_mentors` is read by `best` only. Raises as the mode does, ValueError, naming what is
    wrong, for a problem that was altered after `Problem.build` so that no solver could read it,
    and AssertionError if the result does not verify, which would be a fault of this engine and
    not of the input.
    """
    if faults := problem_faults(problem):
        raise ValueError(" ".join(faults))
    if mode is Mode.BEST:
        result = best(problem, most_mentors=most_mentors)
    else:
        result = {Mode.FAIR: fair, Mode.CHOICE: choice, Mode.STABLE: stable}[mode](problem)
    verified(problem, result)
    return result


def verified(problem: Problem, result: Result) -> Verdict:
    """Return the verdict on a result; raises AssertionError, naming the faults, if there are any."""
    verdict = verify(problem, result)
    if not verdict.holds:
        raise AssertionError(f"A result of {result.mode} does not verify: {verdict.faults}")
    return verdict
