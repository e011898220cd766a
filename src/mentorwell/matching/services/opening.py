"""A search that has opened stays open."""

from datetime import datetime
from functools import partial

from django.db import transaction

from mentorwell.core.lifecycles import ProgrammeState
from mentorwell.foundation.clockwork import in_turn
from mentorwell.matching import queries
from mentorwell.programmes import services as programmes
from mentorwell.programmes.models import Programme
from mentorwell.programmes.queries import today


def note_searches_opened(*, now: datetime) -> int:
    """Note each search that enough ready mentors have opened; return how many were new.

    A duty of the clockwork, each search in a transaction of its own.
    """
    shut = Programme.objects.filter(state=ProgrammeState.OPEN, search_opened_at=None)
    return in_turn(
        partial(_note, one, now) for one in shut.select_related("policy", "organisation")
    )


@transaction.atomic
def note_search_opened(*, programme: Programme, now: datetime) -> None:
    """Note that a search has opened before one of the mentors who opened it leaves."""
    if programme.search_opened_at is None:
        _note(programme, now)


def _note(programme: Programme, now: datetime) -> bool:
    opening = queries.search_opening(programme, on_date=today(programme, now))
    if not (opening.running and opening.by_mentors):
        return False
    programmes.note_search_opened(programme=programme, now=now)
    return True
