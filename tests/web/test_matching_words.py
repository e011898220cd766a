"""Why a mentor fits, in words."""

from dataclasses import replace
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from mentorwell.core.pairing import (
    MenteeProfile,
    Part,
    Reason,
    ReasonCode,
    Side,
    Site,
    Step,
    StyleAnswer,
    Window,
)
from mentorwell.matching.queries import PartShown
from mentorwell.people.content import styles, values
from mentorwell.web.matching import words
from tests.factories.moments import NOW


NAMES = {"cardiology": "Cardiology", "echo": "Echocardiography", "long": "When you are running low"}
ME = MenteeProfile(
    id="7",
    values=("mastery", "service", "justice"),
    style=(
        StyleAnswer("structure", -2),
        StyleAnswer("feedback", 1),
        StyleAnswer("thinking", -1),
        StyleAnswer("view", 0),
    ),
)
READER = words.Reader(ME, ZoneInfo("America/New_York"), NOW, NAMES)


def said(*reasons, seed=0):
    return words._sentence(reasons, "Helen", seed, READER)


def reason(code, *slugs, **more):
    return Reason(ReasonCode(code), slugs=slugs, **more)


@pytest.mark.parametrize(
    ("found", "seed", "sentence"),
    [
        (reason("offers_what_you_seek", "cardiology"), 0, "You look for Cardiology: Helen offers it"),
        (
            reason("offers_what_you_seek", "cardiology", "echo"),
            0,
            "You look for Cardiology and Echocardiography: Helen offers them",
        ),
        (
            reason("offers_what_you_seek", "cardiology", "echo", "x", "y"),
            1,
            "Helen offers Cardiology, Echocardiography and 2 more, which you look for",
        ),
        (
            reason("offers_something_close", "cardiology", others=("echo",)),
            0,
            "You look for Cardiology; Helen offers Echocardiography, which is close",
        ),
        (
            reason("offers_something_close", "cardiology", others=("long",)),
            1,
            "Helen offers “When you are running low”, close to Cardiology",
        ),
        (reason("no_shared_topic"), 0, "Helen offers other things than you look for"),
        (reason("same_site"), 0, "Same site"),
        (reason("near", km=0.2), 0, "About 1 km apart"),
        (reason("by_video", km=12.4), 0, "About 12 km apart; happy to meet by video"),
        (reason("by_video"), 1, "Another site; you would both meet by video"),
        (reason("far", km=80.0), 0, "About 80 km apart"),
        (reason("far"), 0, "Another site"),
        (reason("no_common_time"), 0, "No common time yet"),
        # Who put them first is known of the mentee alone.
        (reason("shared_values", "mastery", "service"), 0, "You both chose Mastery and Service"),
        (reason("shared_values", "mastery", "service"), 1, "Mastery and Service matter to you both"),
        (reason("shared_values", "service", "justice"), 0, "You both chose Service and Justice"),
        (reason("shared_values", "justice"), 1, "Justice matters to you both"),
        (reason("no_shared_value"), 0, "You chose other values"),
        (reason("style_agrees", "structure"), 0, "You both like a plan"),
        (reason("style_agrees", "structure", "feedback"), 0, "You both like a plan and gentle words"),
        (reason("style_agrees", "structure", "thinking"), 0, "You both like a plan and think aloud"),
        (reason("style_differs", others=("structure",)), 0, "You work in different ways"),
        (reason("style_between"), 0, "Neither alike nor opposite"),
        (reason("style_does_not_matter"), 0, "Style matters little to both of you"),
    ],
)  # fmt: skip
def test_each_reason_has_its_sentence(found, seed, sentence):
    assert said(found, seed=seed) == sentence


def test_a_shared_window_is_told_in_the_readers_own_time():
    found = reason("free_together", minutes=60, window=Window(3 * 1440 + 21 * 60, 3 * 1440 + 1380))

    assert said(reason("same_site"), found) == "Same site; both free Thursday from 16:00"
    assert said(found, seed=1) == "You share Thursday from 16:00"


def test_a_window_that_crosses_midnight_falls_on_the_readers_day():
    found = reason("free_together", minutes=60, window=Window(0, 60))  # Monday 00:00 UTC

    assert said(found) == "Both free Sunday from 19:00"


def test_common_time_without_a_stretch_to_name():
    assert said(reason("free_together", minutes=5)) == "Both free"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ((Side.MENTEE,), "Your times change weekly"),
        ((Side.MENTOR,), "Helen's times change weekly"),
        ((Side.MENTEE, Side.MENTOR), "Both your times change weekly"),
    ],
)
def test_whose_times_change_is_named(missing, sentence):
    assert said(reason("times_change", missing=missing)) == sentence


def test_what_is_not_known_of_the_time_is_left_out():
    assert said(reason("same_site"), reason("times_not_known")) == "Same site"


@pytest.mark.parametrize("code", ["topics_not_known", "values_not_known", "style_not_known"])
def test_what_is_not_known_says_whose_answer_would_help(code):
    mine = said(reason(code, missing=(Side.MENTEE, Side.MENTOR)))
    theirs = said(reason(code, missing=(Side.MENTOR,)))

    assert mine.endswith("and this line fills")
    assert theirs.startswith("Helen")


NO_MAP = Site("3")
ON_MAP = Site("4", 41.9, -87.6)
BOTH, MINE, THEIRS = (Side.MENTEE, Side.MENTOR), (Side.MENTEE,), (Side.MENTOR,)


@pytest.mark.parametrize(
    ("site", "remote", "km", "missing", "sentence"),
    [
        (None, None, None, BOTH, "Tell us where you work, and this line fills"),
        (None, True, None, MINE, "Tell us where you work, and this line fills"),
        (NO_MAP, None, None, BOTH, "Tell us whether you would meet by video, and this line fills"),
        (ON_MAP, None, 80.0, MINE, "About 80 km apart; tell us whether you would meet by video"),
        (ON_MAP, None, 80.0, BOTH, "About 80 km apart; tell us whether you would meet by video"),
        (ON_MAP, True, 80.0, THEIRS, "About 80 km apart; Helen has not said whether they meet by video"),
        # Nothing the mentee could tell: the office has not put their site on the map.
        (NO_MAP, True, None, BOTH, "How far apart you work is not known yet"),
        (NO_MAP, False, None, MINE, "How far apart you work is not known yet"),
        (ON_MAP, True, None, THEIRS, "How far apart you work is not known yet"),
    ],
)  # fmt: skip
def test_what_is_not_known_of_the_place_asks_for_nothing_that_was_told(
    site, remote, km, missing, sentence
):
    reader = replace(READER, me=replace(ME, site=site, remote=remote))
    found = reason("place_not_known", km=km, missing=missing)

    assert words._sentence([found], "Helen", 0, reader) == sentence


def test_shared_interests_follow_the_topic():
    sentence = said(reason("no_shared_topic"), reason("shared_interests", "echo"))

    assert sentence == (
        "Helen offers other things than you look for; you both care about Echocardiography"
    )


def test_every_code_has_words():
    assert set(words._WORDS) == set(ReasonCode)


def test_where_two_stand_apart_no_sentence_says_where_the_mentor_stands():
    told = [
        said(reason("style_differs", others=(style.slug,)), seed=seed)
        for style, seed in product(styles(), (0, 1))
    ]

    assert len(set(told)) == 2


def test_values_of_one_side_alone_are_in_no_sentence():
    told = " ".join(
        said(reason(code, missing=(Side.MENTOR,)), seed=seed)
        for code, seed in product(("no_shared_value", "values_not_known"), (0, 1))
    )

    assert not any(value.name in told.split() for value in values())


@pytest.mark.parametrize(
    ("step", "code", "bar"),
    [
        (None, "values_not_known", None),
        (Step.A_LITTLE, "no_shared_value", 0),
        (Step.A_LITTLE, "shared_values", 1),
        (Step.SOMEWHAT, "shared_values", 2),
        (Step.WELL, "shared_values", 3),
        (Step.VERY_WELL, "shared_values", 4),
    ],
)
def test_a_bar_has_four_steps_and_is_hatched_where_nothing_is_known(step, code, bar):
    assert words._bar(PartShown(Part.VALUES, step, (reason(code),))) == bar


@pytest.mark.parametrize(
    ("names", "row"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_in_a_row(names, row):
    assert words.listed(names) == row
