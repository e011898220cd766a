"""The rules of the fit once more, in plain Python: a double loop over mentees and mentors.

Written from the rules, not from the engine: no arrays, no tables, distances by haversine,
windows as intervals. Tests compare the engine with it number by number; the bench measures how
much faster the engine is. What belongs to one person is worked out once per person.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from mentorwell.core.pairing import MenteeProfile, MentorProfile, Site, Weights
from mentorwell.core.topics import TopicTree


NEUTRAL = 300_000
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class PlainFit:
    """The four parts (interest, proximity, values, style), which are unknown, and the score."""

    parts: tuple[int, int, int, int]
    unknown: tuple[bool, bool, bool, bool]
    score: int


@dataclass(slots=True)
class Prepared:
    """One person, worked out once."""

    topics: list[tuple[str, int]]
    interests: set[str]
    values: list[str]
    style: dict[str, tuple[int, int]]
    site: Site | None
    remote: bool | None
    windows: list[tuple[int, int]]


def prepared(person: MenteeProfile | MentorProfile) -> Prepared:
    if isinstance(person, MenteeProfile):
        topics = [(slug, strength) for slug, strength in person.sought]
        values = person.values
    else:
        topics = [(slug, 1) for slug in person.offered]
        values = person.shown_values
    windows: list[tuple[int, int]] = []
    for start, end in sorted(() if person.times_change else person.windows):
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(windows[-1][1], end))
        else:
            windows.append((start, end))
    return Prepared(
        topics=topics,
        interests=set(person.interests),
        values=list(values),
        style={slider: (position, matters) for slider, position, matters in person.style},
        site=person.site,
        remote=person.remote,
        windows=windows,
    )


def plain_fits(
    mentees: list[MenteeProfile], mentors: list[MentorProfile], tree: TopicTree, weights: Weights
) -> list[list[PlainFit]]:
    credits_ = {
        one: {other: tree.credit(one, other) for other in tree.slugs if tree.credit(one, other)}
        for one in tree.slugs
    }
    givers = [prepared(mentor) for mentor in mentors]
    table = []
    for mentee in mentees:
        seeker = prepared(mentee)
        importance = [
            weight * level for weight, level in zip(weights.hundredths, mentee.matters, strict=True)
        ]
        if not any(importance):
            importance = list(weights.hundredths)
        table.append([plain_fit(seeker, giver, credits_, importance) for giver in givers])
    return table


def plain_fit(
    mentee: Prepared,
    mentor: Prepared,
    credits_: dict[str, dict[str, float]],
    importance: list[int],
) -> PlainFit:
    found = (
        interest(mentee, mentor, credits_),
        proximity(mentee, mentor),
        values(mentee, mentor),
        style(mentee, mentor),
    )
    i, p, v, s = (NEUTRAL if part == UNKNOWN else part for part in found)
    total = importance[0] * i + importance[1] * p + importance[2] * v + importance[3] * s
    return PlainFit(
        (i, p, v, s),
        (found[0] == UNKNOWN, found[1] == UNKNOWN, found[2] == UNKNOWN, found[3] == UNKNOWN),
        round(total / sum(importance)),
    )


def lifted(share: float) -> int:
    return NEUTRAL + round(700_000 * share) if share > 0 else 0


def interest(mentee: Prepared, mentor: Prepared, credits_: dict[str, dict[str, float]]) -> int:
    shared = min(2, len(mentee.interests & mentor.interests)) / 4
    if not mentee.topics or not mentor.topics:
        return lifted(shared) or UNKNOWN
    earned = []
    for sought, strength in mentee.topics:
        near = credits_[sought]
        earned.append(strength * max(near.get(offered, 0.0) for offered, _ in mentor.topics))
    strengths = sorted((strength for _, strength in mentee.topics), reverse=True)
    met = sum(sorted(earned, reverse=True)[:3]) / sum(strengths[:3])
    return lifted(met + (1 - met) * shared)


def haversine(one: Site, other: Site) -> float | None:
    if one.latitude is None or one.longitude is None:
        return None
    if other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    half_east = radians(other.longitude - one.longitude) / 2
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(half_east) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


def place(mentee: Prepared, mentor: Prepared) -> int:
    near = NEUTRAL
    if mentee.site and mentor.site:
        if mentee.site.key == mentor.site.key:
            near = 1_000_000
        else:
            km = haversine(mentee.site, mentor.site)
            if km is not None:
                near = lifted(max(0, 50 - int(km)) / 50)
    video = NEUTRAL
    if mentee.remote and mentor.remote:
        video = lifted(0.5)
    elif mentee.remote is False or mentor.remote is False:
        video = 0
    return max(near, video)


def proximity(mentee: Prepared, mentor: Prepared) -> int:
    where = place(mentee, mentor)
    if not mentee.windows or not mentor.windows:
        if where == NEUTRAL:
            return UNKNOWN
        return max(NEUTRAL if where else 0, round((2 * where + NEUTRAL) / 3))
    minutes = 0
    for start, end in mentee.windows:
        for other_start, other_end in mentor.windows:
            if start < other_end and other_start < end:
                minutes += min(end, other_end) - max(start, other_start)
    when = lifted(min(minutes, 120) / 120)
    least = NEUTRAL if minutes or where > NEUTRAL else 0
    return max(least, round((2 * where + when) / 3))


def values(mentee: Prepared, mentor: Prepared) -> int:
    if not mentee.values or not mentor.values:
        return UNKNOWN
    weight = shared = 0
    for rank, value in enumerate(mentee.values):
        weight += 5 - rank
        if value in mentor.values:
            shared += 5 - rank
    return lifted(shared / weight)


def style(mentee: Prepared, mentor: Prepared) -> int:
    apart = weight = 0
    for slider, (position, matters) in mentee.style.items():
        theirs = mentor.style.get(slider)
        if theirs is not None:
            both = matters + theirs[1]
            apart += both * abs(position - theirs[0])
            weight += both
    if weight == 0:
        return UNKNOWN
    alike = 1 - apart / (4 * weight)
    return max(NEUTRAL, round(1_000_000 * alike)) if alike > 0 else 0
