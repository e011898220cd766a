"""The only code that changes mentorships, their members and their places."""

from mentorwell.mentorships.services.beginning import begin_mentorship


__all__ = ["begin_mentorship"]
