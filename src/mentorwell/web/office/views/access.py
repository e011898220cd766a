"""What the office's views share: through what a person may see, and what a form is answered."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from mentorwell.accounts.http import SignedInRequest
from mentorwell.accounts.models import User
from mentorwell.foundation import clock
from mentorwell.foundation.errors import NotAllowed, Refusal
from mentorwell.programmes import queries, rules
from mentorwell.programmes.models import Organisation, Programme
from mentorwell.programmes.roles import Permission


PAGE = ["GET", "HEAD", "POST"]


def programme_or_404(request: SignedInRequest, slug: str, permission: Permission) -> Programme:
    """Return the programme if the person's role there allows `permission`; else it is not there."""
    return get_object_or_404(queries.programmes_run_by(request.user, permission), slug=slug)


def organisation_or_404(request: SignedInRequest, slug: str) -> tuple[Programme, Organisation]:
    """Return a programme and its organisation if the person may keep the organisation."""
    programme = programme_or_404(request, slug, Permission.SET_POLICY)
    return programme, programme.organisation


def today(programme: Programme) -> date:
    """Return the day it is where the programme's organisation is."""
    return queries.today(programme, clock.now())


def why_not_open(user: User, programme: Programme) -> str:
    """Return what is missing before a programme can open or, to who may not, whom to ask."""
    try:
        rules.check_can_open(user, programme)
    except NotAllowed:
        return "A director of the programme opens it."
    except Refusal as reason:
        return str(reason)
    return ""


def tried(form: BaseForm, service: Callable[..., object], **arguments: Any) -> bool:
    """Call a service and say whether it did; what it refuses becomes an error of the form."""
    try:
        service(**arguments)
    except Refusal as reason:
        form.add_error(None, str(reason))
    else:
        return True
    return False


def first_error(form: BaseForm) -> str:
    """Return the first sentence that a form says is wrong."""
    return next(str(sentence) for sentences in form.errors.values() for sentence in sentences)


def page(
    request: SignedInRequest, name: str, form: BaseForm, programme: Programme, **context: Any
) -> HttpResponse:
    """Show a page with its form: 400 where the form came back with errors."""
    return render(
        request,
        f"web/office/{name}.html",
        {"form": form, "programme": programme, **context},
        status=400 if form.is_bound else 200,
    )
