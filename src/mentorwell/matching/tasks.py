"""What matching does when something below it has happened: each calls one service.

Listeners run inside the transaction of what has happened, so that both hold or neither; jobs run
in the worker.
"""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django_tasks import task

from mentorwell.foundation import clock
from mentorwell.foundation.hooks import (
    DaysMoved,
    EvaluationLinked,
    ParticipationHalted,
    ParticipationLeaving,
    PlacesClosed,
    PlacesFreed,
)
from mentorwell.matching import services
from mentorwell.people.models import EvaluationLink, Participation


if TYPE_CHECKING:
    from mentorwell.accounts.models import User


@task()
def solve_run(run_id: int) -> None:
    """Solve one run of a round."""
    services.solve_run(run_id=run_id, now=clock.now())


@task()
def tend_round(round_id: int, since: str) -> None:
    """Name mentors in a round that was published, or from which an invitation ended, at `since`."""
    services.tend_round(round_id=round_id, since=datetime.fromisoformat(since), now=clock.now())


def on_participation_leaving(event: ParticipationLeaving) -> None:
    """Note that the search has opened while the mentor who leaves still counts."""
    programme = _participation(event.participation_id).programme
    services.note_search_opened(programme=programme, now=event.now)


def on_participation_halted(event: ParticipationHalted) -> None:
    """Let go of what waits around somebody who has paused or left."""
    services.release_invitations_of(
        participation=_participation(event.participation_id),
        by=cast("User", event.by),
        now=event.now,
    )


def on_days_moved(event: DaysMoved) -> None:
    """Let the clocks of invitations follow a mentor's leave and time zone."""
    services.move_clocks(person_id=event.person_id, now=event.now)


def on_places_freed(event: PlacesFreed) -> None:
    """Tell those who wait for this mentor."""
    services.tell_wishers(now=event.now, mentor=_participation(event.participation_id))


def on_places_closed(event: PlacesClosed) -> None:
    """Move open invitations off places that are no more, or let them go."""
    services.release_stranded(now=event.now, mentor=_participation(event.participation_id))


def on_evaluation_linked(event: EvaluationLinked) -> None:
    """Let go of open invitations between two who can no longer be paired."""
    link = EvaluationLink.objects.get(uid=event.link_uid)
    services.release_barred_by(link=link, by=cast("User | None", event.by), now=event.now)


def _participation(pk: int) -> Participation:
    return Participation.objects.select_related("programme__policy", "programme__organisation").get(
        pk=pk
    )
