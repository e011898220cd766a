"""How a request reaches a mentorship: through what its person may see."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.mentorships import queries
from mentorwell.mentorships.models import Mentorship
from mentorwell.web.mentorships.pairs import Pair, pair_of


PAGE = ["GET", "HEAD", "POST"]


def pair_or_404(request: SignedInRequest, uid: UUID) -> Pair:
    """Return the mentorship as the person sees it; of another's they learn nothing."""
    visible = queries.mentorships_visible_to(request.user)
    return pair_of(get_object_or_404(visible, uid=uid), request.user)


def page(
    request: SignedInRequest, name: str, pair: Pair, *, form: BaseForm | None = None, **context: Any
) -> HttpResponse:
    """Render a page of a mentorship; a form that came back with errors answers 400."""
    return render(
        request,
        f"web/mentorships/{name}.html",
        {"pair": pair, "mentorship": pair.mentorship, "form": form, **context},
        status=400 if form is not None and form.is_bound else 200,
    )


def tried(form: BaseForm, service: Any, **arguments: Any) -> bool:
    """Call a service; what it finds impossible becomes an error of the form."""
    try:
        service(**arguments)
    except NotPossibleNow as reason:
        form.add_error(None, str(reason))
        return False
    return True


def to_room(request: SignedInRequest, mentorship: Mentorship, sentence: str) -> HttpResponse:
    """Say what was done and go back to the room."""
    messages.success(request, sentence)
    return redirect("mentorships:room", uid=mentorship.uid)
