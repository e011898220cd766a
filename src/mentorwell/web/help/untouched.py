"""The help page is answered before anything asks who is there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from mentorwell.web.help.views import help_show


class HelpFirst:
    """Middleware that answers `/help` before session, cookies and user are looked at.

    What comes after would note that somebody was there: the idle clock of a shared computer,
    say, is kept in the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the help page; pass everything else on."""
        if request.path_info == reverse("help:help-show"):
            return help_show(request)
        return self.get_response(request)
