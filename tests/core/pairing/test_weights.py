from math import inf, nan

import pytest
from hypothesis import given

from mentorwell.core.pairing import Matters, Weights, WhatMatters
from tests.core.pairing.people import all_weights, mentees


NO, A_BIT, YES, MOST = Matters


@pytest.mark.parametrize(
    ("weights", "matters", "expected"),
    [
        pytest.param(Weights(), WhatMatters(), (200, 200, 200, 200), id="nothing said"),
        pytest.param(Weights(), WhatMatters(MOST, YES, A_BIT, NO), (300, 200, 100, 0), id="mentee"),
        pytest.param(Weights(3, 0.5, 0, 1), WhatMatters(), (600, 100, 0, 200), id="programme"),
        pytest.param(
            Weights(2, 2, 1, 1), WhatMatters(NO, MOST, MOST, NO), (0, 600, 300, 0), id="x"
        ),
        pytest.param(
            Weights(3, 2, 1, 0), WhatMatters(NO, NO, NO, NO), (300, 200, 100, 0), id="all no"
        ),
        pytest.param(
            Weights(3, 0, 0, 0),
            WhatMatters(NO, MOST, MOST, MOST),
            (300, 0, 0, 0),
            id="all products 0",
        ),
    ],
)
def test_weights_are_the_programmes_times_the_mentees(weights, matters, expected):
    assert weights.for_mentee(matters) == expected


def test_weights_are_read_to_the_hundredth():
    assert Weights(0.333, 1, 0.01, 0.004).hundredths == (33, 100, 1, 0)


@pytest.mark.parametrize("weight", [-0.1, nan, inf, 1000.5])
@pytest.mark.parametrize("part", ["interest", "proximity", "values", "style"])
def test_weights_refuse_what_is_no_weight_naming_the_part(part, weight):
    with pytest.raises(ValueError, match=f"The weight of {part} is {weight}, not from 0 to 1000"):
        Weights(**{part: weight})


@pytest.mark.parametrize("nothing", [0, 0.004])
def test_weights_refuse_to_be_all_zero(nothing):
    with pytest.raises(ValueError, match="at least one part must count"):
        Weights(nothing, nothing, nothing, nothing)


@given(all_weights(), mentees())
def test_weights_of_a_mentee_are_never_all_zero_nor_negative(weights, mentee):
    own = weights.for_mentee(mentee.matters)

    assert any(own)
    assert min(own) >= 0
