"""The list of mentorships, and the room of one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.foundation import clock
from mentorwell.meetings.queries import next_meetings_of
from mentorwell.mentorships import queries, services
from mentorwell.web.mentorships.forms.endings import REASONS
from mentorwell.web.mentorships.pairs import pair_of
from mentorwell.web.mentorships.room import room_of
from mentorwell.web.mentorships.talk import talk_of
from mentorwell.web.mentorships.views.access import page, pair_or_404, to_room


@login_required
@require_safe
def mentorship_list(request: SignedInRequest) -> HttpResponse:
    """The person's mentorships: those that go on, and those that have ended."""
    ahead = list(next_meetings_of(request.user, now=clock.now()))
    nearest = {meeting.mentorship_id: meeting for meeting in reversed(ahead)}
    pairs = [pair_of(each, request.user) for each in queries.mentorships_visible_to(request.user)]
    return render(
        request,
        "web/mentorships/mentorship_list.html",
        {
            "current": [
                (pair, nearest.get(pair.mentorship.pk)) for pair in pairs if not pair.ended
            ],
            "ended": [pair for pair in pairs if pair.ended],
        },
    )


@login_required
@require_safe
def room(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The room of a pair, or, once it has ended, its record."""
    pair = pair_or_404(request, uid)
    now = clock.now()
    found, talk = room_of(pair, request.user, now=now), talk_of(pair, request.user, now=now)
    if not pair.ended:
        return page(request, "room", pair, room=found, talk=talk)
    reason = dict(REASONS).get(pair.ending.reason, "") if pair.ending else ""
    return page(request, "record", pair, room=found, talk=talk, reason=reason)


@login_required
@require_POST
def silence_answer(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Say that all is well after a quiet time."""
    pair = pair_or_404(request, uid)
    services.say_all_is_well(mentorship=pair.mentorship, by=request.user, now=clock.now())
    return to_room(
        request, pair.mentorship, "Good to know. We ask again only after another long quiet."
    )
