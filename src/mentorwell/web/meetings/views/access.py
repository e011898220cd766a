"""How a request reaches a meeting: through what its person may see."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentorwell.accounts.http import SignedInRequest
from mentorwell.accounts.models import User
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.meetings import queries
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.queries import mentorships_visible_to
from mentorwell.web.mentorships.pairs import Pair, pair_of


PAGE = ["GET", "HEAD", "POST"]


def meeting_or_404(request: SignedInRequest, uid: UUID) -> Meeting:
    return get_object_or_404(queries.meetings_visible_to(request.user), uid=uid)


def pair_in(meeting: Meeting, user: User) -> Pair:
    return pair_of(mentorships_visible_to(user).get(pk=meeting.mentorship_id), user)


def tried(form: BaseForm, service: Any, **arguments: Any) -> bool:
    try:
        service(**arguments)
    except NotPossibleNow as reason:
        form.add_error(None, str(reason))
        return False
    return True


def to_room(request: SignedInRequest, mentorship: Mentorship, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("mentorships:room", uid=mentorship.uid)


def page(
    request: SignedInRequest, name: str, pair: Pair, *, form: BaseForm | None = None, **context: Any
) -> HttpResponse:
    return render(
        request,
        f"web/meetings/{name}.html",
        {"pair": pair, "mentorship": pair.mentorship, "form": form, **context},
        status=400 if form is not None and form.is_bound else 200,
    )
