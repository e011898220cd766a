"""Why somebody has nobody, what would help, and what a change costs: as seen when solved again."""

import numpy as np
import pytest

from mentorwell.core.disclosure import Share
from mentorwell.core.pairing import Infeasible, Mode, Problem, solve
from mentorwell.core.pairing.explain import (
    Without,
    change,
    fairness,
    one_more_seat,
    shortage,
    unmatched,
    without_pair,
)
from mentorwell.core.pairing.optimal import best
from mentorwell.core.pairing.ranked import ranked
from tests.core.pairing.solving.brute import named, small_problem


def market(**more):
    """Ann and ben want mia, who has one seat; cy could only have ned, who takes nobody; di nobody."""
    return Problem.build(
        mentee_ids=["ann", "ben", "cy", "di"],
        mentor_ids=["mia", "ned", "zoe"],
        mentees=[0, 1, 2, 0],
        mentors=[0, 0, 1, 2],
        fits=[0.9, 0.8, 0.7, 0.1],
        seats=[1, 0, 0],
        **more,
    )


def test_each_mentee_without_a_mentor_has_a_reason_and_a_remedy_that_works():
    problem = market()
    result = best(problem)
    found = unmatched(problem, result, most_remedies=10)
    assert [(one.mentee, one.reason, one.eligible) for one in found] == [
        (1, Without.ALL_TAKEN, 1),
        (2, Without.NO_SEATS, 1),
        (3, Without.NOBODY_ELIGIBLE, 0),
    ]
    assert [one.remedy and one.remedy.mentor for one in found] == [0, 1, None]
    for one in found[:2]:
        larger = one_more_seat(problem, one.remedy.mentor)
        after = best(larger)
        assert one.remedy.helps
        assert after.covered(larger) - result.covered(problem) == one.remedy.covered == 1
        assert after.total(larger) - result.total(problem) == one.remedy.total


def test_remedies_are_sought_for_as_many_as_asked():
    problem = market()
    assert [one.remedy for one in unmatched(problem, best(problem))] == [None] * 3
    some = unmatched(problem, best(problem), most_remedies=1)
    assert [one.remedy is not None for one in some] == [True, False, False]


@pytest.mark.parametrize("seed", range(60))
def test_every_remedy_is_what_solving_again_shows(seed):
    problem = small_problem(np.random.default_rng(seed), plain=True, pairs=7)
    result = best(problem)
    for one in unmatched(problem, result, most_remedies=9):
        if one.remedy is not None:
            larger = one_more_seat(problem, one.remedy.mentor)
            after = best(larger)
            assert one.remedy.covered == after.covered(larger) - result.covered(problem) > 0
            assert one.remedy.helps == (one.mentee in after.pairs(larger)[:, 0])


def test_to_have_a_pair_costs_what_solving_with_it_fixed_costs():
    problem = market()
    result = best(problem)
    cost = change(problem, result, have=(1, 0))
    assert (cost.covered, cost.total) == (0, -100_000)
    assert cost.gone.tolist() == [[0, 0]]
    assert cost.come.tolist() == [[1, 0]]
    assert named(cost.problem, cost.result) == {("ben", "mia")}


def test_to_rule_a_pair_out_costs_what_solving_without_it_costs():
    problem = market()
    cost = without_pair(problem, best(problem), pair=(0, 0))
    assert (cost.covered, cost.total) == (0, -100_000)
    assert cost.come.tolist() == [[1, 0]]


def test_a_pair_that_cannot_be_is_refused():
    problem = market(fixed=[(0, 0)])
    result = best(problem)
    with pytest.raises(ValueError, match="'di' with 'mia' is not eligible"):
        change(problem, result, have=(3, 0))
    with pytest.raises(Infeasible, match="'ben' with 'mia': a fixed pair holds the place"):
        change(problem, result, have=(1, 0))
    with pytest.raises(ValueError, match="'di' with 'ned' is not eligible"):
        without_pair(problem, result, pair=(3, 1))


@pytest.mark.parametrize("mode", [Mode.BEST, Mode.FAIR, Mode.CHOICE])
@pytest.mark.parametrize("seed", range(40))
def test_the_shortage_map_counts_mentors_of_whom_one_more_seat_covers_one_more(mode, seed):
    problem = small_problem(np.random.default_rng(seed), plain=True, ranks=True)
    result = solve(problem, mode)
    lines = shortage(problem, result, {str(j): [j] for j in range(len(problem.seats))})
    for line in lines:
        larger = one_more_seat(problem, int(line.group))
        more = best(larger).covered(larger) - best(problem).covered(problem)
        if mode is not Mode.FAIR:  # a fair result holds its level, below which nobody is covered
            assert line.would_cover == more
        assert line.seats == problem.seats[int(line.group)]
    assert [line.would_cover for line in lines] == sorted(
        (line.would_cover for line in lines), reverse=True
    )


def test_stable_results_have_no_prices_and_so_no_map():
    problem = market()
    assert shortage(problem, solve(problem, Mode.STABLE), {"all": [0, 1]}) == ()


def test_fairness_tells_groups_only_where_enough_are_on_both_sides():
    count = 12
    problem = Problem.build(
        mentee_ids=[f"i{one}" for one in range(count)],
        mentor_ids=["mia"],
        mentees=range(count),
        mentors=[0] * count,
        fits=np.linspace(0.1, 1, count),
        seats=[7],
        mentee_ranks=[1] * count,
    )
    result = best(problem)
    everybody, few = fairness(
        problem, result, {"all": list(range(count)), "few": [0, 1, 11]}, threshold=5
    )
    assert everybody.covered == Share(7, 12)
    assert everybody.median_fit == pytest.approx(problem.fits[8] / 1e6)
    assert everybody.median_rank == 1
    assert (few.covered, few.median_fit, few.median_rank) == (None, None, None)


def test_lists_say_who_is_acceptable_and_the_rest_go_by_fit():
    problem = Problem.build(
        mentee_ids=["ann", "ben"],
        mentor_ids=["mia", "ned", "zoe"],
        mentees=[0, 0, 0, 1, 1, 1],
        mentors=[0, 1, 2, 0, 1, 2],
        fits=[0.9, 0.8, 0.7, 0.6, 0.6, 0.5],
    )
    laid = ranked(problem, mentees=[(0, 1, 2), (0, 2, 0)], mentors=None)
    assert laid.mentors.tolist() == [0, 2, 0, 1, 2]
    assert laid.mentee_ranks.tolist() == [2, 1, 1, 1, 2]
    assert laid.mentor_ranks is None
    both = ranked(problem, mentees=None, mentors=[(0, 1, 1)])
    assert both.mentees.tolist() == [0, 0, 1, 1, 1]
    assert both.mentors.tolist() == [1, 2, 0, 1, 2]
    assert both.mentor_ranks.tolist() == [1, 1, 1, 2, 2]
    nobody = Problem.build(mentee_ids=["ann"], mentor_ids=[], mentees=[], mentors=[], fits=[])
    assert ranked(nobody, mentees=[]).mentee_ranks.tolist() == []
