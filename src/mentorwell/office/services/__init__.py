"""The only code that changes what the office keeps."""

from mentorwell.office.services.applying import apply_roster, bring_in_roster, forget_rosters
from mentorwell.office.services.staging import stage_roster
from mentorwell.office.services.uploads import (
    Reading,
    check_roster,
    discard_roster,
    upload_roster,
)
from mentorwell.office.services.welcomes import send_welcomes


__all__ = [
    "Reading",
    "apply_roster",
    "bring_in_roster",
    "check_roster",
    "discard_roster",
    "forget_rosters",
    "send_welcomes",
    "stage_roster",
    "upload_roster",
]
