"""People to pair: shorthands for examples, and strategies for laws."""

from hypothesis import strategies as st

from mentorwell.core.pairing import (
    Matters,
    MenteeProfile,
    MentorProfile,
    Site,
    Slider,
    Sought,
    StyleAnswer,
    Weights,
    WhatMatters,
    Window,
)
from mentorwell.core.topics import TopicTree


TREE = TopicTree.build(
    [
        ("clinical", None),
        ("cardiology", "clinical"),
        ("echo", "cardiology"),
        ("rhythm", "cardiology"),
        ("surgery", "clinical"),
        ("hand", "surgery"),
        ("career", None),
        ("first-post", "career"),
        ("teaching", None),
    ]
)
VALUES = ["mastery", "service", "honesty", "hope", "duty", "fun", "growth"]

HILL = Site("hill", 42.36, -71.06)
HARBOUR = Site("harbour", 42.36, -70.97)  # about 7.4 km from Hill
FAR_AWAY = Site("far-away", 40.71, -74.01)
UNPLACED = Site("unplaced")
SITES = [HILL, HARBOUR, FAR_AWAY, UNPLACED, Site("next-door", 42.361, -71.06)]


def mentee(id_="mentee", **what):
    return MenteeProfile(id=id_, **what)


def mentor(id_="mentor", **what):
    return MentorProfile(id=id_, **what)


def lists_of(things, most):
    return st.lists(st.sampled_from(things), max_size=most, unique=True).map(tuple)


@st.composite
def window_lists(draw, most=4):
    windows = []
    for _ in range(draw(st.integers(0, most))):
        start = draw(st.integers(0, 10_079))
        end = draw(st.integers(start + 1, min(10_080, start + 3000)))
        windows.append(Window(start, end))
    return tuple(windows)


@st.composite
def styles(draw):
    sliders = draw(lists_of(list(Slider), 8))
    return tuple(
        StyleAnswer(slider, draw(st.integers(-2, 2)), draw(st.integers(0, 2))) for slider in sliders
    )


def common_fields():
    return {
        "interests": lists_of(TREE.slugs, 4),
        "style": styles(),
        "site": st.none() | st.sampled_from(SITES),
        "remote": st.sampled_from([None, True, False]),
        "windows": window_lists(),
        "times_change": st.booleans(),
    }


def mentees(id_="mentee"):
    return st.builds(
        MenteeProfile,
        id=st.just(id_),
        sought=lists_of(TREE.slugs, 5).flatmap(
            lambda slugs: st.tuples(
                *(st.builds(Sought, st.just(slug), st.integers(1, 3)) for slug in slugs)
            )
        ),
        values=lists_of(VALUES, 5),
        matters=st.builds(WhatMatters, *[st.sampled_from(Matters)] * 4),
        **common_fields(),
    )


def mentors(id_="mentor"):
    return st.builds(
        MentorProfile,
        id=st.just(id_),
        offered=lists_of(TREE.slugs, 5),
        shown_values=lists_of(VALUES, 5),
        **common_fields(),
    )


def some_mentees(most=3):
    return st.integers(1, most).flatmap(
        lambda size: st.tuples(*(mentees(f"mentee-{number}") for number in range(size)))
    )


def some_mentors(most=4):
    return st.integers(1, most).flatmap(
        lambda size: st.tuples(*(mentors(f"mentor-{number}") for number in range(size)))
    )


def all_weights():
    one = st.sampled_from([0, 0, 0.01, 0.333, 1, 2, 7.25, 1000])
    return st.tuples(one, one, one, one).filter(any).map(lambda four: Weights(*four))
