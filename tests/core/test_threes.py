"""Three at a time, and never the same three twice."""

from itertools import chain, combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.threes import all_threes, in_an_order, threes_for


NAMES = st.lists(st.text("abcdefghijklmnop", min_size=1, max_size=3), max_size=9, unique=True)


@given(NAMES, st.text(max_size=5))
def test_an_order_holds_the_same_names_and_is_always_the_same(names, seed):
    ordered = in_an_order(names, seed=seed)
    assert sorted(ordered) == sorted(names)
    assert ordered == in_an_order(reversed(names), seed=seed)


def test_another_seed_has_another_order():
    names = [f"question-{number}" for number in range(12)]
    orders = {tuple(in_an_order(names, seed=str(seed))) for seed in range(20)}
    assert len(orders) == 20


@given(NAMES)
def test_every_three_comes_once(names):
    threes = list(all_threes(names))
    assert len({frozenset(three) for three in threes}) == len(threes)
    assert len(threes) == (comb(len(names), 3) if len(names) >= 3 else bool(names))
    assert all(len(set(three)) == min(3, len(names)) for three in threes)


@given(NAMES)
def test_the_first_threes_share_no_name(names):
    fresh = list(all_threes(names))[: len(names) // 3]
    named = list(chain.from_iterable(fresh))
    assert len(named) == len(set(named))


@given(st.integers(6, 9), st.integers(1, 4), st.integers(0, 12))
def test_no_occasion_has_a_three_that_one_before_it_had(count, each, occasion):
    names = [f"n{number}" for number in range(count)]
    enough = (occasion + 1) * each <= comb(count, 3)

    seen = [
        frozenset(three)
        for number in range(occasion + 1)
        for three in threes_for(number, fitting=lambda _number: names, each=each)
    ]

    assert not enough or len(set(seen)) == len(seen) == (occasion + 1) * each


@given(st.lists(NAMES, min_size=1, max_size=5), st.integers(1, 3))
def test_what_fits_may_change_and_no_three_comes_again_while_there_are_others(fits, each):
    seen = set()
    for number, names in enumerate(fits):
        threes = threes_for(number, fitting=lambda which: fits[which], each=each)
        again = [three for three in threes if frozenset(three) in seen]
        possible = {frozenset(three) for three in all_threes(names)}
        if again:
            assert len(possible - seen) < each
            seen -= possible
        assert set(chain.from_iterable(threes)) <= set(names)
        seen.update(frozenset(three) for three in threes)


def test_after_all_have_been_had_they_begin_anew():
    names = ["a", "b", "c", "d"]
    had = [threes_for(number, fitting=lambda _number: names, each=1)[0] for number in range(9)]
    assert had[:4] == had[4:8]
    assert len(set(had[:4])) == 4
    assert {frozenset(three) for three in had[:4]} == {
        frozenset(three) for three in combinations(names, 3)
    }


@pytest.mark.parametrize("names", [[], ["a"], ["a", "b"]])
def test_with_fewer_than_three_there_is_what_there_is(names):
    assert threes_for(3, fitting=lambda _number: names, each=1) == ([tuple(names)] if names else [])
