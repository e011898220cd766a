"""Pages tell the time as it is where their reader lives."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mentorwell.accounts.models import User


class LocalTimes:
    """Middleware that sets the time zone of the person who is signed in for one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the person's time zone; for nobody signed in, in that of the settings."""
        user = request.user
        zone = ZoneInfo(user.time_zone) if isinstance(user, User) else None
        with timezone.override(zone):
            return self.get_response(request)
