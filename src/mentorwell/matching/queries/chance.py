"""How often a yes comes soon in one programme: a figure from its own answers, or none."""

from datetime import datetime, timedelta

from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching.models import Invitation
from mentorwell.programmes.models import Programme


SOON = timedelta(days=7)
LOOK_BACK = timedelta(days=365)
TENTHS = 10
"""The figure is told in tenths, so it needs ten invitations, or the programme's threshold if higher."""


def chance_of_yes_soon(programme: Programme, *, now: datetime) -> int | None:
    """Return of how many in ten invitations a mentor said yes within a week; None of too few.

    Of those sent in the last year whose week is over, so that quick answers do not count more;
    without those that were taken back or let go within their week, of which nobody knows. One query.
    """
    sent = Invitation.objects.filter(
        mentor__programme=programme, sent_at__gt=now - LOOK_BACK, sent_at__lte=now - SOON
    )
    yes = considered = 0
    for state, sent_at, ended_at in sent.values_list("state", "sent_at", "ended_at"):
        if sent_at is None:
            continue
        within = ended_at is not None and ended_at - sent_at <= SOON
        if within and state in (InvitationState.WITHDRAWN, InvitationState.RELEASED):
            continue
        considered += 1
        yes += within and state == InvitationState.ACCEPTED
    if considered < max(TENTHS, programme.policy.activity_threshold):
        return None
    return round(TENTHS * yes / considered)
