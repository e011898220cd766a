"""How a request reaches a thread or a note, and the draft that was left of one."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from mentorwell.accounts.http import SignedInRequest
from mentorwell.mentorships.models import Membership
from mentorwell.mentorships.queries import mentorships_visible_to
from mentorwell.messages import queries
from mentorwell.people.queries import draft_of
from mentorwell.web.mentorships.pairs import Pair, pair_of


PAGE = ["GET", "HEAD", "POST"]


def pair_or_404(request: SignedInRequest, uid: UUID) -> Pair:
    """Return the mentorship as the person sees it; of another's they learn nothing."""
    return pair_of(get_object_or_404(mentorships_visible_to(request.user), uid=uid), request.user)


def left_over(request: SignedInRequest, member: Membership, key: str) -> str:
    """Return the words of a draft, if there are any and they were not sent meanwhile."""
    draft = draft_of(request.user, key)
    words, token = (draft.get(name, [""])[0] for name in ("text", "token"))
    return "" if words and token and queries.was_sent(member, token) else words


def page(
    request: SignedInRequest, name: str, *, form: BaseForm | None = None, **context: Any
) -> HttpResponse:
    """Render a page of messages and notes; a form that came back with errors answers 400."""
    return render(
        request,
        f"web/messages/{name}.html",
        {"form": form, **context},
        status=400 if form is not None and form.is_bound else 200,
    )
