from math import asin, cos, pi, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorwell.core.pairing import Reason, ReasonCode, Side, Site, Window, fit
from mentorwell.core.pairing.places import km_between
from tests.core.pairing.people import FAR_AWAY, HARBOUR, HILL, TREE, UNPLACED, mentee, mentor


MONDAY = Window(600, 660)
UNKNOWN_TIME = 0.3 / 3


def proximity(own, theirs):
    return fit(mentee(**own), mentor(**theirs), TREE).proximity


def north_of_hill(km):
    return Site(f"{km} km north", HILL.latitude + km / 6371.0 * 180 / pi, HILL.longitude)


@pytest.mark.parametrize(
    ("own", "theirs", "place"),
    [
        pytest.param({"site": HILL}, {"site": HILL}, 1, id="same site"),
        pytest.param({"site": UNPLACED}, {"site": UNPLACED}, 1, id="same site, wherever it is"),
        pytest.param(
            {"site": HILL}, {"site": Site("hill", 0, 0)}, 1, id="same key, whatever the degrees"
        ),
        pytest.param({"site": HILL}, {"site": north_of_hill(0.5)}, 1, id="half a kilometre"),
        pytest.param({"site": HILL}, {"site": north_of_hill(1.5)}, 0.3 + 0.7 * 0.98, id="1.5 km"),
        pytest.param({"site": HILL}, {"site": north_of_hill(49.5)}, 0.3 + 0.7 * 0.02, id="49.5 km"),
        pytest.param({"site": HILL}, {"site": HARBOUR}, 0.3 + 0.7 * 0.86, id="7.4 km"),
        pytest.param(
            {"site": HILL, "remote": True}, {"site": FAR_AWAY, "remote": True}, 0.65, id="by video"
        ),
        pytest.param({"remote": True}, {"remote": True}, 0.65, id="by video from anywhere"),
        pytest.param(
            {"site": HILL, "remote": True},
            {"site": HARBOUR, "remote": True},
            0.902,
            id="the better",
        ),
        pytest.param(
            {"site": HILL, "remote": True},
            {"site": north_of_hill(40.5), "remote": True},
            0.65,
            id="video is better than 40 km",
        ),
    ],
)
def test_place_is_the_better_of_distance_and_video(own, theirs, place):
    part = proximity(own, theirs)

    assert part.value == pytest.approx(2 / 3 * place + UNKNOWN_TIME, abs=1e-6)
    assert not part.unknown


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        pytest.param({"site": HILL, "remote": False}, {"site": FAR_AWAY, "remote": True}, id="far"),
        pytest.param({"site": HILL}, {"site": north_of_hill(50.5), "remote": False}, id="50.5 km"),
    ],
)
def test_place_counts_nothing_where_they_cannot_meet(own, theirs):
    assert proximity(own, theirs).value == pytest.approx(UNKNOWN_TIME)


@pytest.mark.parametrize(
    ("own", "theirs", "missing", "km"),
    [
        ({"windows": (MONDAY,)}, {"windows": (MONDAY,)}, (Side.MENTEE, Side.MENTOR), None),
        ({"site": HILL}, {"remote": False}, (Side.MENTOR,), None),
        ({"site": HILL, "remote": True}, {"site": FAR_AWAY}, (Side.MENTOR,), 306.5),
        ({"site": HILL}, {"site": FAR_AWAY, "remote": True}, (Side.MENTEE,), 306.5),
        ({"site": HILL, "remote": False}, {"site": UNPLACED}, (Side.MENTOR,), None),
        ({"site": HILL}, {"site": UNPLACED, "remote": True}, (Side.MENTEE, Side.MENTOR), None),
    ],
)
def test_place_is_unknown_while_an_answer_could_settle_it(own, theirs, missing, km):
    reason = proximity(own, theirs).reasons[0]

    assert (reason.code, reason.missing) == (ReasonCode.PLACE_NOT_KNOWN, missing)
    assert reason.km == pytest.approx(km, abs=0.5)


def test_part_is_unknown_only_if_place_and_time_both_are():
    nothing = proximity({}, {})
    time_only = proximity({"windows": (MONDAY,)}, {"windows": (Window(2000, 2060),)})

    assert (nothing.unknown, nothing.value) == (True, 0.3)
    assert (time_only.unknown, time_only.value) == (False, 0.2)


@pytest.mark.parametrize(
    ("own", "theirs", "minutes"),
    [
        pytest.param([(0, 200)], [(100, 300)], 100, id="one stretch"),
        pytest.param([(0, 200), (400, 500)], [(150, 420)], 70, id="two stretches"),
        pytest.param([(0, 200), (100, 250), (250, 260)], [(90, 400)], 170, id="merged, not twice"),
        pytest.param([(0, 10_080)], [(5000, 5001)], 1, id="a single minute"),
        pytest.param([(0, 10_080)], [(0, 10_080)], 10_080, id="always"),
        pytest.param([(0, 100)], [(100, 200)], 0, id="one after the other"),
    ],
)
def test_time_grows_with_the_minutes_in_common_up_to_two_hours(own, theirs, minutes):
    site = {"site": HILL}
    part = proximity(
        {**site, "windows": tuple(Window(*w) for w in own)},
        {**site, "windows": tuple(Window(*w) for w in theirs)},
    )

    time = 0.3 + 0.7 * min(minutes, 120) / 120 if minutes else 0
    assert part.value == pytest.approx((2 + time) / 3, abs=1e-6)
    assert (part.reasons[1].minutes or 0) == minutes


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        ({"windows": (MONDAY,)}, {"windows": (Window(640, 641),)}),
        ({"windows": (MONDAY,), "site": HILL}, {"windows": (MONDAY,), "site": FAR_AWAY}),
        (
            {"site": HILL, "windows": (MONDAY,)},
            {"site": north_of_hill(49.5), "windows": (Window(0, 9),)},
        ),
    ],
)
def test_any_real_overlap_makes_at_least_the_neutral_value(own, theirs):
    no_video = {"remote": False}

    assert proximity({**own, **no_video}, {**theirs, **no_video}).value >= 0.3


def test_known_lack_of_place_and_time_is_nothing():
    assert (
        proximity(
            {"site": HILL, "remote": False, "windows": (MONDAY,)},
            {"site": FAR_AWAY, "windows": (Window(0, 60),)},
        ).value
        == 0
    )


@pytest.mark.parametrize("windows", [(), (MONDAY,), (Window(0, 60),)])
@pytest.mark.parametrize("changing", ["mentee", "mentor", "both"])
def test_changing_times_are_unknown_and_not_lacking(windows, changing):
    part = proximity(
        {"site": HILL, "windows": windows, "times_change": changing != "mentor"},
        {"site": HILL, "windows": (MONDAY,), "times_change": changing != "mentee"},
    )
    missing = {
        "mentee": (Side.MENTEE,),
        "mentor": (Side.MENTOR,),
        "both": (Side.MENTEE, Side.MENTOR),
    }[changing]

    assert part.value == pytest.approx(2 / 3 + UNKNOWN_TIME, abs=1e-6)
    assert part.reasons[1] == Reason(ReasonCode.TIMES_CHANGE, missing=missing)


@pytest.mark.parametrize(
    ("own", "theirs", "expected"),
    [
        ({"site": HILL}, {"site": HILL, "remote": True}, Reason(ReasonCode.SAME_SITE)),
        ({"remote": True}, {"remote": True}, Reason(ReasonCode.BY_VIDEO)),
        ({"remote": False}, {"remote": True, "site": HILL}, None),
    ],
)
def test_place_reasons_without_distance(own, theirs, expected):
    reason = proximity(own, theirs).reasons[0]

    assert reason == (expected or Reason(ReasonCode.PLACE_NOT_KNOWN, missing=(Side.MENTEE,)))


@pytest.mark.parametrize(
    ("own", "theirs", "code", "km"),
    [
        ({"site": HILL}, {"site": HARBOUR}, ReasonCode.NEAR, 7.4),
        (
            {"site": HILL, "remote": True},
            {"site": HARBOUR, "remote": True},
            ReasonCode.NEAR,
            7.4,
        ),
        (
            {"site": HILL, "remote": True},
            {"site": north_of_hill(25.5), "remote": True},
            ReasonCode.NEAR,
            25.5,
        ),
        (
            {"site": HILL, "remote": True},
            {"site": north_of_hill(26.5), "remote": True},
            ReasonCode.BY_VIDEO,
            26.5,
        ),
        ({"site": HILL}, {"site": north_of_hill(25.5)}, ReasonCode.NEAR, 25.5),
        ({"site": HILL, "remote": False}, {"site": FAR_AWAY}, ReasonCode.FAR, 306.5),
    ],
)
def test_place_reasons_tell_the_distance(own, theirs, code, km):
    reason = proximity(own, theirs).reasons[0]

    assert reason.code == code
    assert reason.km == pytest.approx(km, abs=0.5)


def test_sites_at_the_same_spot_are_near_and_not_the_same():
    twin = Site("twin", HILL.latitude, HILL.longitude)
    part = proximity({"site": HILL}, {"site": twin})

    assert part.reasons[0] == Reason(ReasonCode.NEAR, km=0)
    assert part.value == proximity({"site": HILL}, {"site": HILL}).value


@pytest.mark.parametrize(
    ("own", "theirs", "minutes", "window"),
    [
        pytest.param([(0, 20), (100, 200)], [(0, 300)], 120, (100, 200), id="first half hour"),
        pytest.param([(0, 30), (100, 200)], [(0, 300)], 130, (0, 30), id="just half an hour"),
        pytest.param([(0, 10), (50, 75), (90, 95)], [(0, 300)], 40, (50, 75), id="the longest"),
        pytest.param([(0, 20), (20, 60)], [(0, 300)], 60, (0, 60), id="windows that touch are one"),
        pytest.param([(300, 400), (0, 90)], [(350, 500), (60, 80)], 70, (350, 400), id="unsorted"),
    ],
)
def test_time_reason_names_a_stretch_worth_meeting_in(own, theirs, minutes, window):
    part = proximity(
        {"windows": tuple(Window(*w) for w in own)}, {"windows": tuple(Window(*w) for w in theirs)}
    )

    assert part.reasons[1] == Reason(
        ReasonCode.FREE_TOGETHER, minutes=minutes, window=Window(*window)
    )


@pytest.mark.parametrize(
    ("own", "theirs", "expected"),
    [
        ((MONDAY,), (Window(0, 60),), Reason(ReasonCode.NO_COMMON_TIME)),
        ((MONDAY,), (), Reason(ReasonCode.TIMES_NOT_KNOWN, missing=(Side.MENTOR,))),
        ((), (MONDAY,), Reason(ReasonCode.TIMES_NOT_KNOWN, missing=(Side.MENTEE,))),
        ((), (), Reason(ReasonCode.TIMES_NOT_KNOWN, missing=(Side.MENTEE, Side.MENTOR))),
    ],
)
def test_time_reasons_without_common_time(own, theirs, expected):
    assert proximity({"windows": own}, {"windows": theirs}).reasons[1] == expected


latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def haversine(one, other):
    half = (
        sin(radians(other.latitude - one.latitude) / 2) ** 2
        + cos(radians(one.latitude))
        * cos(radians(other.latitude))
        * sin(radians(other.longitude - one.longitude) / 2) ** 2
    )
    return 2 * 6371.0 * asin(min(1, sqrt(half)))


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_is_the_haversine_and_symmetric(north, east, other_north, other_east):
    one, other = Site("one", north, east), Site("other", other_north, other_east)

    # near the far side of the earth half a metre is the limit of either formula
    assert km_between(one, other) == pytest.approx(haversine(one, other), abs=5e-4)
    assert km_between(one, other) == km_between(other, one)


@pytest.mark.parametrize("metres", [1, 10, 100, 500])
def test_short_distances_do_not_vanish(metres):
    assert km_between(HILL, north_of_hill(metres / 1000)) == pytest.approx(metres / 1000, rel=1e-6)
