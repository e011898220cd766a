"""What a service refuses becomes a calm page with its sentence, wherever no view caught it.

Only a `Refusal` does: its sentence was written for the person who asked. Any other error is
a fault of ours and stays a 500, without words.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mentorwell.foundation.errors import NotAllowed, Refusal


FORBIDDEN, CONFLICT = 403, 409


class RefusalPages:
    """Middleware that answers an uncaught refusal: 403 not allowed, 409 not possible now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for a refusal, or None for every other error."""
        if not isinstance(error, Refusal):
            return None
        status = FORBIDDEN if isinstance(error, NotAllowed) else CONFLICT
        context = {"sentence": str(error), "not_allowed": status == FORBIDDEN}
        if not getattr(request, "htmx", False):
            return render(request, "web/site/refusal_show.html", context, status=status)
        response = render(request, "web/site/refusal_show.html#notice", context, status=status)
        # The fragment that was asked for keeps what it shows; the sentence appears above it.
        response["HX-Retarget"] = "#refusal"
        response["HX-Reswap"] = "innerHTML show:window:top"
        return response
