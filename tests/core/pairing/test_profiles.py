from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.pairing import (
    Matters,
    Site,
    Slider,
    Sought,
    StyleAnswer,
    WhatMatters,
    Window,
    utc_windows,
)
from mentorwell.core.pairing.profiles import WEEK
from tests.core.pairing.people import mentee, mentor


def test_person_who_has_said_nothing_is_fine():
    assert mentee().matters == WhatMatters(Matters.YES, Matters.YES, Matters.YES, Matters.YES)
    assert mentor().offered == ()


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ({"interests": ("echo", "echo")}, "'ann': the interest 'echo' is there twice"),
        ({"interests": ("",)}, "'ann': one interest has an empty name"),
        ({"style": (StyleAnswer("speed", 0),)}, "'ann': there is no slider 'speed'"),
        (
            {"style": (StyleAnswer(Slider.VIEW, 1), StyleAnswer("view", 2))},
            "'ann': the slider 'view' is there twice",
        ),
        (
            {"style": (StyleAnswer("view", 3),)},
            "'ann': the position on slider 'view' is 3, not a whole number from -2 to 2",
        ),
        ({"style": (StyleAnswer("view", nan),)}, "position on slider 'view' is nan"),
        ({"style": (StyleAnswer("view", 0.5),)}, "position on slider 'view' is 0.5"),
        ({"style": (StyleAnswer("view", 1, 3),)}, "weight of slider 'view' is 3"),
        ({"style": (StyleAnswer("view", 1, -1),)}, "weight of slider 'view' is -1"),
        ({"windows": (Window(5, 5),)}, "'ann': a window ends .5. before it has begun .5."),
        ({"windows": (Window(9000, 100),)}, "cut one that runs over the end of the week in two"),
        ({"windows": (Window(-1, 5),)}, "start of a window is -1"),
        ({"windows": (Window(0, 10_081),)}, "end of a window is 10081"),
        ({"windows": (Window(nan, 60),)}, "start of a window is nan"),
    ],
)
@pytest.mark.parametrize("person", [mentee, mentor])
def test_profile_refuses_bad_input_naming_person_and_fault(person, what, message):
    with pytest.raises(ValueError, match=message):
        person("ann", **what)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ({"sought": (Sought("echo"), Sought("echo", 1))}, "topic 'echo' is there twice"),
        ({"sought": (Sought("echo", 0),)}, "strength of 'echo' is 0, not .* from 1 to 3"),
        ({"sought": (Sought("echo", 4),)}, "strength of 'echo' is 4"),
        ({"values": ("hope", "hope")}, "value 'hope' is there twice"),
        ({"values": tuple("abcdef")}, "6 values, at most 5"),
        (
            {"matters": WhatMatters(style=-1)},
            "level of what matters, style, is -1, not a whole number from 0 to 3",
        ),
        ({"matters": WhatMatters(interest=4)}, "level of what matters, interest, is 4"),
        ({"matters": WhatMatters(values=nan)}, "level of what matters, values, is nan"),
    ],
)
def test_mentee_refuses_bad_input_naming_person_and_fault(what, message):
    with pytest.raises(ValueError, match=f"'ann': (the )?{message}"):
        mentee("ann", **what)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ({"offered": ("echo", "echo")}, "the topic 'echo' is there twice"),
        ({"shown_values": ("hope", "hope")}, "the value 'hope' is there twice"),
        ({"shown_values": tuple("abcdef")}, "6 values, at most 5"),
    ],
)
def test_mentor_refuses_bad_input_naming_person_and_fault(what, message):
    with pytest.raises(ValueError, match=f"'bob': {message}"):
        mentor("bob", **what)


@pytest.mark.parametrize("person", [mentee, mentor])
def test_person_needs_an_id(person):
    with pytest.raises(ValueError, match="A person has an empty id"):
        person("")


@pytest.mark.parametrize(
    ("site", "message"),
    [
        (("",), "A site has an empty key"),
        (("hill", 42.0), "Site 'hill': give both latitude and longitude, or neither"),
        (("hill", None, 1.0), "give both latitude and longitude, or neither"),
        (("hill", nan, 1.0), "the latitude nan is not between -90 and 90"),
        (("hill", 90.5, 1.0), "the latitude 90.5 is not between -90 and 90"),
        (("hill", 1.0, -181.0), "the longitude -181.0 is not between -180 and 180"),
        (("hill", 1.0, inf), "the longitude inf is not between -180 and 180"),
    ],
)
def test_site_refuses_bad_input_naming_itself(site, message):
    with pytest.raises(ValueError, match=message):
        Site(*site)


def test_site_may_lie_at_a_pole_or_nowhere():
    assert Site("pole", -90, 180).latitude == -90
    assert Site("somewhere").longitude is None


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        pytest.param((0, 540, 600, 0), (Window(540, 600),), id="Monday morning in Greenwich"),
        pytest.param((3, 960, 1080, -300), (Window(5580, 5700),), id="Thursday in Boston"),
        pytest.param(
            (0, 30, 90, 60), (Window(0, 30), Window(10_050, 10_080)), id="Monday is still Sunday"
        ),
        pytest.param((0, 0, 60, 60), (Window(10_020, 10_080),), id="up to the end of the week"),
        pytest.param((6, 1380, 1440, -60), (Window(0, 60),), id="Sunday is already Monday"),
        pytest.param((2, 1380, 1500, 0), (Window(4260, 4380),), id="over midnight"),
        pytest.param((0, 0, WEEK, 0), (Window(0, WEEK),), id="always"),
    ],
)
def test_utc_windows_moves_local_time_and_cuts_at_the_end_of_the_week(local, expected):
    weekday, start, end, offset = local

    assert expected == utc_windows(
        weekday=weekday, start_minute=start, end_minute=end, offset_minutes=offset
    )


@given(
    weekday=st.integers(0, 6),
    start=st.integers(0, 1439),
    length=st.integers(1, 1440),
    offset=st.integers(-12 * 60, 14 * 60),
)
def test_utc_windows_keeps_the_length_and_makes_windows_that_profiles_take(
    weekday, start, length, offset
):
    windows = utc_windows(
        weekday=weekday, start_minute=start, end_minute=start + length, offset_minutes=offset
    )

    assert sum(end - begin for begin, end in windows) == length
    assert mentee(windows=windows).windows == windows


@pytest.mark.parametrize(("start", "end"), [(60, 60), (60, 30), (0, WEEK + 1)])
def test_utc_windows_refuses_what_is_no_window(start, end):
    with pytest.raises(ValueError, match=f"A window from minute {start} to {end} is none"):
        utc_windows(weekday=0, start_minute=start, end_minute=end, offset_minutes=0)
