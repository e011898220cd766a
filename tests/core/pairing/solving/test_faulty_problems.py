"""Problems changed by hand after they were built: refused in words before any solver sees them."""

from dataclasses import replace

import numpy as np
import pytest

from mentorwell.core.pairing import Mode, Problem, solve, verify


SOUND = Problem.build(
    mentee_ids=["ann", "ben"],
    mentor_ids=["mia", "ned"],
    mentees=[0, 0, 1],
    mentors=[0, 1, 0],
    fits=[0.5, 0.4, 0.3],
    mentee_ranks=[1, 2, 1],
    mentor_ranks=[1, 1, 2],
)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("wants", np.array([-1, -1]), "The wants of the problem are not 2 whole numbers"),
        ("seats", np.array([1, -3]), "The seats of the problem are not 2 whole numbers"),
        ("at_least", np.array([0, -1]), "The at_least of the problem are not 2 whole numbers"),
        ("fits", np.array([0.5, 0.4, 0.3]), "The fits of the problem are not"),
        ("mentors", np.array([0, 7, 0]), "The mentors of the problem are not 3 whole numbers"),
        ("mentees", np.array([1, 0, 0]), "not sorted by mentee and mentor"),
        ("fixed", np.array([[0, 9]]), "The fixed pairs of the problem are not rows"),
        ("mentee_ids", ["ann", "ben"], "The ids of the problem are not tuples"),
    ],
)
def test_a_faulty_problem_is_refused_in_words(mode, field, value, fault):
    with pytest.raises(ValueError, match=fault):
        solve(replace(SOUND, **{field: value}), mode)


@pytest.mark.parametrize("mode", Mode)
def test_a_sound_problem_is_solved(mode):
    assert verify(SOUND, solve(SOUND, mode)).holds
