"""The tabs of a programme's office."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


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
    "Bring people in": "office:import-list",
    "Evaluation links": "office:link-list",
    "Rules": "office:policy-edit",
    "House": "office:organisation-edit",
    "Team": "office:team-list",
}


def office_tabs(request: HttpRequest) -> dict[str, list[Tab]]:
    """Return the tabs for a page under /office/<slug>/, and nothing elsewhere."""
    match = request.resolver_match
    if match is None or match.namespace != "office" or "slug" not in match.kwargs:
        return {}
    slug = match.kwargs["slug"]
    addresses = {label: _address(view, slug) for label, view in TABS.items()}
    home = addresses["Overview"]
    return {
        "office_tabs": [
            Tab(
                label,
                address,
                is_current=request.path == address
                or (address != home and request.path.startswith(address)),
            )
            for label, address in addresses.items()
            if address
        ]
    }


def _address(view: str, slug: str) -> str:
    """Return the address of a page, or nothing where the page does not exist yet."""
    try:
        return reverse(view, kwargs={"slug": slug})
    except NoReverseMatch:
        return ""
