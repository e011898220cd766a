"""How a request reaches a person's own things, and how a refusal reaches the form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.people import queries, services
from mentorwell.people.models import Participation, Profile


PAGE = ["GET", "HEAD", "POST"]


def own_or_404(request: SignedInRequest, uid: UUID) -> Participation:
    """Return one of the person's own participations; anybody else's is not there."""
    return get_object_or_404(queries.participations_of(request.user), uid=uid)


def profile_or_404(request: SignedInRequest) -> Profile:
    """Return the person's profile; who was never brought in has no page of pieces."""
    return get_object_or_404(Profile.objects.select_related("organisation"), person=request.user)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def tried(form: BaseForm, service: Callable[..., object], **asked: Any) -> bool:
    """Call a service; where it refuses, put its sentence on the form and say no."""
    try:
        service(**asked)
    except Refusal as reason:
        form.add_error(None, str(reason))
        return False
    return True


def kept_draft(request: SignedInRequest, key: str) -> HttpResponse | None:
    """Keep the form as a draft where that is what was asked, and answer; else None.

    With htmx this happens while one types; without, by a button.
    """
    if request.method != "POST" or "keep_draft" not in request.POST:
        return None
    left_out = {"csrfmiddlewaretoken", "keep_draft"}
    fields = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in left_out
    }
    services.keep_draft(key=key, fields=fields, by=request.user, now=clock.now())
    if request.htmx:
        return render(request, "web/me/draft_kept.html")
    return redirect(request.path)


def first_words(fields: dict[str, list[str]]) -> dict[str, str]:
    """Return a draft's fields as a form's initial values, one word each."""
    return {name: values[0] for name, values in fields.items() if values}
