"""Mails and calendar entries of meetings."""

from mentorwell.meetings.emails.calendar import Method, calendar_entry, calendar_feed, meeting_path
from mentorwell.meetings.emails.mails import (
    AGENDA_WANTED,
    CALLED_OFF,
    CHANGED,
    HELD_ASKED,
    LOG,
    LOG_LIFETIME,
    PROPOSED,
    REMINDER,
    SCHEDULED,
    meeting_ids,
    register_mails,
)


__all__ = [
    "AGENDA_WANTED",
    "CALLED_OFF",
    "CHANGED",
    "HELD_ASKED",
    "LOG",
    "LOG_LIFETIME",
    "PROPOSED",
    "REMINDER",
    "SCHEDULED",
    "Method",
    "calendar_entry",
    "calendar_feed",
    "meeting_ids",
    "meeting_path",
    "register_mails",
]
