"""Messages and notes as the services make them."""

from uuid import uuid4

from mentorwell.messages.services import write_message, write_note
from tests.factories.moments import NOW


def write(mentorship, by, text="Shall we talk on Tuesday?", *, now=NOW, token=None):
    """Write a message in a mentorship."""
    return write_message(mentorship=mentorship, text=text, token=token or uuid4(), by=by, now=now)


def note(mentorship, by, text="Ask how the exam went.", *, now=NOW, token=None):
    """Write a note for oneself."""
    return write_note(mentorship=mentorship, text=text, token=token or uuid4(), by=by, now=now)
