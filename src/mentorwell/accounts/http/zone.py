"""Show times where the person lives."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mentorwell.accounts.models import User


class OwnTimeMiddleware:
    """Read and show every time of day in the signed-in person's own zone.

    Without it a form would take "16:30" for UTC, and a page would show it so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the person's zone, a stranger's in the installation's."""
        user = request.user
        zone = ZoneInfo(user.time_zone) if isinstance(user, User) else None
        with timezone.override(zone):
            return self.get_response(request)
