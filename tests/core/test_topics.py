import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.topics import Topic, TopicTree


TREE = [
    ("clinical", None),
    ("medicine", "clinical"),
    ("cardiology", "medicine"),
    ("echo", "cardiology"),
    ("rhythm", "cardiology"),
    ("kidney", "medicine"),
    ("dialysis", "kidney"),
    ("surgery", "clinical"),
    ("hand", "surgery"),
    ("career", None),
    ("first-post", "career"),
]


@pytest.mark.parametrize(
    ("one", "other", "credit"),
    [
        pytest.param("echo", "echo", 1, id="itself"),
        pytest.param("clinical", "clinical", 1, id="a root itself"),
        pytest.param("echo", "cardiology", 1 / 2, id="child and parent"),
        pytest.param("medicine", "clinical", 1 / 2, id="child and root"),
        pytest.param("echo", "rhythm", 1 / 4, id="siblings"),
        pytest.param("echo", "medicine", 1 / 4, id="grandchild and grandparent"),
        pytest.param("echo", "kidney", 1 / 8, id="child of a sibling"),
        pytest.param("echo", "clinical", 1 / 8, id="great-grandparent"),
        pytest.param("echo", "dialysis", 1 / 16, id="cousins"),
        pytest.param("medicine", "surgery", 1 / 16, id="siblings right under a root"),
        pytest.param("cardiology", "surgery", 0, id="further apart across a root"),
        pytest.param("echo", "hand", 0, id="far apart in one tree"),
        pytest.param("first-post", "echo", 0, id="two trees"),
        pytest.param("career", "clinical", 0, id="two roots"),
    ],
)
def test_credit_halves_with_each_step(one, other, credit):
    tree = TopicTree.build(TREE)

    assert tree.credit(one, other) == credit
    assert tree.credit(other, one) == credit


def test_topic_that_stands_alone_gives_credit_to_nothing_else():
    topics = [Topic(*row) for row in TREE if row[0] != "echo"]
    tree = TopicTree.build([*topics, Topic("echo", "cardiology", alone=True)])

    assert {other: tree.credit("echo", other) for other in tree.slugs if other != "echo"} == (
        dict.fromkeys([slug for slug, _ in TREE if slug != "echo"], 0)
    )
    assert tree.credit("echo", "echo") == 1
    assert tree.credit("cardiology", "rhythm") == 1 / 2


def test_children_may_come_before_their_parents():
    forwards, backwards = TopicTree.build(TREE), TopicTree.build(reversed(TREE))

    for one, _ in TREE:
        for other, _ in TREE:
            assert forwards.credit(one, other) == backwards.credit(one, other)


def test_tree_may_be_empty():
    assert TopicTree.build([]).sixteenths.shape == (0, 0)


@pytest.mark.parametrize(
    ("topics", "message"),
    [
        ([("", None)], "A topic has an empty slug"),
        ([("echo", None), ("echo", None)], "The topic 'echo' is there twice"),
        ([("echo", "heart")], "The parent 'heart' of the topic 'echo' is not in the tree"),
        ([("echo", "echo")], "The topic 'echo' comes back to 'echo' above it"),
        ([("a", "b"), ("b", "a")], "The topic 'a' comes back to 'a' above it"),
        ([("a", "b"), ("b", "c"), ("c", "b")], "The topic 'a' comes back to 'b' above it"),
    ],
)
def test_build_refuses_what_is_no_tree(topics, message):
    with pytest.raises(ValueError, match=message):
        TopicTree.build(topics)


def test_credit_of_an_unknown_topic_is_an_error():
    with pytest.raises(KeyError, match="heart"):
        TopicTree.build(TREE).credit("echo", "heart")


def test_tree_cannot_be_written_to_even_after_pickling():
    kept = pickle.dumps(TopicTree.build(TREE))
    tree = pickle.loads(kept)  # noqa: S301 - written on the line above

    assert tree.credit("echo", "cardiology") == 1 / 2
    with pytest.raises(ValueError, match="read-only"):
        tree.sixteenths[0, 0] = 0


@st.composite
def parent_lists(draw):
    """Topics 0..n-1, each under an earlier one or under none."""
    size = draw(st.integers(1, 15))
    return [
        draw(st.none() | st.integers(0, number - 1)) if number else None for number in range(size)
    ]


def steps_up(parents, topic):
    path = [topic]
    while parents[path[-1]] is not None:
        path.append(parents[path[-1]])
    return path


def credit_by_walking(parents, one, other):
    """The rule of TopicTree once more, by walking up from both topics."""
    own, theirs = steps_up(parents, one), steps_up(parents, other)
    meeting = next((topic for topic in own if topic in theirs), None)
    if meeting is None:
        return 0
    steps = own.index(meeting) + theirs.index(meeting)
    if parents[meeting] is None and meeting not in (one, other):
        steps += 2
    return 2**-steps if steps <= 4 else 0


@given(parent_lists())
def test_credits_are_those_found_by_walking_the_tree(parents):
    tree = TopicTree.build(
        (f"t{topic}", None if parent is None else f"t{parent}")
        for topic, parent in enumerate(parents)
    )

    for one in range(len(parents)):
        for other in range(len(parents)):
            expected = credit_by_walking(parents, one, other)
            assert tree.credit(f"t{one}", f"t{other}") == expected
