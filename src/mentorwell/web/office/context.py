"""The tabs of a programme's office."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from mentorwell.accounts.models import User
from mentorwell.programmes.queries import open_roles
from mentorwell.programmes.roles import ROLES, Permission, Role


@dataclass(frozen=True)
class Tab:
    """One page of the office."""

    label: str
    address: str
    is_current: bool


TABS = (
    ("Overview", "office:overview-show", Permission.SEE_OFFICE),
    ("People", "office:people-list", Permission.SEE_OFFICE),
    ("Mentorships", "office:mentorship-list", Permission.SEE_OFFICE),
    ("Rounds", "office:round-list", Permission.RUN_ROUNDS),
    ("Bring people in", "office:import-list", Permission.BRING_PEOPLE_IN),
    ("Evaluation links", "office:link-list", Permission.LINK_EVALUATORS),
    ("Rules", "office:policy-edit", Permission.SET_POLICY),
    ("House", "office:organisation-edit", Permission.SET_POLICY),
    ("Team", "office:team-list", Permission.GIVE_ROLES),
)


def office_tabs(request: HttpRequest) -> dict[str, Any]:
    """Return the tabs for a page under /office/<slug>/, and nothing elsewhere."""
    match = request.resolver_match
    if match is None or match.namespace != "office" or "slug" not in match.kwargs:
        return {}
    # Lazy, because fragments show no tabs and should not ask the database.
    user, slug = cast("User", request.user), match.kwargs["slug"]
    return {"office_tabs": SimpleLazyObject(lambda: _tabs(user, request.path, slug))}


def _tabs(user: User, path: str, slug: str) -> list[Tab]:
    """Return the pages that the person's roles in this programme open."""
    roles = open_roles(user).filter(programme__slug=slug).values_list("role", flat=True)
    allowed = {one for role in roles for one in ROLES[Role(role)].permissions}
    home = reverse("office:overview-show", args=[slug])
    tabs = []
    for label, view, needed in TABS:
        address = reverse(view, args=[slug])
        within = path == home if address == home else path.startswith(address)
        if needed in allowed:
            tabs.append(Tab(label, address, is_current=within))
    return tabs
