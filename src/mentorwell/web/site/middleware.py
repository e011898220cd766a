"""Shared computers: a session that nobody used for a while ends at the server too."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mentorwell.foundation import clock
from mentorwell.web.site.context import idle_seconds


SEEN = "seen_at"
UNTOUCHED = "/help"  # who looks for help leaves no trace, not even in their own session
WRITE_EVERY = 60  # seconds; a session row is not rewritten for every click

Handler = Callable[[HttpRequest], HttpResponse]


def sign_out_when_idle(get_response: Handler) -> Handler:
    """Sign out a session of a shared computer that rested longer than the settings allow."""

    def middleware(request: HttpRequest) -> HttpResponse:
        allowed = None if request.path.startswith(UNTOUCHED) else idle_seconds(request)
        if allowed is None:
            return get_response(request)
        moment = clock.now().timestamp()
        seen = request.session.get(SEEN, moment)
        if moment - seen > allowed:
            logout(request)
            messages.info(
                request, _("You were signed out because nobody used this computer for a while.")
            )
            back = request.get_full_path() if request.method == "GET" else "/"
            return redirect_to_login(back)
        if SEEN not in request.session or moment - seen > WRITE_EVERY:
            request.session[SEEN] = moment
        return get_response(request)

    return middleware
