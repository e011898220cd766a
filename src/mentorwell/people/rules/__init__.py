"""Who may do what with people's profiles, parts and links. `check_*` raises with a reason."""

from mentorwell.people.rules.links import (
    check_can_approve,
    check_can_end_link,
    check_can_link,
    check_can_place,
    check_same_organisation,
    check_sides,
)
from mentorwell.people.rules.pairing import (
    NO_PAIRING,
    can_pair,
    check_bars,
    check_can_pair,
)
from mentorwell.people.rules.participations import (
    check_can_bring_in,
    check_is_own,
    check_places,
    places_most,
)
from mentorwell.people.rules.profiles import (
    LANGUAGES,
    check_choice,
    check_days,
    check_languages,
    check_site,
    check_stage,
    check_styles,
    check_topics,
    check_values,
    check_windows,
)


__all__ = [
    "LANGUAGES",
    "NO_PAIRING",
    "can_pair",
    "check_bars",
    "check_can_approve",
    "check_can_bring_in",
    "check_can_end_link",
    "check_can_link",
    "check_can_pair",
    "check_can_place",
    "check_choice",
    "check_days",
    "check_is_own",
    "check_languages",
    "check_places",
    "check_same_organisation",
    "check_sides",
    "check_site",
    "check_stage",
    "check_styles",
    "check_topics",
    "check_values",
    "check_windows",
    "places_most",
]
