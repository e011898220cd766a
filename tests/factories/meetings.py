"""Meetings as the services make them."""

from datetime import timedelta

from mentorwell.meetings.services import choose_time, propose_meeting
from tests.factories.moments import NOW


TUESDAY = NOW + timedelta(days=6)


def propose(pair, *, by=None, times=(TUESDAY,), now=NOW, **changes):
    """Propose a meeting of a pair, by its mentor unless told otherwise."""
    given = {"minutes": 45, "where": "Room B12", "time_zone": "Europe/Berlin", **changes}
    return propose_meeting(
        mentorship=pair.mentorship, times=list(times), by=by or pair.mentor, now=now, **given
    )


def schedule(pair, *, at=TUESDAY, now=NOW, **changes):
    """A meeting that the mentor has proposed and the mentee has chosen."""
    meeting = propose(pair, times=[at], now=now, **changes)
    choose_time(offer=meeting.offers.get(), by=pair.mentee, now=now)
    meeting.refresh_from_db()
    return meeting
