"""Meetings: the members of their mentorship, and nobody else."""

from datetime import timedelta

from mentorwell.meetings.services import miss_meeting
from tests.architecture.access.rows.given import PAIR, guessed, says, secret, uid
from tests.architecture.access.sweep import EVERYONE, SIGNED_IN, Row
from tests.factories.moments import NOW
from tests.world import World


WHEN = (NOW + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
TIMES = says(time_1=WHEN, anyway="on")


def miss(world: World) -> None:
    """It did not take place."""
    miss_meeting(meeting=world.fresh("meeting_over"), by=world.person("mentee"), now=NOW)


ROWS = [
    Row(
        "meetings:meeting-propose",
        get=PAIR,
        post=PAIR,
        where=uid("mentorship"),
        body=lambda world: {**TIMES(world), "minutes": "30", "where": "Room 7"},
    ),
    Row("meetings:meeting-show", get=PAIR, where=uid("meeting_held"), called="held"),
    Row("meetings:meeting-show", get=PAIR, where=uid("meeting_proposed"), called="proposed"),
    Row("meetings:meeting-show", get=PAIR, where=uid("meeting_ahead"), called="ahead"),
    Row(
        "meetings:time-choose",
        post=("mentee",),
        later=("mentor",),  # who offered it
        where=uid("meeting_proposed"),
        body=lambda world: {"offer": world.meeting_proposed.offers.get().pk},
    ),
    Row("meetings:times-offer", get=PAIR, post=PAIR, where=uid("meeting_proposed"), body=TIMES),
    Row("meetings:meeting-move", get=PAIR, post=PAIR, where=uid("meeting_ahead"), body=TIMES),
    Row(
        "meetings:meeting-set",
        get=PAIR,
        post=PAIR,
        where=uid("meeting_ahead"),
        body=says(minutes="30", where="Room 8"),
    ),
    Row("meetings:meeting-cancel", get=PAIR, post=PAIR, where=uid("meeting_ahead")),
    Row(
        "meetings:meeting-log",
        get=PAIR,
        post=PAIR,
        where=uid("meeting_over"),
        body=says(held="yes", minutes="40"),
        called="held",
    ),
    Row(
        "meetings:meeting-log",
        get=PAIR,
        post=PAIR,
        where=uid("meeting_over"),
        body=says(held="no"),
        called="missed",
    ),
    Row(
        "meetings:agenda-edit",
        get=("mentee",),
        post=("mentee",),
        later=("mentor",),  # the mentee brings it
        where=uid("meeting_ahead"),
        body=says(points="One point."),
    ),
    Row("meetings:point-tick", post=PAIR, where=uid("point")),
    Row(
        "meetings:meeting-keep",
        get=PAIR,
        post=PAIR,
        where=uid("meeting_held"),
        body=says(takeaway="To ask more.", listened="1"),
    ),
    Row(
        "meetings:step-settle",
        post=("mentee",),
        later=("mentor",),  # whose it is not
        where=uid("step"),
        body=says(to="done"),
    ),
    Row(
        "meetings:meeting-again",
        post=PAIR,
        where=uid("meeting_over"),
        before=miss,
    ),
    Row(
        "meetings:log-by-link",
        get=EVERYONE,
        post=EVERYONE,
        where=secret("log_secret"),
        body=says(held="yes"),
        opens_as="mentor",
    ),
    Row(
        "meetings:log-by-link",
        get=EVERYONE,
        later=EVERYONE,
        where=guessed,
        body=says(held="yes"),
        shows=frozenset({410}),
        called="guessed",
    ),
    Row("meetings:log-done", get=EVERYONE, where=lambda _world: {"how": "held"}),
    Row(
        "meetings:feed-edit",
        get=SIGNED_IN,
        post=SIGNED_IN,
        body=says(do="make"),
        does=frozenset({200}),
    ),
    Row(
        "meetings:feed-show",
        get=EVERYONE,
        where=secret("feed_secret"),
        opens_as="mentee",
    ),
    Row("meetings:guide-show", get=PAIR, where=uid("meeting_ahead")),
    Row("meetings:meeting-download", get=PAIR, where=uid("meeting_ahead")),
]
