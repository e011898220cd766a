"""Wait for a place of one mentor."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.foundation.errors import Refusal
from mentorwell.matching import queries, services
from mentorwell.people.rules import NO_PAIRING
from mentorwell.web.matching import access


@login_required
@require_POST
def wish_make(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Ask to be told when a mentor has room."""
    mentor = access.mentor_or_404(request, uid)
    mentee = access.search_beside(request, mentor)
    if mentee is None:
        raise Http404
    try:
        services.wish_for_place(mentee=mentee, mentor=mentor, by=request.user, now=clock.now())
    except Refusal as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"We will tell you when {mentor.person.name} has room.")
    return redirect("matching:mentor-show", uid=uid)


@login_required
@require_safe
def wish_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Lead from a mail to the mentor whom it is about, or to the others with a word."""
    wish = get_object_or_404(queries.wishes_visible_to(request.user), uid=uid)
    if access.can_see(request, wish.mentor):
        return redirect("matching:mentor-show", uid=wish.mentor.uid)
    messages.info(request, f"{NO_PAIRING} There may be others for you here.")
    return redirect(access.search_address(wish.mentee))


@login_required
@require_POST
def wish_end(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Stop waiting for a mentor."""
    wish = get_object_or_404(queries.wishes_visible_to(request.user), uid=uid)
    services.drop_wish(wish=wish, by=request.user, now=clock.now())
    messages.success(request, f"You no longer wait for {wish.mentor.person.name}.")
    return redirect(access.search_address(wish.mentee))
