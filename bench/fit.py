"""How fast fits are computed, against a plain double loop over the same people.

Both times hold all the work, from the profiles on; the one pass also when mentors are at hand as
a pool, which a page keeps from one request to the next.
"""

import pickle
import random
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter
from typing import Any

from bench._plain import plain_fits
from mentorwell.core.pairing import (
    Matters,
    MenteeProfile,
    MentorPool,
    MentorProfile,
    Site,
    Slider,
    Sought,
    StyleAnswer,
    Weights,
    WhatMatters,
    Window,
    fits,
)
from mentorwell.core.topics import TopicTree


WEIGHTS = Weights(interest=3, proximity=2, values=2, style=1)
ANSWERED = 0.85  # how many answer any one question
VALUES = [f"value-{number}" for number in range(40)]


def realistic_tree() -> TopicTree:
    """368 topics: eight headings, 40 fields, 320 subjects."""
    roots = [f"heading-{number}" for number in range(8)]
    fields = [(f"field-{number}", roots[number % 8]) for number in range(40)]
    subjects = [(f"subject-{number}", fields[number % 40][0]) for number in range(320)]
    return TopicTree.build([*((root, None) for root in roots), *fields, *subjects])


def realistic_people(
    mentees: int, mentors: int, tree: TopicTree, seed: int = 1
) -> tuple[list[MenteeProfile], list[MentorProfile]]:
    """People of twelve sites in one region, most of whom have answered most questions."""
    chance = random.Random(seed)
    sites = [
        Site(f"site-{n}", 42 + chance.uniform(-0.4, 0.4), -71 + chance.uniform(-0.5, 0.5))
        for n in range(12)
    ]
    topics = list(tree.slugs[8:])

    def common(number: int, kind: str) -> dict[str, Any]:
        answered = [slider for slider in Slider if chance.random() < ANSWERED]
        return {
            "id": f"{kind}-{number}",
            "interests": some(chance, topics, 0, 2),
            "style": tuple(
                StyleAnswer(slider, chance.randint(-2, 2), chance.randint(0, 2))
                for slider in answered
            ),
            "site": chance.choice(sites) if chance.random() < ANSWERED else None,
            "remote": chance.choice([True, True, False, None]),
            "windows": tuple(some_windows(chance)),
            "times_change": chance.random() > ANSWERED,
        }

    return (
        [
            MenteeProfile(
                **common(number, "mentee"),
                sought=tuple(
                    Sought(slug, chance.randint(1, 3)) for slug in some(chance, topics, 1, 5)
                ),
                values=some(chance, VALUES, 5, 5) if chance.random() < ANSWERED else (),
                matters=WhatMatters(*(Matters(chance.randint(0, 3)) for _ in range(4))),
            )
            for number in range(mentees)
        ],
        [
            MentorProfile(
                **common(number, "mentor"),
                offered=some(chance, topics, 1, 6),
                shown_values=some(chance, VALUES, 0, 5),
            )
            for number in range(mentors)
        ],
    )


def some(chance: random.Random, of: list[str], least: int, most: int) -> tuple[str, ...]:
    return tuple(chance.sample(of, chance.randint(least, most)))


def some_windows(chance: random.Random) -> Iterator[Window]:
    """Two to six windows of one to three hours, on the half hour, in a week of 15-hour days."""
    for _ in range(chance.randint(2, 6)):
        start = chance.randrange(7) * 1440 + 720 + 30 * chance.randrange(18)
        yield Window(start, start + 60 * chance.randint(1, 3))


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the median of several runs, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def agree(mentees: list[MenteeProfile], mentors: list[MentorProfile], tree: TopicTree) -> int:
    """Return how many pairs the engine and the plain loop computed; stop if they differ."""
    table = fits(mentees, MentorPool.build(mentors, tree), WEIGHTS)
    plain = plain_fits(mentees, mentors, tree, WEIGHTS)
    for row, of_mentee in enumerate(plain):
        for column, pair in enumerate(of_mentee):
            if (table.scores[row, column], *table.parts[:, row, column]) != (
                pair.score,
                *pair.parts,
            ):
                raise SystemExit(f"Row {row}, column {column}: the fits differ.")
    return len(mentees) * len(mentors)


def run() -> list[str]:
    """Measure and return the rows to print."""
    tree = realistic_tree()
    mentees, mentors = realistic_people(500, 2000, tree)
    few, fewer = mentees[:50], mentors[:400]
    pool = MentorPool.build(mentors, tree)
    pairs = agree(few, fewer, tree)
    plain = seconds(lambda: plain_fits(few, fewer, tree, WEIGHTS), 5) / pairs * 1e6
    whole = seconds(lambda: fits(mentees, MentorPool.build(mentors, tree), WEIGHTS), 15)
    ready = seconds(lambda: fits(mentees, pool, WEIGHTS), 15)
    page = seconds(lambda: fits(mentees[:1], pool, WEIGHTS), 50)
    size = len(pickle.dumps(pool)) / 1e6
    return [
        f"plain double loop            {plain:8.2f} s per million pairs ({pairs:,} timed, all equal)",
        f"one pass                     {whole:8.3f} s per million pairs: {plain / whole:.0f} times",
        f"one pass, pool at hand       {ready:8.3f} s per million pairs: {plain / ready:.0f} times",
        f"one mentee, 2,000 mentors    {page * 1e3:8.2f} ms, pool at hand ({size:.1f} MB)",
    ]


if __name__ == "__main__":
    print("\n".join(run()))
