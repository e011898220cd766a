"""Whether a mentor answers soon, said only where their answers show it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching.models import Invitation


SOON = timedelta(days=3)
LOOK_BACK = timedelta(days=365)
LEAST = 3
"""Fewer invitations than this show no habit."""

_ENDED = [InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.EXPIRED]


def prompt_mentors(mentors: Collection[int], *, now: datetime) -> frozenset[int]:
    """Return those who answered at least four of five invitations within three days.

    Of the last year, and only with three invitations or more that ended by an answer or by
    silence; silence counts against. One query.
    """
    rows = Invitation.objects.filter(
        mentor__in=mentors, state__in=_ENDED, ended_at__gt=now - LOOK_BACK
    ).values_list("mentor_id", "state", "sent_at", "ended_at")
    answers: dict[int, list[bool]] = defaultdict(list)
    for mentor, state, sent_at, ended_at in rows:
        soon = sent_at is not None and ended_at is not None and ended_at - sent_at <= SOON
        answers[mentor].append(soon and state != InvitationState.EXPIRED)
    return frozenset(
        mentor
        for mentor, soon in answers.items()
        if len(soon) >= LEAST and 5 * sum(soon) >= 4 * len(soon)
    )
