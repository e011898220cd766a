"""The only code that changes meetings."""

from mentorwell.meetings.services.dates import (
    SOON,
    call_off_all,
    cancel_meeting,
    change_setting,
    choose_time,
    log_meeting,
    miss_meeting,
    move_meeting,
    offer_other_times,
    propose_meeting,
    remind_of_meetings,
)


__all__ = [
    "SOON",
    "call_off_all",
    "cancel_meeting",
    "change_setting",
    "choose_time",
    "log_meeting",
    "miss_meeting",
    "move_meeting",
    "offer_other_times",
    "propose_meeting",
    "remind_of_meetings",
]
