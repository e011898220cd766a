"""A reminder after words were kept that look as if a patient could be known by them.

It holds for every page on which members write, without their doing anything: what was sent is
looked through once the page has done its work, and nothing is ever held back. Neither the words
nor the place in them are noted anywhere; the sentence says what kind of thing it looks like.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mentorwell.core.identifiers import Kind, kinds_in
from mentorwell.foundation.patients import listed


# Where the house itself writes: names, rosters, codes.
NOT_MEMBERS = frozenset({"", "admin", "demo", "leaders", "office", "site"})
CHANGED_AT = "mentorwell.changed_at"
FOUND = 302


class PatientReminder:
    """Middleware that reminds whoever has just written something of the kind."""

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
    return request.user.is_authenticated and bool(match and match.namespace not in NOT_MEMBERS)


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
