"""The only code that changes what matters, invitations, wishes, requests for help and rounds."""

from mentorwell.matching.services.answering import (
    accept_invitation,
    answer_by_link,
    decline_invitation,
)
from mentorwell.matching.services.changing import change_run, take_change_back
from mentorwell.matching.services.clock import (
    expire_invitations,
    move_clocks,
    remind_invitations,
)
from mentorwell.matching.services.helping import answer_help, ask_for_help, pass_help_on
from mentorwell.matching.services.inviting import (
    draft_invitation,
    invite_mentor,
    send_invitation,
    withdraw_invitation,
)
from mentorwell.matching.services.matters import set_what_matters
from mentorwell.matching.services.opening import note_search_opened, note_searches_opened
from mentorwell.matching.services.proposing import (
    invite_from_proposal,
    pass_proposal,
    publish_run,
    tend_round,
    tend_rounds,
    think_again,
)
from mentorwell.matching.services.releasing import (
    release_barred,
    release_barred_by,
    release_invitations_of,
    release_stranded,
)
from mentorwell.matching.services.rounds import (
    WISHES_MOST,
    begin_round,
    close_round,
    reopen_wishes,
    show_to_mentors,
    speak_in_round,
    stop_wishes,
    wish_in_round,
)
from mentorwell.matching.services.running import (
    Repeated,
    cancel_run,
    repeat_run,
    run_again,
    solve_run,
    start_run,
)
from mentorwell.matching.services.talking import ask_for_talks, react_to_talk, speak_of_mentee
from mentorwell.matching.services.wishing import drop_wish, tell_wishers, wish_for_place


__all__ = [
    "WISHES_MOST",
    "Repeated",
    "accept_invitation",
    "answer_by_link",
    "answer_help",
    "ask_for_help",
    "ask_for_talks",
    "begin_round",
    "cancel_run",
    "change_run",
    "close_round",
    "decline_invitation",
    "draft_invitation",
    "drop_wish",
    "expire_invitations",
    "invite_from_proposal",
    "invite_mentor",
    "move_clocks",
    "note_search_opened",
    "note_searches_opened",
    "pass_help_on",
    "pass_proposal",
    "publish_run",
    "react_to_talk",
    "release_barred",
    "release_barred_by",
    "release_invitations_of",
    "release_stranded",
    "remind_invitations",
    "reopen_wishes",
    "repeat_run",
    "run_again",
    "send_invitation",
    "set_what_matters",
    "show_to_mentors",
    "solve_run",
    "speak_in_round",
    "speak_of_mentee",
    "start_run",
    "stop_wishes",
    "take_change_back",
    "tell_wishers",
    "tend_round",
    "tend_rounds",
    "think_again",
    "wish_for_place",
    "wish_in_round",
    "withdraw_invitation",
]
