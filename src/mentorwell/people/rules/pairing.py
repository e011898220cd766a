"""May these two be paired? The one place that answers, on every path."""

from datetime import date

from mentorwell.core.lifecycles import ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.people import queries
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.people.queries import PairingBars


# One sentence for every private reason: a pause, a leave, an evaluation link, a wish of either
# side. Whoever reads it must not be able to tell which of them it was.
NO_PAIRING = "This pairing is not possible at the moment."

TAKING_PART = frozenset({ParticipationState.READY, ParticipationState.ACTIVE})


def check_can_pair(mentee: Participation, mentor: Participation, *, on_date: date) -> None:
    """Refuse a pair that may not be; whatever brings two together asks here.

    Raises NotAllowed where the two could never be a pair, and NotPossibleNow with the shared
    sentence where either has paused or left, a *never* link stands between them that nobody
    lifted, whichever of the two evaluates, or either wishes not to be paired with the other.
    """
    check_bars(mentee, mentor, bars=queries.pairing_bars(mentee, on_date=on_date))


def can_pair(mentee: Participation, mentor: Participation, *, on_date: date) -> bool:
    """Whether `check_can_pair` passes."""
    try:
        check_can_pair(mentee, mentor, on_date=on_date)
    except Refusal:
        return False
    return True


def check_bars(mentee: Participation, mentor: Participation, *, bars: PairingBars) -> None:
    """As `check_can_pair`, where the bars of the mentee are at hand already."""
    if (mentee.part, mentor.part == Part.MENTEE) != (Part.MENTEE, False):
        raise NotAllowed("A pair is a mentee and somebody who gives.")
    if mentee.programme_id != mentor.programme_id:
        raise NotAllowed("These two are not in the same programme.")
    if mentee.person_id == mentor.person_id:
        raise NotAllowed("Nobody can be their own mentor.")
    if (
        mentee.state not in TAKING_PART
        or mentor.state not in TAKING_PART
        or bars.block(person_id=mentor.person_id, participation_id=mentor.pk)
    ):
        raise NotPossibleNow(NO_PAIRING)
