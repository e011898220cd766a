"""Messages: the members of a mentorship. Notes: their author, and nobody else."""

from uuid import uuid4

from tests.architecture.access.rows.given import PAIR, says, uid
from tests.architecture.access.sweep import SIGNED_IN, Row
from tests.world import World


FORMER = ("ex_mentee", "mentor")
MENTEE = ("mentee",)


def words(_world: World) -> dict[str, object]:
    return {"text": "Shall we talk on Tuesday?", "token": uuid4()}


ROWS = [
    Row(
        "messages:thread-show",
        get=PAIR,
        post=PAIR,
        where=uid("mentorship"),
        body=words,
        seen_by="mentor",  # to whom something is new
    ),
    Row(
        "messages:thread-show",
        get=FORMER,
        later=FORMER,
        where=uid("ended"),
        body=words,
        called="ended",
    ),
    Row(
        "messages:thread-read",
        post=PAIR,
        where=uid("mentorship"),
        body=lambda world: {"up_to": world.mentors_message.uid},
    ),
    Row(
        "messages:message-edit",
        get=MENTEE,
        post=MENTEE,
        where=uid("message"),
        body=says(text="On Wednesday, I mean."),
    ),
    Row("messages:message-take-back", post=MENTEE, where=uid("message")),
    Row("messages:note-list", get=PAIR, post=PAIR, where=uid("mentorship"), body=words),
    Row(
        "messages:note-list",
        get=FORMER,
        post=FORMER,
        where=uid("ended"),
        body=words,
        seen_by="ex_mentee",
        called="ended",
    ),
    Row("messages:note-find", get=SIGNED_IN, seen_by="mentee"),
    Row(
        "messages:note-edit",
        get=MENTEE,
        post=MENTEE,
        where=uid("note"),
        body=says(text="Ask less, listen more."),
    ),
    Row(
        "messages:note-edit",
        get=MENTEE,
        later=MENTEE,
        where=uid("deleted_note"),
        body=says(text="Too late."),
        called="deleted",
    ),
    Row("messages:note-delete", post=MENTEE, where=uid("note")),
    Row("messages:note-undo", post=MENTEE, where=uid("deleted_note")),
]
