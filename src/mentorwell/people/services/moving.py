"""What several services share: one move of a participation, and when a search grows stale."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F

from mentorwell.core.lifecycles import PARTICIPATION_MOVES, ParticipationState, sources
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.people.enums import Piece
from mentorwell.people.models import Participation, Profile
from mentorwell.programmes.models import Programme


def move(
    *,
    participation: Participation,
    to: ParticipationState,
    but: Collection[ParticipationState] = (),
    **changes: Any,
) -> None:
    """Move a participation to a state that may follow its own, and change fields with it.

    Compare-and-set: of two moves at once one takes place. Raises NotPossibleNow where the
    table of lifecycles has no such move from where the participation stands now, or where it
    stands in one of the states in `but`.
    """
    allowed = set(sources(PARTICIPATION_MOVES, to)) - set(but)
    moved = Participation.objects.filter(pk=participation.pk, state__in=allowed).update(
        state=to, **changes
    )
    if not moved:
        raise NotPossibleNow("This has changed meanwhile. Please look again.")
    participation.state = to
    for name, value in changes.items():
        setattr(participation, name, value)


def note_told(*, row: Participation | Profile, piece: Piece) -> None:
    """Note that the person answered this piece themselves: no file fills it from now on."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    for told in rows.values_list("told", flat=True):
        rows.update(told=sorted({*told, piece.value}))


def pool_changed(*, people: Iterable[int]) -> None:
    """Say that what a search may find of these people has changed, in all their programmes."""
    Programme.objects.filter(participations__person_id__in=list(people)).update(
        pool_version=F("pool_version") + 1
    )
