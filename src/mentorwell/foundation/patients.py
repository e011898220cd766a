"""The reminder that no patient should be known by what one writes.

A page reminds while one types, by the patterns that it is given as data; a middleware reminds
once words were kept, on every page on which members write, without the page doing anything for
it. Nothing is ever held back. Neither the words nor the place in them are noted anywhere; the
sentence says what kind of thing it looks like.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from mentorwell.core.identifiers import BEFORE, PATTERNS, Kind, kinds_in


CHANGED_AT = "mentorwell.changed_at"
FOUND = 302


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


class PatientReminder:
    """Middleware that reminds a member who has just kept something of the kind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; where words were kept, look through them."""
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == FOUND and _by_member(request):
            kinds = kinds_written(request)
            if kinds:
                messages.warning(request, _sentence(request, kinds))
        return response


def can_be_changed_at(request: HttpRequest, address: str) -> None:
    """Say where the words just kept can be changed, if not at the address they were sent to."""
    request.META[CHANGED_AT] = address


def kinds_written(request: HttpRequest) -> list[Kind]:
    """Return what the words of a form look like, each kind once."""
    sent = (value for name in request.POST for value in request.POST.getlist(name))
    return list(dict.fromkeys(kind for value in sent for kind in kinds_in(str(value))))


def _by_member(request: HttpRequest) -> bool:
    match = request.resolver_match
    area = match.namespace if match else ""
    return request.user.is_authenticated and area not in settings.NO_PATIENT_REMINDER_IN


def _sentence(request: HttpRequest, kinds: list[Kind]) -> str:
    said = _(
        "What you wrote may hold %(kinds)s. Could a patient be known by it? It is kept as it is."
    )
    return format_html(
        '{} <a href="{}">{}</a>',
        said % {"kinds": listed(kinds)},
        request.META.get(CHANGED_AT, request.path),
        _("Change it"),
    )
