"""The tabs of a programme's office."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Tab:
    """One page of the office."""

    label: str
    address: str
    is_current: bool


TABS = {
    "Overview": "office:overview-show",
    "People": "office:people-list",
    "Mentorships": "office:mentorship-list",
    "Evaluation links": "office:link-list",
    "Bring people in": "office:import-list",
    "Rules": "office:policy-edit",
}


def office_tabs(request: HttpRequest) -> dict[str, list[Tab]]:
    """Return the tabs for a page under /office/<slug>/, and nothing elsewhere."""
    match = request.resolver_match
    if match is None or match.namespace != "office" or "slug" not in match.kwargs:
        return {}
    slug = match.kwargs["slug"]
    addresses = {label: reverse(view, kwargs={"slug": slug}) for label, view in TABS.items()}
    return {
        "office_tabs": [
            Tab(label, address, is_current=request.path == address)
            for label, address in addresses.items()
        ]
    }
