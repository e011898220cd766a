import pytest

from mentorwell.core.pairing import Reason, ReasonCode, Side, fit
from tests.core.pairing.people import TREE, mentee, mentor


FIVE = ("mastery", "service", "honesty", "hope", "duty")


def values(own, shown):
    return fit(mentee(values=own), mentor(shown_values=shown), TREE).values


@pytest.mark.parametrize(
    ("own", "shown", "share"),
    [
        pytest.param(FIVE, FIVE, 1, id="all five"),
        pytest.param(FIVE, FIVE[::-1], 1, id="all five in another order"),
        pytest.param(FIVE, ("mastery",), 5 / 15, id="the first"),
        pytest.param(FIVE, ("duty",), 1 / 15, id="the last"),
        pytest.param(FIVE, ("fun", "duty", "mastery"), 6 / 15, id="first and last"),
        pytest.param(FIVE[:2], ("service",), 4 / 9, id="a short list"),
        pytest.param(FIVE[:1], FIVE, 1, id="a list of one"),
    ],
)
def test_values_weigh_by_the_mentees_rank(own, shown, share):
    part = values(own, shown)

    assert part.value == pytest.approx(0.3 + 0.7 * share, abs=5e-7)
    assert not part.unknown


def test_values_in_common_with_nobody_else_count_nothing():
    assert values(FIVE, ("fun", "growth")).value == 0
    assert not values(FIVE, ("fun",)).unknown


def test_values_that_no_mentor_shows_still_weigh():
    assert values(("mastery", "unheard-of"), ("mastery",)).value == pytest.approx(
        0.3 + 0.7 * 5 / 9, abs=5e-7
    )


def test_showing_more_values_costs_a_mentor_nothing():
    assert values(FIVE, ("mastery", "fun", "growth")) == values(FIVE, ("mastery",))


@pytest.mark.parametrize(
    ("own", "shown", "missing"),
    [
        ((), (), (Side.MENTEE, Side.MENTOR)),
        (FIVE, (), (Side.MENTOR,)),
        ((), FIVE, (Side.MENTEE,)),
    ],
)
def test_values_are_unknown_until_the_mentee_chooses_and_the_mentor_shows(own, shown, missing):
    part = values(own, shown)

    assert part.unknown
    assert part.value == 0.3
    assert part.reasons == (Reason(ReasonCode.VALUES_NOT_KNOWN, missing=missing),)


def test_reason_names_shared_values_in_the_mentees_order_and_no_others():
    part = values(FIVE, ("growth", "hope", "mastery"))

    assert part.reasons == (Reason(ReasonCode.SHARED_VALUES, slugs=("mastery", "hope")),)


def test_reason_names_no_value_when_none_is_shared():
    assert values(FIVE, ("fun",)).reasons == (Reason(ReasonCode.NO_SHARED_VALUE),)
