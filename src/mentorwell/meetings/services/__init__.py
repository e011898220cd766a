"""The only code that changes meetings."""

from mentorwell.meetings.services.agenda import (
    NextStep,
    ask_for_agendas,
    ask_whether_held,
    keep_of_meeting,
    log_by_link,
    meet_again,
    set_agenda,
    settle_step,
    tick_point,
)
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
from mentorwell.meetings.services.feed import make_feed, name_partners, stop_feed


__all__ = [
    "SOON",
    "NextStep",
    "ask_for_agendas",
    "ask_whether_held",
    "call_off_all",
    "cancel_meeting",
    "change_setting",
    "choose_time",
    "keep_of_meeting",
    "log_by_link",
    "log_meeting",
    "make_feed",
    "meet_again",
    "miss_meeting",
    "move_meeting",
    "name_partners",
    "offer_other_times",
    "propose_meeting",
    "remind_of_meetings",
    "set_agenda",
    "settle_step",
    "stop_feed",
    "tick_point",
]
