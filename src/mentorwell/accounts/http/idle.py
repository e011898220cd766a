"""Sign out whoever left a shared computer."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from mentorwell.accounts.http import LAST_SEEN, SHARED_COMPUTER
from mentorwell.foundation import clock


NOTE_EVERY_SECONDS = 20  # a session is saved no more often than this for being looked at


class SharedComputerMiddleware:
    """End the session of a shared computer after ten idle minutes, and leave nothing behind.

    The server decides, not a script. Pages of such a session are not kept by the browser, and
    its cookie ends with the browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, as a stranger's if the person had gone."""
        shared = request.session.get(SHARED_COMPUTER) and request.user.is_authenticated
        if shared:
            _look(request)
        response = self.get_response(request)
        if shared:
            patch_cache_control(response, private=True, no_store=True)
        return response


def _look(request: HttpRequest) -> None:
    session, now = request.session, clock.now().timestamp()
    idle = now - session.setdefault(LAST_SEEN, now)
    if idle >= settings.SHARED_COMPUTER_IDLE_SECONDS:
        logout(request)
        messages.info(request, _("You were away for ten minutes, so we signed you out."))
    elif idle >= NOTE_EVERY_SECONDS:
        session[LAST_SEEN] = now
    if not session.get_expire_at_browser_close():
        session.set_expiry(0)
