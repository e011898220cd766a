"""Right help: open to all, the same for all, and never logged."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mentorwell.programmes.content import HelpRoute, help_routes
from mentorwell.programmes.enums import SupportKind
from mentorwell.programmes.models import Organisation, SupportResource
from mentorwell.programmes.queries import support_resources_for_everyone


@dataclass(frozen=True)
class House:
    """One organisation's places to turn to: what cannot wait, and the rest."""

    organisation: Organisation
    at_once: list[SupportResource]
    others: list[SupportResource]


AT_ONCE = {SupportKind.EMERGENCY, SupportKind.CRISIS}


@require_safe
# The next person at a shared computer must not find this page in the history's cache.
@cache_control(no_store=True)
def help_show(request: HttpRequest) -> HttpResponse:
    """Show every kind of help in a sentence, and where to turn.

    The page is made without the request: no session, no cookie, no user and no counter is
    touched, so that nothing anywhere says who needed it.
    """
    houses: dict[int, House] = {}
    for resource in support_resources_for_everyone():
        house = houses.setdefault(resource.organisation_id, House(resource.organisation, [], []))
        urgent = SupportKind(resource.kind) in AT_ONCE
        (house.at_once if urgent else house.others).append(resource)
    return HttpResponse(
        render_to_string(
            "web/help/help_show.html", {"houses": list(houses.values()), "routes": _routes()}
        )
    )


def _routes() -> list[HelpRoute]:
    """Return the kinds of help but the first: danger stands above them, as numbers to call."""
    return [route for route in help_routes() if route.slug != "danger"]
