"""The guide of a conversation: the steps with their minutes, and a few questions to each."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mentorwell.accounts.http import SignedInRequest
from mentorwell.core.lifecycles import MeetingState, MentorshipState
from mentorwell.learning.content import LENGTHS, guide
from mentorwell.learning.rules import questions_for
from mentorwell.meetings import queries
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.queries import agreement_in_force
from mentorwell.web.meetings.agenda import about_meeting
from mentorwell.web.meetings.views.access import meeting_or_404, page, pair_in


@login_required
@require_safe
def guide_show(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Everything one needs for a talk on one page, which asks for nothing more once it is open."""
    meeting = meeting_or_404(request, uid)
    pair = pair_in(meeting, request.user)
    length = _length(request.GET.get("minutes", ""), meeting.minutes)
    agreement = agreement_in_force(meeting.mentorship)
    talk = _number(meeting)
    ending = pair.state == MentorshipState.CLOSING
    at = LENGTHS.index(length)
    starts = [step.minutes[at] for step in guide()]
    steps = [
        {
            "step": step,
            "from": start,
            "to": end,
            "threes": questions_for(
                step.slug,
                talk=talk,
                topic=agreement.relationship if agreement else "",
                seed=str(meeting.mentorship.uid),
                ending=ending,
            ),
        }
        for step, start, end in zip(guide(), starts, [*starts[1:], length], strict=True)
    ]
    return page(
        request,
        "guide_show",
        pair,
        meeting=meeting,
        steps=steps,
        length=length,
        lengths=LENGTHS,
        **about_meeting(meeting, request.user),
    )


def _length(asked: str, planned: int) -> int:
    """Return the length that was asked for, or the one nearest to what is planned."""
    if asked.isdecimal() and int(asked) in LENGTHS:
        return int(asked)
    return min(LENGTHS, key=lambda length: abs(length - planned))


def _number(meeting: Meeting) -> int:
    """Return how many meetings of the members have their place before this one.

    Each has a place of its own, also two that both lie ahead or one that nobody has logged yet:
    by its date, and those without one by when they were proposed, after all that have one.
    """
    others = queries.meetings_of(meeting.mentorship).exclude(state=MeetingState.CANCELLED)
    dated = others.filter(starts_at__isnull=False)
    if meeting.starts_at is not None:
        return dated.filter(starts_at__lt=meeting.starts_at).count()
    return (
        dated.count() + others.filter(starts_at=None, proposed_at__lt=meeting.proposed_at).count()
    )
