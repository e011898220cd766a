"""What may be read of mentorships, and by whom."""

from mentorwell.mentorships.queries.agreed import (
    agenda_owners,
    agreement_in_force,
    minutes_of,
    rhythm_of,
)
from mentorwell.mentorships.queries.due import (
    agreements_to_look_at,
    asked_about_silence,
    endings_untold,
    never_questions_open,
    pauses_over,
    quiet_until,
    running_without_agreement,
    running_without_meeting,
    silent_since,
    with_never_question_since,
    with_somebody_away,
)
from mentorwell.mentorships.queries.links import (
    mentorships_touched_by,
)
from mentorwell.mentorships.queries.members import (
    ENDED,
    RUNNING,
    ending_of,
    left_early,
    members_at_it,
    membership_of,
    others_in,
    state_beneath,
    state_seen_by,
    with_people,
)
from mentorwell.mentorships.queries.places import (
    claims_as_told,
    format_by_slug,
    free_places,
    name_held_places,
)
from mentorwell.mentorships.queries.visible import (
    agreements_visible_to,
    link_questions_visible_to,
    mentorships_of_programme_visible_to_office,
    mentorships_visible_to,
    open_link_questions,
)


__all__ = [
    "ENDED",
    "RUNNING",
    "agenda_owners",
    "agreement_in_force",
    "agreements_to_look_at",
    "agreements_visible_to",
    "asked_about_silence",
    "claims_as_told",
    "ending_of",
    "endings_untold",
    "format_by_slug",
    "free_places",
    "left_early",
    "link_questions_visible_to",
    "members_at_it",
    "membership_of",
    "mentorships_of_programme_visible_to_office",
    "mentorships_touched_by",
    "mentorships_visible_to",
    "minutes_of",
    "name_held_places",
    "never_questions_open",
    "open_link_questions",
    "others_in",
    "pauses_over",
    "quiet_until",
    "rhythm_of",
    "running_without_agreement",
    "running_without_meeting",
    "silent_since",
    "state_beneath",
    "state_seen_by",
    "with_never_question_since",
    "with_people",
    "with_somebody_away",
]
