"""Candidates against the fits of all pairs, and whole markets against their whole problem."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from bench.fit import WEIGHTS, realistic_people, realistic_tree

from mentorwell.core.pairing import (
    FitScorer,
    MenteeProfile,
    MentorPool,
    MentorProfile,
    Mode,
    People,
    Problem,
    Result,
    Scored,
    Site,
    Sought,
    fits,
    solve_market,
    verify,
)
from mentorwell.core.pairing.candidates import best_mentors, candidates
from mentorwell.core.pairing.optimal import best
from mentorwell.core.pairing.order import mixed
from mentorwell.core.topics import TopicTree


TREE = realistic_tree()
SOME = TopicTree.build([("root", None), ("heart", "root"), ("lung", "root"), ("law", None)])


def quiet(mentees, mentors):
    """People of whom nothing is known: all fits are equal."""
    return (
        [MenteeProfile(id=f"mentee-{one}") for one in range(mentees)],
        [MentorProfile(id=f"mentor-{one}") for one in range(mentors)],
        SOME,
    )


def of_one_site(mentees, mentors):
    site = Site("main")
    return (
        [MenteeProfile(id=f"i{n}", site=site, sought=(Sought("heart"),)) for n in range(mentees)],
        [MentorProfile(id=f"j{n}", site=site, offered=("lung",)) for n in range(mentors)],
        SOME,
    )


def of_many_sites(mentees, mentors):
    return (
        [
            MenteeProfile(
                id=f"i{n}",
                site=Site(f"s{n % 9}", n % 80, n % 170),
                interests=("heart",),
                remote=n % 3 == 0,
            )
            for n in range(mentees)
        ],
        [
            MentorProfile(
                id=f"j{n}",
                site=Site(f"s{n % 11}", n % 80, n % 170),
                interests=("heart", "law"),
                remote=n % 2 == 0,
            )
            for n in range(mentors)
        ],
        SOME,
    )


def both_parts(mentees, mentors):
    seekers, givers, tree = of_one_site(mentees, mentors)
    return [replace(one, id=f"j{n}") for n, one in enumerate(seekers)], givers, tree


MARKETS = {
    "realistic": lambda: (*realistic_people(400, 900, TREE), TREE),
    "more mentees": lambda: (*realistic_people(900, 250, TREE, seed=2), TREE),
    "nobody answered": lambda: quiet(70, 600),
    "one site, all equal": lambda: of_one_site(300, 60),
    "many sites": lambda: of_many_sites(150, 700),
    "both parts": lambda: both_parts(60, 80),
    "one mentor": lambda: of_one_site(40, 1),
    "fewer than asked for": lambda: quiet(5, 7),
}


def scorer_of(mentees, mentors, tree):
    return FitScorer.build(mentees, MentorPool.build(mentors, tree), WEIGHTS)


def people_of(mentees, mentors, *, seats=1, wants=1, seed=0):
    return People(
        mentee_ids=tuple(one.id for one in mentees),
        mentor_ids=tuple(one.id for one in mentors),
        wants=np.full(len(mentees), wants),
        seats=np.full(len(mentors), seats),
        at_least=np.zeros(len(mentors), dtype=np.int64),
        fixed=np.zeros((0, 2), dtype=np.int64),
        seed=seed,
    )


def all_scores(mentees, mentors, tree):
    scores = fits(mentees, MentorPool.build(mentors, tree), WEIGHTS).scores.astype(np.int64)
    ids = {one.id: place for place, one in enumerate(mentors)}
    for row, one in enumerate(mentees):
        if one.id in ids:
            scores[row, ids[one.id]] = -1
    return scores


@pytest.mark.parametrize(("count", "first"), [(3, 4096), (30, 4096), (10, 64)])
@pytest.mark.parametrize("name", MARKETS)
def test_candidates_are_exactly_the_best_of_both_sides(monkeypatch, name, count, first):
    monkeypatch.setattr("mentorwell.core.pairing.candidates.FIRST", first)
    mentees, mentors, tree = MARKETS[name]()
    scores = all_scores(mentees, mentors, tree)
    tied = people_of(mentees, mentors).tied
    lots = mixed(tied.mentees[:, None] ^ mixed(tied.mentors)[None, :])
    expected = {
        (row, int(column))
        for row in range(len(mentees))
        for column in np.lexsort((lots[row], -scores[row]))[:count]
    } | {
        (int(row), column)
        for column in range(len(mentors))
        for row in np.lexsort((lots[:, column], -scores[:, column]))[:count]
    }
    expected = {pair for pair in expected if scores[pair] >= 0}
    found = candidates(scorer_of(mentees, mentors, tree), tied, count).pairs
    assert set(zip(found.mentees.tolist(), found.mentors.tolist(), strict=True)) == expected
    assert len(found.scores) == len(expected)
    assert (found.scores == scores[found.mentees, found.mentors]).all()


def test_the_executor_changes_no_byte(monkeypatch):
    monkeypatch.setattr("mentorwell.core.pairing.candidates.FIRST", 128)
    mentees, mentors = realistic_people(700, 400, TREE, seed=4)
    scorer, tied = scorer_of(mentees, mentors, TREE), people_of(mentees, mentors).tied
    alone = candidates(scorer, tied, 10)
    for pool in (ThreadPoolExecutor(2), ProcessPoolExecutor(2)):
        with pool:
            shared = candidates(scorer, tied, 10, executor=pool)
        assert [row.tobytes() for row in shared.pairs] == [row.tobytes() for row in alone.pairs]
        assert shared.last_scores.tobytes() == alone.last_scores.tobytes()


def test_progress_is_told_up_to_the_end():
    mentees, mentors = realistic_people(300, 100, TREE)
    told = []
    solve_market(
        scorer_of(mentees, mentors, TREE),
        people_of(mentees, mentors, seats=3),
        count=5,
        progress=lambda stage, done: told.append((stage, done)),
    )
    assert told[0] == ("candidates", 0.0)
    assert ("solving", 1) in told


@pytest.mark.parametrize(("seats", "wants"), [(1, 1), (2, 1), (3, 1), (3, 2)])
def test_a_market_closed_from_few_candidates_is_best_of_all_pairs(seats, wants):
    mentees, mentors = realistic_people(300, 110, TREE, seed=seats)
    people = people_of(mentees, mentors, seats=seats, wants=wants)
    solved = solve_market(scorer_of(mentees, mentors, TREE), people, count=3)
    scores = all_scores(mentees, mentors, TREE)
    rows, columns = np.divmod(np.arange(scores.size), len(mentors))
    whole = people.problem(Scored(rows, columns, scores.ravel()))
    right = best(whole)
    assert solved.gap == 0
    assert len(solved.problem.fits) < scores.size
    assert solved.result.covered(solved.problem) == right.covered(whole)
    assert solved.result.total(solved.problem) == right.total(whole)


def test_a_gap_that_is_left_is_told_and_never_too_small():
    mentees, mentors = realistic_people(300, 110, TREE, seed=1)
    people = people_of(mentees, mentors)
    scorer = scorer_of(mentees, mentors, TREE)
    early = solve_market(scorer, people, count=1, is_enough=lambda: True)
    full = solve_market(scorer, people, count=1)
    more = full.result.covered(full.problem) - early.result.covered(early.problem)
    better = full.result.total(full.problem) - early.result.total(early.problem)
    assert full.gap == 0
    assert more * early.cover + better > 0
    assert early.gap >= more * early.cover + better


@pytest.mark.parametrize("seats", [1, 3])
def test_a_stable_market_is_stable_over_all_pairs(seats):
    mentees, mentors = realistic_people(240, 90, TREE, seed=3)
    people = people_of(mentees, mentors, seats=seats)
    solved = solve_market(scorer_of(mentees, mentors, TREE), people, Mode.STABLE, count=2)
    scores = all_scores(mentees, mentors, TREE)
    rows, columns = np.divmod(np.arange(scores.size), len(mentors))
    whole = people.problem(Scored(rows, columns, scores.ravel()))
    pairs = solved.result.pairs(solved.problem).tolist()
    chosen = np.array(sorted(whole.pair_of(*pair) for pair in pairs))
    assert verify(whole, Result(Mode.STABLE, chosen)).holds


def test_avoided_pairs_never_come_out_of_a_market():
    mentees, mentors = realistic_people(60, 40, TREE)
    people, scorer = people_of(mentees, mentors, seats=2), scorer_of(mentees, mentors, TREE)
    before = solve_market(scorer, people, count=5)
    avoid = [tuple(pair) for pair in before.result.pairs(before.problem).tolist()]
    for mode in (Mode.BEST, Mode.FAIR, Mode.STABLE):
        after = solve_market(scorer, people, mode, count=5, avoid=avoid)
        pairs = {tuple(pair) for pair in after.result.pairs(after.problem).tolist()}
        assert pairs
        assert not pairs & set(avoid)


def test_choice_needs_lists():
    mentees, mentors = realistic_people(3, 3, TREE)
    with pytest.raises(ValueError, match="ranked lists"):
        solve_market(scorer_of(mentees, mentors, TREE), people_of(mentees, mentors), Mode.CHOICE)


def test_some_mentees_are_given_longer_lists():
    mentees, mentors = realistic_people(50, 600, TREE)
    scorer, tied = scorer_of(mentees, mentors, TREE), people_of(mentees, mentors).tied
    some = np.array([7, 3])
    found = best_mentors(scorer, tied, some, 40)
    assert np.bincount(found.mentees, minlength=8)[[3, 7]].tolist() == [40, 40]
    scores = all_scores(mentees, mentors, TREE)
    for mentee in some:
        own = found.scores[found.mentees == mentee]
        assert sorted(own, reverse=True) == sorted(scores[mentee], reverse=True)[:40]


def test_a_problem_of_nobody_is_solved():
    problem = Problem.build(mentee_ids=[], mentor_ids=[], mentees=[], mentors=[], fits=[])
    assert verify(problem, best(problem)).holds
