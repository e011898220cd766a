"""Answers that the literature gives."""

import itertools
from dataclasses import replace

import pytest

from mentorwell.core.pairing import Mode, Problem, solve, verify
from mentorwell.core.pairing.stable import stable
from tests.core.pairing.solving.brute import AllResults, named


def market(mentees, mentors, seats=None):
    """A problem of two sides' lists by name; a list inside a list is a tie."""
    rank = {
        (who, whom): place
        for lists in (mentees, mentors)
        for who, listed in lists.items()
        for place, group in enumerate(listed, start=1)
        for whom in ([group] if isinstance(group, str) else group)
    }
    own, theirs = list(mentees), list(mentors)
    pairs = [(i, j) for i, j in itertools.product(own, theirs) if {(i, j), (j, i)} <= rank.keys()]
    return Problem.build(
        mentee_ids=own,
        mentor_ids=theirs,
        mentees=[own.index(i) for i, _ in pairs],
        mentors=[theirs.index(j) for _, j in pairs],
        fits=[0.0] * len(pairs),
        seats=[(seats or {}).get(j, 1) for j in theirs],
        mentee_ranks=[rank[i, j] for i, j in pairs],
        mentor_ranks=[rank[j, i] for i, j in pairs],
    )


def spelt(rows):
    """Lists of names from strings of single letters."""
    return {who: list(listed) for who, listed in rows.items()}


# Gale and Shapley 1962, example 1: three stable results, the men's, the women's and one between.
THREE = spelt({"a": "ABC", "b": "BCA", "c": "CAB"}), spelt({"A": "bca", "B": "cab", "C": "abc"})
# Gale and Shapley 1962, example 2: one stable result.
FOUR = (
    spelt({"a": "ABCD", "b": "ADCB", "c": "BACD", "d": "DBCA"}),
    spelt({"A": "dcab", "B": "bdac", "C": "dabc", "D": "cbad"}),
)


def test_three_by_three_of_gale_and_shapley():
    problem = market(*THREE)
    every = AllResults(problem)
    assert {every.pairs(row) for row in every.stable()} == {
        frozenset({("a", "A"), ("b", "B"), ("c", "C")}),
        frozenset({("a", "B"), ("b", "C"), ("c", "A")}),
        frozenset({("a", "C"), ("b", "A"), ("c", "B")}),
    }
    assert named(problem, stable(problem)) == {("a", "A"), ("b", "B"), ("c", "C")}
    other = market(THREE[1], THREE[0])
    assert named(other, stable(other)) == {("A", "b"), ("B", "c"), ("C", "a")}


def test_four_by_four_of_gale_and_shapley_has_one_stable_result():
    problem = market(*FOUR)
    every = AllResults(problem)
    [row] = every.stable()
    assert named(problem, stable(problem)) == every.pairs(row) == {
        ("a", "C"), ("b", "D"), ("c", "A"), ("d", "B"),
    }  # fmt: skip


# Irving, Leather and Gusfield 1987, figure 1, as in Gusfield and Irving 1989: 23 stable results.
EIGHT = (
    {1: "43812576", 2: "37586412", 3: "75836214", 4: "64273158", 5: "87156432", 6: "54762831",
     7: "14562837", 8: "25437816"},
    {1: "31574286", 2: "61348752", 3: "74365128", 4: "53826147", 5: "41287365", 6: "62578431",
     7: "78162345", 8: "26718345"},
)  # fmt: skip


def eight():
    men = {f"m{man}": [f"w{one}" for one in listed] for man, listed in EIGHT[0].items()}
    women = {f"w{woman}": [f"m{one}" for one in listed] for woman, listed in EIGHT[1].items()}
    return men, women


def all_stable(men, women):
    """Every stable result of equally many on both sides with full lists, one permutation at a time."""
    rank = {
        who: {whom: place for place, whom in enumerate(listed)}
        for lists in (men, women)
        for who, listed in lists.items()
    }
    found = []
    for order in itertools.permutations(women):
        held = dict(zip(men, order, strict=True))
        husband = {woman: man for man, woman in held.items()}
        if not any(
            rank[man][woman] < rank[man][held[man]]
            and rank[woman][man] < rank[woman][husband[woman]]
            for man in men
            for woman in women
        ):
            found.append(held)
    return found


def test_eight_by_eight_of_irving_leather_and_gusfield_has_23_stable_results():
    men, women = eight()
    every = all_stable(men, women)
    assert len(every) == 23
    for asking, asked, side in ((men, women, False), (women, men, True)):
        problem = market(asking, asked)
        partner = dict(named(problem, stable(problem)))
        results = [{w: m for m, w in one.items()} if side else one for one in every]
        place = {
            who: {whom: at for at, whom in enumerate(listed)} for who, listed in asking.items()
        }
        for who in asking:
            best = min((one[who] for one in results), key=place[who].__getitem__)
            assert partner[who] == best


# Knuth 1976, Mariages stables: four by four with ten stable results, the most there can be.
TEN = (
    spelt({"a": "ABCD", "b": "BADC", "c": "CDAB", "d": "DCBA"}),
    spelt({"A": "dcba", "B": "cdab", "C": "badc", "D": "abcd"}),
)


def test_four_by_four_of_knuth_has_ten_stable_results_and_each_side_can_have_its_best():
    problem = market(*TEN)
    every = AllResults(problem)
    assert len(every.stable()) == len(all_stable(*TEN)) == 10
    assert named(problem, stable(problem)) == {("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")}
    other = market(TEN[1], TEN[0])
    assert named(other, stable(other)) == {("A", "d"), ("B", "c"), ("C", "b"), ("D", "a")}


def test_college_admissions_of_roth_and_sotomayor():
    """Two-Sided Matching 1990, section 5: a college with a quota of two, students best off."""
    students = {
        "s1": ["C3", "C1", "C2"],
        "s2": ["C2", "C1", "C3"],
        "s3": ["C1", "C3", "C2"],
        "s4": ["C1", "C2", "C3"],
    }
    colleges = {
        "C1": ["s1", "s2", "s3", "s4"],
        "C2": ["s1", "s2", "s3", "s4"],
        "C3": ["s3", "s1", "s2", "s4"],
    }
    problem = market(students, colleges, {"C1": 2})
    assert named(problem, stable(problem)) == {
        ("s1", "C3"),
        ("s2", "C2"),
        ("s3", "C1"),
        ("s4", "C1"),
    }


def test_a_residency_match_with_short_lists():
    """As the residency match explains itself: short lists, quotas of two, one stays without."""
    applicants = {
        "Anna": ["City"],
        "Ben": ["City", "Mercy"],
        "Cleo": ["City", "Mercy"],
        "Dev": ["City", "General", "Mercy"],
        "Eli": ["Mercy", "City", "General"],
    }
    programmes = {
        "Mercy": ["Cleo", "Eli"],
        "City": ["Eli", "Anna", "Ben", "Cleo", "Dev"],
        "General": ["Ben", "Eli", "Anna", "Dev", "Cleo"],
    }
    problem = market(applicants, programmes, {"Mercy": 2, "City": 2, "General": 2})
    assert named(problem, stable(problem)) == {
        ("Anna", "City"), ("Ben", "City"), ("Cleo", "Mercy"), ("Dev", "General"), ("Eli", "Mercy"),
    }  # fmt: skip


def test_ties_are_broken_so_that_nobody_is_left_who_need_not_be():
    """With the tie of `x` broken for `b`, `a` would stay without: one pair of two."""
    problem = market({"a": ["x"], "b": ["x", "y"]}, {"x": [["a", "b"]], "y": ["b"]})
    assert named(problem, stable(problem)) == {("a", "x"), ("b", "y")}


@pytest.mark.parametrize("seed", range(10))
def test_a_tie_broken_beforehand_loses_half_and_promotion_loses_nobody(seed):
    """Copies of the smallest such market: `a` lists only `x`, who likes `b` as well; `b` lists two."""
    copies = range(5)
    a_s = {f"a{n}": [f"x{n}"] for n in copies}
    b_s = {f"b{n}": [f"x{n}", f"y{n}"] for n in copies}
    tied = {f"x{n}": [[f"a{n}", f"b{n}"]] for n in copies}
    badly = {f"x{n}": [f"b{n}", f"a{n}"] for n in copies}
    rest = {f"y{n}": [f"b{n}"] for n in copies}
    broken = market(a_s | b_s, badly | rest)
    problem = replace(market(a_s | b_s, tied | rest), seed=seed)
    assert len(stable(broken).chosen) == 5
    assert len(stable(problem).chosen) == 10
    assert verify(problem, stable(broken)).holds  # stable too, so that only promotion tells them


def test_ties_of_mentees_turn_to_free_seats():
    problem = market({"a": [["x", "y"]], "b": ["x"]}, {"x": ["b", "a"], "y": ["a"]})
    assert named(problem, stable(problem)) == {("a", "y"), ("b", "x")}


@pytest.mark.parametrize("seed", range(20))
def test_no_seed_makes_a_chain_of_ties_lose_anybody(seed):
    """Each is liked the same by both neighbours of a path with one more place than people."""
    people = {f"p{one}": [[f"q{one}", f"q{one + 1}"]] for one in range(9)}
    places = {f"q{one}": [[f"p{n}" for n in (one - 1, one) if 0 <= n < 9]] for one in range(10)}
    given = market(people, places)
    problem = replace(given, seed=seed)
    assert len(solve(problem, Mode.STABLE).chosen) >= 6
    assert verify(problem, stable(problem)).holds


def test_stable_by_one_score_is_the_best_pair_first():
    """If both sides rank by the same score, deferred acceptance is greedy."""
    scores = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 0.85, ("b", "y"): 0.1}
    own, theirs = ["a", "b"], ["x", "y"]
    problem = Problem.build(
        mentee_ids=own,
        mentor_ids=theirs,
        mentees=[own.index(i) for i, _ in scores],
        mentors=[theirs.index(j) for _, j in scores],
        fits=list(scores.values()),
    )
    assert named(problem, solve(problem, Mode.STABLE)) == {("a", "x"), ("b", "y")}
    assert named(problem, solve(problem, Mode.BEST)) == {("a", "y"), ("b", "x")}
