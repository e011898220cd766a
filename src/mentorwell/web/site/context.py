"""What every page needs around its content: where one can go, colours, how long a session rests."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from mentorwell.accounts.http import SHARED_COMPUTER
from mentorwell.accounts.models import User
from mentorwell.people.queries import confidentiality_limits_for
from mentorwell.programmes.models import USUAL_LIMITS
from mentorwell.programmes.queries import open_roles
from mentorwell.programmes.roles import Role


@dataclass(frozen=True)
class Item:
    """One line of the navigation."""

    label: str
    short: str
    address: str
    icon: str
    is_current: bool
    beyond_five: bool = False


@dataclass(frozen=True)
class Place:
    """Where a line of the navigation leads, and which other addresses belong to it."""

    label: str
    url_name: str
    icon: str
    short: str = ""  # for the narrow bar of a phone
    also: tuple[str, ...] = ()

    def address(self) -> str:
        """Return where it leads."""
        return reverse(self.url_name)


PLACES = (
    Place("Today", "site:today-show", "home"),
    Place("Find a mentor", "matching:mentor-list", "search", short="Find"),
    Place("Mentorships", "mentorships:mentorship-list", "people", also=("/meetings",)),
    Place("Invitations", "matching:invitation-list", "mail"),
    Place("Me", "people:me-show", "person", also=("/accounts",)),
)
OFFICE = Place("Office", "office:programme-list", "office")
LEADERS = Place("Figures", "leaders:figures-show", "chart")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the templates the navigation, the chosen colours and the shared computer's patience."""
    return {
        # Lazy, because fragments and errors show no navigation and should not ask the database.
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "theme": theme_of(request),
        "idle_seconds": idle_seconds(request),
        # Lazy as above: one query, and only on a page where somebody writes.
        "confidentiality_limits": SimpleLazyObject(lambda: limits_for(request)),
    }


def limits_for(request: HttpRequest) -> str:
    """Return the organisation's line on where confidentiality ends; the usual one for strangers."""
    user = getattr(request, "user", None)
    return confidentiality_limits_for(user) if isinstance(user, User) else USUAL_LIMITS


def navigation(request: HttpRequest) -> list[Item]:
    """Return the lines for the person who asks; for nobody signed in, none."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return []
    items = [_item(place, request.path) for place in PLACES]
    roles = set(open_roles(user).values_list("role", flat=True))
    beyond = [OFFICE] if roles - {Role.LEADER} else []
    beyond += [LEADERS] if Role.LEADER in roles else []
    return items + [_item(place, request.path, beyond_five=True) for place in beyond]


def _item(place: Place, path: str, *, beyond_five: bool = False) -> Item:
    address = place.address()
    areas = [area.rstrip("/") for area in (address, *place.also) if area != "/"]
    within = any(path == area or path.startswith(f"{area}/") for area in areas)
    return Item(
        place.label,
        place.short or place.label,
        address,
        place.icon,
        is_current=within or path == address,
        beyond_five=beyond_five,
    )


def theme_of(request: HttpRequest) -> str:
    """Return the colours this browser chose: "light", "dark", or nothing to follow the device."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in {"light", "dark"} else ""


def idle_seconds(request: HttpRequest) -> int | None:
    """Return after how many idle seconds a shared computer signs out; None on one's own."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not request.session.get(SHARED_COMPUTER):
        return None
    seconds: int = settings.SHARED_COMPUTER_IDLE_SECONDS
    return seconds
