"""What holds for any two people, and for any many."""

from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
from bench._plain import plain_fits
from bench.fit import realistic_people, realistic_tree
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorwell.core.pairing import (
    NEUTRAL,
    ONE,
    MentorPool,
    Part,
    Slider,
    Sought,
    StyleAnswer,
    Weights,
    Window,
    fit,
    fits,
)
from tests.core.pairing.people import (
    SITES,
    TREE,
    VALUES,
    all_weights,
    mentees,
    mentor,
    mentors,
    some_mentees,
    some_mentors,
)


topics = st.sampled_from(TREE.slugs)


@given(mentees(), mentors(), all_weights())
def test_fit_and_parts_lie_between_0_and_1_and_unknown_is_neutral(asking, giving, weights):
    found = fit(asking, giving, TREE, weights)

    values = [found.part(part).millionths for part in Part]
    assert 0 <= min(values) <= found.millionths <= max(values) <= ONE
    for part in Part:
        value = found.part(part).millionths
        assert value == 0 or value >= NEUTRAL or part is Part.PROXIMITY
        assert not found.part(part).unknown or value == NEUTRAL
        assert found.part(part).reasons


@given(some_mentees(), some_mentors(), all_weights())
@settings(max_examples=60)
def test_single_pairs_and_tables_and_the_plain_rules_agree(asking, giving, weights):
    table = fits(asking, MentorPool.build(giving, TREE), weights)
    plain = plain_fits(list(asking), list(giving), TREE, weights)

    for row, one in enumerate(asking):
        for column, other in enumerate(giving):
            single = fit(one, other, TREE, weights)
            parts = tuple(single.part(part).millionths for part in Part)
            unknown = tuple(single.part(part).unknown for part in Part)
            by_rules = plain[row][column]
            assert (parts, unknown) == (by_rules.parts, by_rules.unknown)
            assert single.millionths == by_rules.score == table.scores[row, column]
            assert parts == tuple(table.parts[:, row, column])
            assert unknown == tuple(table.is_unknown(part)[row, column] for part in Part)


def test_large_tables_agree_with_the_plain_rules():
    tree = realistic_tree()
    asking, giving = realistic_people(70, 150, tree, seed=7)
    weights = Weights(3, 2, 2, 1)
    table = fits(asking, MentorPool.build(giving, tree), weights)
    plain = plain_fits(asking, giving, tree, weights)

    assert table.scores.tolist() == [[pair.score for pair in row] for row in plain]
    assert table.parts.transpose(1, 2, 0).tolist() == [
        [list(pair.parts) for pair in row] for row in plain
    ]


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (2, 3), (7, 100), (100, 7), (200, 5000)])
def test_blocks_change_nothing(monkeypatch, rows, columns):
    tree = realistic_tree()
    asking, giving = realistic_people(20, 50, tree, seed=3)
    pool = MentorPool.build(giving, tree)
    whole = fits(asking, pool)

    # by its full name, because the package exports the function `fit` under the module's
    module = import_module("mentorwell.core.pairing.fit")
    monkeypatch.setattr(module, "ROWS", rows)
    monkeypatch.setattr(module, "COLUMNS", columns)

    cut = fits(asking, pool)
    np.testing.assert_array_equal(cut.parts, whole.parts)
    np.testing.assert_array_equal(cut.scores, whole.scores)
    np.testing.assert_array_equal(cut.unknown, whole.unknown)


@given(some_mentees(), some_mentors(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_order_of_people_changes_nothing(asking, giving, chance):
    rows, columns = list(range(len(asking))), list(range(len(giving)))
    chance.shuffle(rows)
    chance.shuffle(columns)
    table = fits(asking, MentorPool.build(giving, TREE))
    mixed = fits(
        [asking[row] for row in rows], MentorPool.build([giving[c] for c in columns], TREE)
    )

    np.testing.assert_array_equal(mixed.scores, table.scores[np.ix_(rows, columns)])
    np.testing.assert_array_equal(mixed.unknown, table.unknown[np.ix_(rows, columns)])


@given(mentees(), mentors(), st.randoms(use_true_random=False))
def test_order_of_answers_changes_nothing_but_that_of_a_mentees_values(asking, giving, chance):
    def mixed(answers):
        return tuple(chance.sample(answers, len(answers)))

    def numbers(found):
        return found.millionths, [found.part(part).millionths for part in Part]

    names = ["interests", "style", "windows"]
    other_asking = replace(
        asking, **{name: mixed(getattr(asking, name)) for name in [*names, "sought"]}
    )
    other_giving = replace(
        giving,
        **{name: mixed(getattr(giving, name)) for name in [*names, "offered", "shown_values"]},
    )

    assert numbers(fit(other_asking, other_giving, TREE)) == numbers(fit(asking, giving, TREE))


@given(mentees(), mentors())
def test_style_and_proximity_are_the_same_from_both_sides(asking, giving):
    shared = ["style", "site", "remote", "windows", "times_change"]
    found = fit(asking, giving, TREE)
    swapped = fit(
        replace(asking, **{name: getattr(giving, name) for name in shared}),
        replace(giving, **{name: getattr(asking, name) for name in shared}),
        TREE,
    )

    for part in (Part.STYLE, Part.PROXIMITY):
        assert swapped.part(part).millionths == found.part(part).millionths
        assert swapped.part(part).unknown == found.part(part).unknown
    assert [reason.minutes for reason in swapped.proximity.reasons] == [
        reason.minutes for reason in found.proximity.reasons
    ]


def never_lower(before, after, weights):
    """One more shared thing: no part and no fit falls."""
    old, new = fit(*before, TREE, weights), fit(*after, TREE, weights)

    for part in Part:
        assert new.part(part).millionths >= old.part(part).millionths
    assert new.millionths >= old.millionths


@given(mentees(), mentors(), topics, st.integers(1, 3), all_weights())
def test_one_more_shared_topic_never_lowers_a_fit(asking, giving, topic, strength, weights):
    more = asking
    if topic not in [sought.slug for sought in asking.sought]:
        more = replace(asking, sought=(*asking.sought, Sought(topic, strength)))
    offers = replace(giving, offered=tuple({*giving.offered, topic}))

    never_lower((asking, giving), (more, offers), weights)


@given(mentees(), mentors(), topics, all_weights())
def test_one_more_shared_interest_never_lowers_a_fit(asking, giving, topic, weights):
    never_lower(
        (asking, giving),
        (
            replace(asking, interests=tuple({*asking.interests, topic})),
            replace(giving, interests=tuple({*giving.interests, topic})),
        ),
        weights,
    )


@given(
    mentees().filter(lambda one: len(one.values) < 5),
    mentors().filter(lambda one: len(one.shown_values) < 5),
    st.sampled_from(VALUES),
    st.integers(0, 4),
    all_weights(),
)
def test_one_more_shared_value_at_any_rank_never_lowers_a_fit(asking, giving, value, rank, weights):
    values = asking.values
    if value not in values:
        values = (*values[:rank], value, *values[rank:])
    shown = giving.shown_values if value in giving.shown_values else (*giving.shown_values, value)

    never_lower(
        (asking, giving),
        (replace(asking, values=values), replace(giving, shown_values=shown)),
        weights,
    )


@given(mentees(), mentors(), st.integers(0, 10_000), st.integers(1, 80), all_weights())
def test_one_more_shared_window_never_lowers_a_fit(asking, giving, start, length, weights):
    window = Window(start, start + length)

    never_lower(
        (asking, giving),
        (
            replace(asking, windows=(*asking.windows, window)),
            replace(giving, windows=(*giving.windows, window)),
        ),
        weights,
    )


answers = st.builds(StyleAnswer, st.sampled_from(Slider), st.integers(-2, 2), st.integers(0, 2))


@given(mentees(), mentors(), answers, st.integers(0, 2), all_weights())
def test_one_more_shared_position_never_lowers_a_fit(asking, giving, answer, matters, weights):
    own = next((one for one in asking.style if one.slider == answer.slider), None)
    theirs = next((one for one in giving.style if one.slider == answer.slider), None)
    position = (own or answer).position
    if theirs is None:
        giving_more = (*giving.style, StyleAnswer(answer.slider, position, matters))
    else:
        moved = theirs._replace(position=position)
        giving_more = tuple(moved if one == theirs else one for one in giving.style)

    never_lower(
        (asking, giving),
        (
            replace(asking, style=asking.style if own else (*asking.style, answer)),
            replace(giving, style=giving_more),
        ),
        weights,
    )


@given(mentees(), mentors(), st.sampled_from(SITES), all_weights())
def test_moving_to_one_site_or_both_meeting_by_video_never_lowers_a_fit(
    asking, giving, site, weights
):
    never_lower((asking, giving), (replace(asking, site=site), replace(giving, site=site)), weights)
    never_lower(
        (asking, giving), (replace(asking, remote=True), replace(giving, remote=True)), weights
    )


@given(mentees(), all_weights())
@settings(max_examples=25)
def test_parts_that_do_not_count_change_no_score(asking, weights):
    counted = weights.for_mentee(asking.matters)
    blank = fit(asking, mentor(), TREE, weights)
    silent = {
        Part.INTEREST: {"offered": TREE.slugs},
        Part.PROXIMITY: {"site": SITES[0], "remote": False},
        Part.VALUES: {"shown_values": tuple(VALUES[:5])},
        Part.STYLE: {"style": tuple(StyleAnswer(slider, 2, 2) for slider in Slider)},
    }
    for part, weight in zip(Part, counted, strict=True):
        if weight == 0:
            said_more = fit(asking, mentor(**silent[part]), TREE, weights)
            assert said_more.millionths == blank.millionths
