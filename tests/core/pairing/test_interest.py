import pytest

from mentorwell.core.pairing import Reason, ReasonCode, Side, Sought, fit
from tests.core.pairing.people import TREE, mentee, mentor


def interest(asking=(), offering=(), *, shares=(), cares=None):
    """The part of a mentee who seeks and cares, and a mentor who offers and cares."""
    return fit(
        mentee(sought=tuple(Sought(*topic) for topic in asking), interests=shares),
        mentor(offered=offering, interests=shares if cares is None else cares),
        TREE,
    ).interest


@pytest.mark.parametrize(
    ("asking", "offering", "value"),
    [
        pytest.param([("echo",)], ("echo",), 1, id="all that is sought"),
        pytest.param([("echo",)], ("teaching",), 0, id="nothing that is sought"),
        pytest.param([("echo",)], ("cardiology",), 0.65, id="the topic above"),
        pytest.param([("echo",)], ("rhythm",), 0.475, id="a sibling"),
        pytest.param([("echo",)], ("rhythm", "cardiology"), 0.65, id="the closest counts"),
        pytest.param([("echo",), ("teaching",)], ("echo",), 0.65, id="half of it"),
        pytest.param([("echo", 3), ("teaching", 1)], ("echo",), 0.825, id="what is most sought"),
        pytest.param([("echo", 1), ("teaching", 3)], ("echo",), 0.475, id="what is least sought"),
        pytest.param(
            [("echo",), ("rhythm",), ("teaching",)],
            ("echo",),
            0.3 + 0.7 * 1.25 / 3,
            id="one of three, and its sibling",
        ),
        pytest.param(
            [("echo",), ("hand",), ("teaching",), ("first-post",), ("career",)],
            ("echo", "hand", "teaching"),
            1,
            id="three of a long list are enough",
        ),
        pytest.param(
            [("echo", 1), ("hand", 1), ("teaching", 1), ("career", 3)],
            ("echo", "hand", "teaching"),
            0.3 + 0.7 * 3 / 5,
            id="but the most sought counts among the three",
        ),
    ],
)
def test_interest_is_the_best_credit_of_what_is_sought(asking, offering, value):
    part = interest(asking, offering)

    assert part.value == pytest.approx(value, abs=5e-7)
    assert not part.unknown


def test_shared_interests_close_part_of_the_gap():
    one, two, three = ("hand",), ("hand", "career"), ("hand", "career", "teaching")

    assert [
        interest([("echo",)], ("cardiology",), shares=shares).value
        for shares in [(), one, two, three]
    ] == pytest.approx([0.65, 0.7375, 0.825, 0.825])
    assert interest([("echo",)], ("echo",), shares=two).value == 1


def test_shared_interests_count_where_nothing_else_meets():
    assert interest([("echo",)], ("teaching",), shares=("hand",)).value == 0.475
    assert interest(shares=("hand",)).value == 0.475
    assert not interest(shares=("hand",)).unknown


def test_interests_that_differ_are_no_lack():
    part = interest([("echo",)], ("echo",), shares=("hand",), cares=("career",))

    assert part.value == 1
    assert interest(shares=("hand",), cares=("career",)).unknown


def test_interests_are_not_offers():
    assert interest([("echo",)], (), cares=("echo",)).unknown


@pytest.mark.parametrize(
    ("asking", "offering", "missing"),
    [
        ([], (), (Side.MENTEE, Side.MENTOR)),
        ([("echo",)], (), (Side.MENTOR,)),
        ([], ("echo",), (Side.MENTEE,)),
    ],
)
def test_interest_is_unknown_until_both_have_named_a_topic(asking, offering, missing):
    part = interest(asking, offering)

    assert part.unknown
    assert part.value == 0.3
    assert part.reasons == (Reason(ReasonCode.TOPICS_NOT_KNOWN, missing=missing),)


def test_reason_names_the_topics_that_meet_most_sought_first():
    part = interest(
        [("hand", 1), ("echo", 3), ("career", 2), ("teaching", 3)],
        ("teaching", "hand", "echo", "rhythm"),
    )

    assert part.reasons == (
        Reason(ReasonCode.OFFERS_WHAT_YOU_SEEK, slugs=("echo", "teaching", "hand")),
    )


def test_reason_names_what_comes_close_closest_first():
    part = interest(
        [("surgery", 3), ("rhythm", 2), ("echo", 1), ("career", 1)],
        ("cardiology", "teaching"),
    )

    assert part.reasons == (
        Reason(
            ReasonCode.OFFERS_SOMETHING_CLOSE,
            slugs=("rhythm", "echo", "surgery"),
            others=("cardiology", "cardiology", "cardiology"),
        ),
    )


def test_reason_says_that_no_topic_is_shared():
    part = interest([("echo",)], ("teaching",))

    assert part.reasons == (Reason(ReasonCode.NO_SHARED_TOPIC),)


def test_reason_adds_the_shared_interests_in_the_mentees_order():
    part = interest(
        [("echo",)], ("echo",), shares=("hand", "career", "teaching"), cares=("teaching", "hand")
    )

    assert part.reasons == (
        Reason(ReasonCode.OFFERS_WHAT_YOU_SEEK, slugs=("echo",)),
        Reason(ReasonCode.SHARED_INTERESTS, slugs=("hand", "teaching")),
    )


@pytest.mark.parametrize(
    ("who", "message"),
    [
        ({"asking": [("heart",)]}, "'mentee' seeks the topic 'heart', which is not in the tree"),
        ({"offering": ("heart",)}, "'mentor' offers the topic 'heart'"),
        ({"shares": ("heart",)}, "'mentor' cares for the topic 'heart'"),
        ({"shares": ("heart",), "cares": ()}, "'mentee' cares for the topic 'heart'"),
    ],
)
def test_topic_that_is_not_in_the_tree_is_refused(who, message):
    with pytest.raises(ValueError, match=message):
        interest(**who)
