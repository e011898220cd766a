"""What may be read of meetings, and by whom."""

from mentorwell.meetings.queries.meetings import (
    OPEN,
    arranged_until,
    can_still_be,
    first_held,
    meetings_ahead,
    meetings_of,
    meetings_to_remind_of,
    meetings_visible_to,
    next_meetings_of,
    same_proposal,
    times_that_may_not_suit,
)


__all__ = [
    "OPEN",
    "arranged_until",
    "can_still_be",
    "first_held",
    "meetings_ahead",
    "meetings_of",
    "meetings_to_remind_of",
    "meetings_visible_to",
    "next_meetings_of",
    "same_proposal",
    "times_that_may_not_suit",
]
