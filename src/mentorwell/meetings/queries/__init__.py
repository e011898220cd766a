"""What may be read of meetings, and by whom."""

from mentorwell.meetings.queries.agenda import (
    ends_at,
    listenings_of,
    meetings_over,
    meetings_without_agenda,
    open_steps_of,
    points_visible_to,
    steps_visible_to,
    takeaways_visible_to,
    times_to_meet_again,
)
from mentorwell.meetings.queries.feed import feed_of, find_feed, meetings_in_feed
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
    times_to_offer,
)


__all__ = [
    "OPEN",
    "arranged_until",
    "can_still_be",
    "ends_at",
    "feed_of",
    "find_feed",
    "first_held",
    "listenings_of",
    "meetings_ahead",
    "meetings_in_feed",
    "meetings_of",
    "meetings_over",
    "meetings_to_remind_of",
    "meetings_visible_to",
    "meetings_without_agenda",
    "next_meetings_of",
    "open_steps_of",
    "points_visible_to",
    "same_proposal",
    "steps_visible_to",
    "takeaways_visible_to",
    "times_that_may_not_suit",
    "times_to_meet_again",
    "times_to_offer",
]
