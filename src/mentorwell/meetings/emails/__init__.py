"""Mails and calendar entries of meetings."""

from mentorwell.meetings.emails.calendar import Method, calendar_entry, meeting_path
from mentorwell.meetings.emails.mails import (
    CALLED_OFF,
    CHANGED,
    PROPOSED,
    REMINDER,
    SCHEDULED,
    meeting_ids,
    register_mails,
)


__all__ = [
    "CALLED_OFF",
    "CHANGED",
    "PROPOSED",
    "REMINDER",
    "SCHEDULED",
    "Method",
    "calendar_entry",
    "meeting_ids",
    "meeting_path",
    "register_mails",
]
