"""All fits as one would write them in NumPy: every part for all pairs at once, then argpartition."""

from typing import Any

import numpy as np

from mentorwell.core.pairing import MenteeProfile, MentorProfile, Slider, Weights
from mentorwell.core.pairing.places import Locations
from mentorwell.core.topics import TopicTree


SLIDERS = [str(slider) for slider in Slider]


def dense_candidates(
    mentees: list[MenteeProfile],
    mentors: list[MentorProfile],
    tree: TopicTree,
    weights: Weights,
    count: int,
) -> tuple[Any, Any]:
    """Return the scores of all pairs, and the places of each mentee's best mentors."""
    parts = (
        _interest(mentees, mentors, tree),
        _proximity(mentees, mentors),
        _values(mentees, mentors),
        _style(mentees, mentors),
    )
    own = np.array([weights.for_mentee(one.matters) for one in mentees], dtype=np.float64)
    scores = sum(part * own[:, number, None] for number, part in enumerate(parts))
    scores /= own.sum(axis=1)[:, None]
    return scores, np.argpartition(-scores, count, axis=1)[:, :count]


def _lifted(share: Any) -> Any:
    return np.where(share > 0, 0.3 + 0.7 * share, 0.0)


def _interest(mentees: Any, mentors: Any, tree: TopicTree) -> Any:
    offers = np.zeros((len(mentors), len(tree.slugs)))
    cares = np.zeros((len(mentors), len(tree.slugs)), dtype=np.float32)
    for row, mentor in enumerate(mentors):
        for slug in mentor.offered:
            offers[row] = np.maximum(offers[row], tree.sixteenths[tree.index[slug]] / 16)
        cares[row, [tree.index[slug] for slug in mentor.interests]] = 1
    own = np.zeros((len(mentees), len(tree.slugs)), dtype=np.float32)
    earned = np.zeros((len(mentees), len(mentors)))
    strength = np.zeros(len(mentees))
    for row, mentee in enumerate(mentees):
        own[row, [tree.index[slug] for slug in mentee.interests]] = 1
        sought = [tree.index[topic.slug] for topic in mentee.sought]
        strengths = np.array([topic.strength for topic in mentee.sought])
        worth = offers[:, sought] * strengths
        earned[row] = np.sort(worth, axis=1)[:, -3:].sum(axis=1)
        strength[row] = np.sort(strengths)[-3:].sum()
    closed = np.minimum(own @ cares.T, 2) / 4
    met = np.minimum(1.0, earned / np.maximum(strength, 1)[:, None])
    known = (strength > 0)[:, None] & np.array([bool(one.offered) for one in mentors])
    lifted = _lifted(closed)
    return np.where(known, _lifted(met + (1 - met) * closed), np.where(lifted > 0, lifted, 0.3))


def _proximity(mentees: Any, mentors: Any) -> Any:
    own, theirs = Locations.build(mentees), Locations.build(mentors)
    codes = own.table(theirs)[np.ix_(own.of_person, theirs.of_person)].astype(np.int64)
    common = np.zeros(codes.shape)
    windows = [_windows(people) for people in (mentees, mentors)]
    for start, end in zip(*windows[0], strict=True):
        for other_start, other_end in zip(*windows[1], strict=True):
            overlap = np.minimum(end[:, None], other_end) - np.maximum(start[:, None], other_start)
            common += np.maximum(overlap, 0)
    told = [
        np.array([bool(p.windows) and not p.times_change for p in people])
        for people in (mentees, mentors)
    ]
    known = told[0][:, None] & told[1]
    where = np.where(codes == 1, 0.3, _lifted(np.maximum(codes - 1, 0) / 50))
    when = np.where(known, _lifted(np.minimum(common, 120) / 120), 0.3)
    least = np.where((codes > 1) | (known & (common > 0)), 0.3, 0.0)
    part = np.maximum(least, (2 * where + when) / 3)
    return np.where((codes == 1) & ~known, 0.3, part)


def _windows(people: Any) -> tuple[Any, Any]:
    from mentorwell.core.pairing.times import usual_windows

    rows = [usual_windows(one) for one in people]
    width = max(map(len, rows))
    starts, ends = np.zeros((width, len(rows))), np.zeros((width, len(rows)))
    for column, row in enumerate(rows):
        for place, window in enumerate(row):
            starts[place, column], ends[place, column] = window
    return starts, ends


def _values(mentees: Any, mentors: Any) -> Any:
    names = {
        slug: n for n, slug in enumerate(sorted({v for one in mentors for v in one.shown_values}))
    }
    shown = np.zeros((len(mentors), len(names) + 1), dtype=np.float32)
    own = np.zeros((len(mentees), len(names) + 1), dtype=np.float32)
    for row, mentor in enumerate(mentors):
        shown[row, [names[slug] for slug in mentor.shown_values]] = 1
    most = np.zeros(len(mentees))
    for row, mentee in enumerate(mentees):
        for rank, slug in enumerate(mentee.values):
            most[row] += 5 - rank
            if slug in names:
                own[row, names[slug]] = 5 - rank
    known = (most > 0)[:, None] & np.array([bool(one.shown_values) for one in mentors])
    return np.where(known, _lifted(own @ shown.T / np.maximum(most, 1)[:, None]), 0.3)


def _style(mentees: Any, mentors: Any) -> Any:
    tables = []
    for people in (mentees, mentors):
        position = np.zeros((len(SLIDERS), len(people)))
        matters = np.full((len(SLIDERS), len(people)), -1.0)
        for column, one in enumerate(people):
            for answer in one.style:
                row = SLIDERS.index(answer.slider)
                position[row, column], matters[row, column] = answer.position, answer.matters
        tables.append((position, matters))
    apart = np.zeros((len(mentees), len(mentors)))
    weight = np.zeros_like(apart)
    for row in range(len(SLIDERS)):
        (own, own_matters), (theirs, their_matters) = ((t[0][row], t[1][row]) for t in tables)
        both = (own_matters[:, None] >= 0) & (their_matters >= 0)
        weighed = np.where(both, own_matters[:, None] + their_matters, 0)
        apart += weighed * np.abs(own[:, None] - theirs)
        weight += weighed
    alike = 1 - apart / np.maximum(4 * weight, 1)
    return np.where(weight == 0, 0.3, np.where(alike > 0, np.maximum(alike, 0.3), 0))
