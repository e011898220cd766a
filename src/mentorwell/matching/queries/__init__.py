"""What may be read of searching and inviting, and by whom."""

from mentorwell.matching.queries.gap import Gap, gap
from mentorwell.matching.queries.help import (
    expiries,
    help_requests_for,
    help_requests_visible_to,
    least_loaded_coordinator,
    may_look_along,
    open_help,
    open_requests,
)
from mentorwell.matching.queries.invitations import (
    clock,
    invitations_received_by,
    invitations_sent_by,
    invitations_visible_to,
    is_silent,
    leave_of,
    open_draft,
    open_invitations,
)
from mentorwell.matching.queries.opening import SearchOpening, search_opening
from mentorwell.matching.queries.promptness import prompt_mentors
from mentorwell.matching.queries.rounds import (
    Ground,
    ground_of,
    proposals_for,
    round_for,
    rounds_visible_to,
    takes_part,
    wishes_of,
)
from mentorwell.matching.queries.shortlist import (
    Filters,
    PartShown,
    Search,
    Shown,
    levels_of,
    next_suggestion,
    search,
)
from mentorwell.matching.queries.slots import (
    Room,
    has_free_place,
    knows_free_place,
    room_of,
    rooms,
    slots_to_try,
    stranded,
)
from mentorwell.matching.queries.snapshot import Snapshot, snapshot_of
from mentorwell.matching.queries.standing import (
    SEARCHING_STATES,
    Standing,
    links_of,
    links_unknown_to_mentee,
    stage_allows,
    standings,
)
from mentorwell.matching.queries.status import (
    EXPIRIES_FOR_HELP,
    SearchStatus,
    help_date,
    search_status,
)
from mentorwell.matching.queries.wishes import wishes_visible_to


__all__ = [
    "EXPIRIES_FOR_HELP",
    "SEARCHING_STATES",
    "Filters",
    "Gap",
    "Ground",
    "PartShown",
    "Room",
    "Search",
    "SearchOpening",
    "SearchStatus",
    "Shown",
    "Snapshot",
    "Standing",
    "clock",
    "expiries",
    "gap",
    "ground_of",
    "has_free_place",
    "help_date",
    "help_requests_for",
    "help_requests_visible_to",
    "invitations_received_by",
    "invitations_sent_by",
    "invitations_visible_to",
    "is_silent",
    "knows_free_place",
    "least_loaded_coordinator",
    "leave_of",
    "levels_of",
    "links_of",
    "links_unknown_to_mentee",
    "may_look_along",
    "next_suggestion",
    "open_draft",
    "open_help",
    "open_invitations",
    "open_requests",
    "prompt_mentors",
    "proposals_for",
    "room_of",
    "rooms",
    "round_for",
    "rounds_visible_to",
    "search",
    "search_opening",
    "search_status",
    "slots_to_try",
    "snapshot_of",
    "stage_allows",
    "standings",
    "stranded",
    "takes_part",
    "wishes_of",
    "wishes_visible_to",
]
