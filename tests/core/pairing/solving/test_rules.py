"""Rules as they stand in a file: what they allow, what they earn, and what is not understood."""

import numpy as np
import pytest

from mentorwell.core.pairing import Scored
from mentorwell.core.pairing.rules import BadRules, read_rules
from mentorwell.core.pairing.rulescores import RuleScorer, UnknownStep


LADDER = '[ladders]\ngrade = ["low", "middle", "high"]\n'
MENTEES = {
    "site": ["A", "b", "", "A"],
    "grade": ["low", "middle", "high", ""],
    "speaks": ["x; y", "z", "", "y"],
}
MENTORS = {"site": ["a", "", "B"], "grade": ["middle", "high", ""], "speaks": ["y", "x, z", ""]}


def scorer(text):
    return RuleScorer.build(
        read_rules(text),
        MENTEES,
        MENTORS,
        mentee_ids=["ann", "ben", "cy", "mia"],
        mentor_ids=["mia", "ned", "zoe"],
    )


def eligible(text):
    return scorer(text).eligible(np.arange(4), np.arange(3)).astype(int).tolist()


def points(text):
    return (scorer(text).view(np.arange(4)).every(0) / 1_000_000).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [[1, 1, 1], [1, 1, 1], [1, 1, 1], [0, 1, 1]]),  # nobody is their own mentor
        ("[[never]]\nsame = 'site'", [[0, 1, 1], [1, 1, 0], [1, 1, 1], [0, 1, 1]]),
        ("[[only]]\nsame = 'site'", [[1, 0, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]]),
        ("[[only]]\nsame = 'site'\nblank = 'passes'", [[1, 1, 0], [0, 1, 1], [1, 1, 1], [0, 1, 0]]),
        ("[[only]]\nshare = 'speaks'", [[1, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]),
        (
            "[[only]]\nshare = 'speaks'\nblank = 'passes'",
            [[1, 1, 1], [0, 1, 1], [1, 1, 1], [0, 0, 1]],
        ),
        (
            LADDER + "[[only]]\nsteps = 'grade'\nfrom = 1\nto = 2",
            [[1, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]],
        ),
        (
            LADDER + "[[never]]\nsteps = 'grade'\nfrom = -9\nto = 0",
            [[1, 1, 1], [0, 1, 1], [0, 0, 1], [0, 1, 1]],
        ),
    ],
)
def test_hard_rules_keep_pairs_apart(text, expected):
    assert eligible(text) == expected


def test_points_add_up_over_the_rules_that_hold():
    text = LADDER + (
        "[[points]]\nadd = 2\nsame = 'site'\n"
        "[[points]]\nadd = 0.5\nshare = 'speaks'\n"
        "[[points]]\nadd = 4\nsteps = 'grade'\nfrom = 1\nto = 1\n"
    )
    assert points(text) == [[6.5, 0.5, 0], [0, 4.5, 2], [0, 0, 0], [-1e-06, 0, 0]]


def test_one_rule_can_be_left_out_to_see_whom_it_keeps_apart():
    rules = scorer("[[never]]\nsame = 'site'\n[[only]]\nshare = 'speaks'")
    everyone = np.arange(4), np.arange(3)
    assert len(rules.hard_rules) == 2
    assert rules.eligible(*everyone, without=1).sum() == 9
    assert rules.eligible(*everyone, without=0).sum() == 3


def test_pairs_that_reach_a_floor_are_those_of_all():
    view = scorer("[[points]]\nadd = 2\nsame = 'site'").view(np.arange(4))
    found = view.at_least(0, np.full(4, 1), np.full(3, 2**40))
    assert isinstance(found, Scored)
    assert list(zip(found.mentees.tolist(), found.mentors.tolist(), strict=True)) == [
        (0, 0),
        (1, 2),
    ]
    assert view.first_block() == 0


def test_a_cell_on_no_step_is_named():
    with pytest.raises(UnknownStep) as told:
        scorer("[ladders]\ngrade = ['low', 'middle']\n[[only]]\nsteps = 'grade'\nfrom = 1\nto = 1")
    assert (told.value.of_mentor, told.value.person, told.value.column, told.value.cell) == (
        False, 2, "grade", "high",
    )  # fmt: skip


def test_parts_count_unless_only_points_do():
    assert read_rules("").parts is not None
    assert read_rules("[[points]]\nadd = 1\nsame = 'site'").parts is None
    assert read_rules("[parts]\ninterest = 0").parts is None
    both = read_rules("[parts]\ninterest = 2\n[[points]]\nadd = 1\nsame = 'site'").parts
    assert (both.interest, both.values) == (2, 0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("points = 3", "points: write each rule under [[points]]."),
        ("[[points]]\nadd = true\nsame = 'a'", "points 1, add: True"),
        ("[[points]]\nadd = 0\nsame = 'a'", "points 1, add: 0 is not a number above 0"),
        ("[[never]]\nsame = 3", "never 1, same: name a column"),
        ("[[never]]\nsame = { mentee = 'a' }", "never 1, same: name a column"),
        ("[[never]]\nsame = 'a'\nfrom = 1", "never 1: 'from' goes with steps only."),
        ("[[only]]\nsame = 'a'\nblank = 'maybe'", "only 1, blank: 'maybe' is neither"),
        (
            LADDER + "[[only]]\nsteps = 'grade'\nfrom = 1.5\nto = 2",
            "only 1, from: 1.5 is not a whole number",
        ),
        (LADDER + "[[only]]\nsteps = 'grade'\nfrom = true\nto = 2", "only 1, from: True"),
        ("[[only]]\nsteps = 'a'\nfrom = 1\nto = 2", "there is no ladder 'a'; there is none at all"),
        ("[ladders]\ngrade = []", "ladders, grade: it has no steps."),
        ("[ladders]\ngrade = 'low'", "ladders, grade: a ladder is a list of names"),
        ("ladders = 3", "ladders: this should be a table."),
        ("[parts]\ncharm = 1", "parts: 'charm' is not known here"),
        ("[parts]\nstyle = 'much'", "parts, style: 'much' is not a number."),
        ("[parts]\nstyle = 2000", "parts: The weight of style is 2000"),
        ("[columns]\nshoe = 'a'", "columns: 'shoe' is not known here"),
        ("[people]\nseats = -1", "people, seats: -1 is not a whole number from 0"),
    ],
)
def test_what_is_not_understood_is_named(text, message):
    with pytest.raises(BadRules) as told:
        read_rules(text)
    assert message in str(told.value)
