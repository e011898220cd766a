import pickle
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from mentorwell.core.pairing import (
    Matters,
    MentorPool,
    Part,
    ReasonCode,
    Sought,
    Step,
    StyleAnswer,
    Weights,
    WhatMatters,
    Window,
    fit,
    fits,
    reasons_for,
    step_of,
)
from tests.core.pairing.people import FAR_AWAY, HILL, TREE, mentee, mentor


ADA = mentee(
    "ada",
    sought=(Sought("echo"), Sought("first-post")),
    values=("mastery", "service"),
    style=(StyleAnswer("view", -1), StyleAnswer("push", 2)),
    site=HILL,
    remote=False,
    windows=(Window(600, 720),),
)
BEA = mentor(
    "bea",
    offered=("echo", "first-post"),
    shown_values=("mastery", "service"),
    style=(StyleAnswer("view", -1), StyleAnswer("push", 2)),
    site=HILL,
    windows=(Window(0, 1000),),
)
CY = mentor(
    "cy",
    offered=("hand",),
    shown_values=("fun",),
    style=(StyleAnswer("view", 2), StyleAnswer("push", 2)),
    site=FAR_AWAY,
    windows=(Window(0, 100),),
)
DEE = mentor("dee", offered=("echo",), shown_values=("service",))


def test_two_people_who_share_everything_fit_perfectly():
    found = fit(ADA, BEA, TREE)

    assert found.score == 1
    assert found.step is Step.VERY_WELL
    assert [found.part(part).value for part in Part] == [1, 1, 1, 1]
    assert [found.part(part).step for part in Part] == [Step.VERY_WELL] * 4
    assert not any(found.part(part).unknown for part in Part)


def test_fit_is_the_weighted_mean_of_its_parts():
    found = fit(ADA, CY, TREE, Weights(1, 1, 1, 1))

    assert [found.part(part).millionths for part in Part] == [0, 0, 0, 625_000]
    assert found.millionths == 156_250
    assert fit(ADA, CY, TREE, Weights(1, 1, 1, 7)).millionths == 437_500


def test_fit_follows_what_matters_to_the_mentee():
    def score(**matters):
        return fit(replace(ADA, matters=WhatMatters(**matters)), DEE, TREE).score

    no, most = Matters.NO, Matters.MOST
    found = fit(ADA, DEE, TREE)

    assert score(proximity=no, values=no, style=no) == found.interest.value == 0.65
    assert score(interest=no, proximity=no, style=no) == found.values.value
    assert score(interest=most) > score() > score(interest=no)


def test_fit_with_somebody_unknown_is_neutral():
    found = fit(mentee(), mentor(), TREE)

    assert found.score == 0.3
    assert found.step is Step.A_LITTLE
    assert all(found.part(part).unknown for part in Part)
    assert [found.part(part).reasons[0].code for part in Part] == [
        ReasonCode.TOPICS_NOT_KNOWN,
        ReasonCode.PLACE_NOT_KNOWN,
        ReasonCode.VALUES_NOT_KNOWN,
        ReasonCode.STYLE_NOT_KNOWN,
    ]


@pytest.mark.parametrize(
    ("millionths", "step"),
    [
        (1_000_000, Step.VERY_WELL),
        (750_000, Step.VERY_WELL),
        (749_999, Step.WELL),
        (550_000, Step.WELL),
        (549_999, Step.SOMEWHAT),
        (350_000, Step.SOMEWHAT),
        (349_999, Step.A_LITTLE),
        (0, Step.A_LITTLE),
    ],
)
def test_steps_begin_where_they_say(millionths, step):
    assert step_of(millionths) is step


def test_table_holds_every_pair():
    bo = mentee("bo", values=("service",), matters=WhatMatters(values=Matters.MOST))
    weights = Weights(3, 2, 2, 1)
    table = fits([ADA, bo], MentorPool.build([BEA, CY, DEE], TREE), weights)

    assert table.mentee_ids == ("ada", "bo")
    assert table.mentor_ids == ("bea", "cy", "dee")
    for row, asking in enumerate([ADA, bo]):
        for column, giving in enumerate([BEA, CY, DEE]):
            single = fit(asking, giving, TREE, weights)
            assert table.scores[row, column] == single.millionths
            for part in Part:
                assert table.part(part)[row, column] == single.part(part).millionths
                assert table.is_unknown(part)[row, column] == single.part(part).unknown


def test_reasons_stand_apart_from_numbers():
    found = fit(ADA, DEE, TREE)

    assert reasons_for(ADA, DEE, TREE) == {part: found.part(part).reasons for part in Part}


def test_pool_and_table_cannot_be_changed():
    pool = MentorPool.build([BEA], TREE)
    table = fits([ADA], pool)

    for array in (pool.keys, pool.offers.credits, pool.styles.added, table.scores, table.parts):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(FrozenInstanceError):
        pool.ids = ()


def test_pool_survives_a_cache():
    pool = MentorPool.build([BEA, CY, DEE], TREE)
    kept = pickle.dumps(pool)
    copy = pickle.loads(kept)  # noqa: S301 - written on the line above

    assert len(copy) == 3
    np.testing.assert_array_equal(fits([ADA], copy).scores, fits([ADA], pool).scores)
    with pytest.raises(ValueError, match="read-only"):
        copy.whereabouts.weeks.starts[...] = 0


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: MentorPool.build([], TREE), "There is no mentor"),
        (lambda: MentorPool.build([BEA, CY, BEA], TREE), "The mentor 'bea' is there twice"),
        (lambda: fits([], MentorPool.build([BEA], TREE)), "There is no mentee"),
        (
            lambda: fits([ADA, mentee("bo"), ADA], MentorPool.build([BEA], TREE)),
            "The mentee 'ada' is there twice",
        ),
        (
            lambda: fits([mentee(sought=(Sought("heart"),))], MentorPool.build([BEA], TREE)),
            "'mentee' seeks the topic 'heart', which is not in the tree",
        ),
    ],
)
def test_bad_lists_are_refused_naming_what_is_wrong(build, message):
    with pytest.raises(ValueError, match=message):
        build()


def test_one_person_may_be_mentee_and_mentor():
    table = fits([mentee("ada")], MentorPool.build([mentor("ada"), BEA], TREE))

    assert table.scores.shape == (1, 2)
