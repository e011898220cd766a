"""Conversations with a date."""

from mentorwell.meetings.models.meetings import Meeting, Offer


__all__ = ["Meeting", "Offer"]
