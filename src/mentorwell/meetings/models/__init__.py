"""Conversations with a date."""

from mentorwell.meetings.models.agenda import AgendaPoint, Listening, Step, Takeaway
from mentorwell.meetings.models.feed import Feed
from mentorwell.meetings.models.meetings import Meeting, Offer


__all__ = ["AgendaPoint", "Feed", "Listening", "Meeting", "Offer", "Step", "Takeaway"]
