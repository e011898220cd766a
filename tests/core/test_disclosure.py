import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.disclosure import Share, told_count, told_median, told_share


counts = st.integers(0, 1000)
thresholds = st.integers(3, 50)


@given(counts, thresholds)
def test_a_count_is_told_exactly_from_the_threshold_on(count, threshold):
    assert told_count(count, threshold=threshold) == (count if count >= threshold else None)


def test_nought_is_as_hidden_as_one():
    assert told_count(0, threshold=5) is told_count(1, threshold=5) is None


@given(counts, counts, thresholds)
def test_a_told_share_leaves_a_large_enough_group_on_either_side(part, rest, threshold):
    told = told_share(part, part + rest, threshold=threshold)

    if told is None:
        assert min(part, rest) < threshold
    else:
        assert told == Share(part, part + rest)
        assert min(told.part, told.whole - told.part) >= threshold


@pytest.mark.parametrize(("part", "whole"), [(-1, 5), (6, 5)])
def test_what_is_no_part_is_refused(part, whole):
    with pytest.raises(ValueError, match="is no part"):
        told_share(part, whole, threshold=3)


@given(st.lists(st.integers(0, 400), max_size=30), thresholds)
def test_a_median_needs_as_many_cases_as_the_threshold(values, threshold):
    told = told_median(values, threshold=threshold)

    assert (told is None) == (len(values) < threshold)
    if told is not None:
        assert min(values) <= told <= max(values)


def test_the_median_of_no_case_is_not_told_whatever_the_threshold():
    assert told_median([], threshold=0) is None
    assert told_median([4, 9, 5], threshold=1) == 5
