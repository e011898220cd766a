import pytest

from mentorwell.core.pairing import Reason, ReasonCode, Side, Slider, StyleAnswer, fit
from tests.core.pairing.people import TREE, mentee, mentor


def style(own, theirs):
    return fit(
        mentee(style=tuple(StyleAnswer(*answer) for answer in own)),
        mentor(style=tuple(StyleAnswer(*answer) for answer in theirs)),
        TREE,
    ).style


def everywhere(position, matters=1):
    return [(slider, position, matters) for slider in Slider]


@pytest.mark.parametrize(
    ("own", "theirs", "value"),
    [
        pytest.param(everywhere(1), everywhere(1), 1, id="alike in everything"),
        pytest.param(everywhere(-2), everywhere(2), 0, id="opposite in everything"),
        pytest.param(everywhere(-1, 2), everywhere(1, 2), 0.5, id="apart in everything"),
        pytest.param(everywhere(-2, 2), everywhere(2, 2), 0, id="opposite, and it matters much"),
        pytest.param(everywhere(-2), everywhere(1), 0.3, id="nearly opposite counts at least 0.3"),
        pytest.param([("view", 1)], [("view", 0)], 0.75, id="one step on one slider"),
        pytest.param(
            [("view", 2, 2), ("push", 2, 1)],
            [("view", 2, 2), ("push", -2, 0)],
            1 - 1 / 5,
            id="what matters more weighs more",
        ),
        pytest.param(
            [("view", 1), ("push", -2)], [("view", 1), ("place", 2)], 1, id="only what both answer"
        ),
        pytest.param(
            [("view", 1, 0), ("push", 1, 1)],
            [("view", -1, 0), ("push", 1, 0)],
            1,
            id="only what matters to one of them",
        ),
    ],
)
def test_style_is_one_less_the_weighted_mean_difference(own, theirs, value):
    part = style(own, theirs)

    assert part.value == pytest.approx(value)
    assert not part.unknown


@pytest.mark.parametrize(
    ("own", "theirs", "missing"),
    [
        ([], [], (Side.MENTEE, Side.MENTOR)),
        ([("view", 1)], [], (Side.MENTOR,)),
        ([], [("view", 1)], (Side.MENTEE,)),
        ([("view", 1)], [("push", 1)], ()),
    ],
)
def test_style_is_unknown_without_a_slider_in_common(own, theirs, missing):
    part = style(own, theirs)

    assert part.unknown
    assert part.value == 0.3
    assert part.reasons == (Reason(ReasonCode.STYLE_NOT_KNOWN, missing=missing),)


def test_style_is_unknown_where_it_matters_to_neither():
    part = style([("view", 1, 0)], [("view", -1, 0)])

    assert part.unknown
    assert part.value == 0.3
    assert part.reasons == (Reason(ReasonCode.STYLE_DOES_NOT_MATTER),)


def test_reason_names_where_they_agree_and_differ_what_matters_most_first():
    part = style(
        [
            ("push", 1, 2),
            ("view", 0),
            ("place", -1),
            ("focus", 2),
            ("feedback", -2),
            ("thinking", 1),
        ],
        [("view", 0), ("push", 2, 2), ("place", 2), ("focus", 0), ("feedback", 1), ("thinking", 2)],
    )

    assert part.reasons == (
        Reason(
            ReasonCode.STYLE_AGREES,
            slugs=("push", "view", "thinking"),
            others=("feedback", "place"),
        ),
    )


def test_reason_leaves_out_sliders_that_matter_to_neither():
    part = style([("view", 1, 0), ("push", 1)], [("view", 1, 0), ("push", 1)])

    assert part.reasons == (Reason(ReasonCode.STYLE_AGREES, slugs=("push",)),)


def test_reason_names_where_they_differ_if_they_agree_nowhere():
    part = style([("view", 1), ("push", 0)], [("view", -1), ("push", 1)])

    assert part.reasons == (Reason(ReasonCode.STYLE_DIFFERS, others=("view",)),)


def test_reason_says_when_they_neither_agree_nor_differ():
    part = style([("view", 0)], [("view", 2)])

    assert part.reasons == (Reason(ReasonCode.STYLE_BETWEEN),)
