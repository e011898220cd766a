"""What the worker does for rosters."""

from django_tasks import task

from mentorwell.foundation import clock
from mentorwell.office import services


@task()
def stage_roster(run_id: int) -> None:
    """Read and check the rows of a roster."""
    services.stage_roster(run_id=run_id, now=clock.now())


@task()
def apply_roster(run_id: int) -> None:
    """Bring the people of a roster in."""
    services.apply_roster(run_id=run_id, now=clock.now())
