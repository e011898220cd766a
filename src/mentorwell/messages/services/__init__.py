"""Writing to each other, reading, and keeping notes for oneself."""

from mentorwell.messages.services.notes import (
    delete_note,
    edit_note,
    forget_notes,
    undo_note,
    write_note,
)
from mentorwell.messages.services.thread import (
    edit_message,
    mark_read,
    take_back_message,
    write_message,
)


__all__ = [
    "delete_note",
    "edit_message",
    "edit_note",
    "forget_notes",
    "mark_read",
    "take_back_message",
    "undo_note",
    "write_message",
    "write_note",
]
