"""Meetings: the members of their mentorship, and nobody else."""

from datetime import timedelta

from tests.architecture.access.rows.given import PAIR, says, uid
from tests.architecture.access.sweep import Row
from tests.factories.moments import NOW


WHEN = (NOW + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
TIMES = says(time_1=WHEN, anyway="on")

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
    Row("meetings:meeting-download", get=PAIR, where=uid("meeting_ahead")),
]
