"""The only code that changes what matters, invitations, wishes and requests for help."""

from mentorwell.matching.services.answering import (
    accept_invitation,
    answer_by_link,
    decline_invitation,
)
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
from mentorwell.matching.services.releasing import (
    release_barred,
    release_barred_by,
    release_invitations_of,
    release_stranded,
)
from mentorwell.matching.services.wishing import drop_wish, tell_wishers, wish_for_place


__all__ = [
    "accept_invitation",
    "answer_by_link",
    "answer_help",
    "ask_for_help",
    "decline_invitation",
    "draft_invitation",
    "drop_wish",
    "expire_invitations",
    "invite_mentor",
    "move_clocks",
    "note_search_opened",
    "note_searches_opened",
    "pass_help_on",
    "release_barred",
    "release_barred_by",
    "release_invitations_of",
    "release_stranded",
    "remind_invitations",
    "send_invitation",
    "set_what_matters",
    "tell_wishers",
    "wish_for_place",
    "withdraw_invitation",
]
