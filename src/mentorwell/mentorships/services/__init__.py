"""The only code that changes mentorships, their members and their places."""

from mentorwell.mentorships.services.agreements import (
    agree,
    open_answers,
    propose_agreement,
    send_answers,
)
from mentorwell.mentorships.services.beginning import (
    begin_mentorship,
)
from mentorwell.mentorships.services.endings import (
    end_for_who_left,
    end_mentorship,
    finish_endings,
    undo_ending,
)
from mentorwell.mentorships.services.links import (
    answer_link_question,
    ask_about_link,
    ask_member_about_links,
    pause_unanswered_links,
)
from mentorwell.mentorships.services.pauses import (
    ask_to_be_called,
    pause_mentorship,
    resume_due,
    resume_mentorship,
    stop_contact,
)
from mentorwell.mentorships.services.reminders import (
    remind_agreements,
)
from mentorwell.mentorships.services.silence import (
    ask_about_silence,
    close_silent,
    say_all_is_well,
)
from mentorwell.mentorships.services.states import (
    note_arranged,
    note_first_meeting,
    note_sign_of_life,
    set_going,
    take_turn,
    take_turns_of,
)


__all__ = [
    "agree",
    "answer_link_question",
    "ask_about_link",
    "ask_about_silence",
    "ask_member_about_links",
    "ask_to_be_called",
    "begin_mentorship",
    "close_silent",
    "end_for_who_left",
    "end_mentorship",
    "finish_endings",
    "note_arranged",
    "note_first_meeting",
    "note_sign_of_life",
    "open_answers",
    "pause_mentorship",
    "pause_unanswered_links",
    "propose_agreement",
    "remind_agreements",
    "resume_due",
    "resume_mentorship",
    "say_all_is_well",
    "send_answers",
    "set_going",
    "stop_contact",
    "take_turn",
    "take_turns_of",
    "undo_ending",
]
