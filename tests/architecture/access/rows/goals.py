"""Goals: their owner's; read by whom they are shared with."""

from tests.architecture.access.rows.given import PAIR, says, uid
from tests.architecture.access.sweep import SIGNED_IN, Row


TEXT = says(words="To sleep before nights.", kind="well-being", next_step="Tonight.")

ROWS = [
    Row("goals:goal-list", get=SIGNED_IN, seen_by="mentee"),
    Row("goals:goal-write", get=SIGNED_IN, post=SIGNED_IN, body=TEXT),
    Row("goals:goal-show", get=PAIR, where=uid("goal"), seen_by="mentee"),
    Row("goals:goal-show", get=("mentee",), where=uid("own_goal"), called="own"),
    Row(
        "goals:goal-change",
        get=("mentee",),
        post=("mentee",),
        later=("mentor",),  # who reads it
        where=uid("goal"),
        body=TEXT,
    ),
    Row(
        "goals:goal-settle",
        post=("mentee",),
        later=("mentor",),
        where=uid("goal"),
        body=says(to="reached", kept="A line."),
    ),
    Row("goals:goal-share", post=("mentee",), later=("mentor",), where=uid("goal")),
]
