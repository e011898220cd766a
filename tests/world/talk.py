"""What members write to each other, and what each writes for themselves."""

from datetime import datetime, timedelta
from uuid import uuid4

from mentorwell.messages import services
from mentorwell.messages.queries import message_key
from mentorwell.people.services import keep_draft
from tests.world.world import World


def write_before_the_end(world: World, *, now: datetime) -> None:
    """Let the pair that will part have written, and one of them keep a note."""
    ended = world.fresh("ended")
    services.write_message(
        mentorship=ended,
        text=world.words.sentence("message.ended"),
        token=uuid4(),
        by=world.person("ex_mentee"),
        now=now,
    )
    services.write_note(
        mentorship=ended,
        text=world.words.sentence("note.ex_mentee"),
        token=uuid4(),
        by=world.person("ex_mentee"),
        now=now,
    )


def write(world: World, *, now: datetime) -> None:
    """Let both write a message and a note lately; one of each is gone again, one half-written."""
    pair = world.fresh("mentorship")
    written = {
        name: services.write_message(
            mentorship=pair,
            text=world.words.sentence(f"message.{name}"),
            token=uuid4(),
            by=world.person(actor),
            now=now + timedelta(minutes=minute),
        )
        for minute, (name, actor) in enumerate(
            (("mentee", "mentee"), ("mentor", "mentor"), ("taken_back", "mentee"))
        )
    }
    services.take_back_message(
        message=written["taken_back"], by=world.person("mentee"), now=now + timedelta(minutes=5)
    )
    noted = {
        name: services.write_note(
            mentorship=pair,
            text=world.words.sentence(f"note.{name}"),
            token=uuid4(),
            by=world.person(actor),
            now=now,
        )
        for name, actor in (("mentee", "mentee"), ("mentor", "mentor"), ("deleted", "mentee"))
    }
    services.delete_note(note=noted["deleted"], by=world.person("mentee"), now=now)
    keep_draft(
        key=message_key(pair),
        fields={"text": [world.words.sentence("message.draft")]},
        by=world.person("mentee"),
        now=now,
    )
    world.keep(
        message=written["mentee"],
        mentors_message=written["mentor"],
        note=noted["mentee"],
        deleted_note=noted["deleted"],
    )
