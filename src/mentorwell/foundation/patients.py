"""Words and data for the reminder that no patient should be known by what one writes."""

import json
from collections.abc import Iterable
from functools import cache

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from mentorwell.core.identifiers import BEFORE, PATTERNS, Kind


def words_of(kind: Kind) -> str:
    """Return what a finding looks like, in words."""
    return {
        Kind.RECORD_NUMBER: _("a record number"),
        Kind.BIRTH_DATE: _("a date of birth"),
        Kind.NATIONAL_NUMBER: _("an NHS or social security number"),
        Kind.INSURANCE_NUMBER: _("an insurance number"),
        Kind.ROOM: _("a room or bed with a name"),
        Kind.INITIALS: _("a patient’s initials"),
    }[kind]


def listed(kinds: Iterable[Kind]) -> str:
    """Return several kinds in words: "a date of birth and a record number"."""
    return get_text_list([words_of(kind) for kind in kinds], _("and"))


@cache
def patterns_for_page() -> str:
    """Return the patterns as JSON, for the script that reminds while one types."""
    patterns = [
        {
            "says": words_of(each.kind),
            "regex": each.regex,
            "flags": "gi" if each.any_case else "g",
            "unless": each.unless,
            "check": each.check,
        }
        for each in PATTERNS
    ]
    return json.dumps({"before": BEFORE, "patterns": patterns}, separators=(",", ":"))
