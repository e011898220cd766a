"""What the office keeps: who evaluates whom, exceptions, and rosters at every stage."""

import csv
import io
from datetime import datetime

from mentorwell.core.reading.columns import Field
from mentorwell.office import services
from mentorwell.office.models import ImportRun
from mentorwell.people import services as people
from mentorwell.people.enums import LinkKind, Relation
from mentorwell.programmes.models import Programme
from tests.world.world import World


def keep_books(world: World, *, now: datetime) -> None:
    """Enter links and ask for an exception; bring rosters to each of their stages."""
    coordinator = world.person("coordinator")
    for name, kind, evaluator, evaluated in (
        ("never_link", LinkKind.NEVER, "other_mentor", "filler"),
        ("disclosed_link", LinkKind.DISCLOSE, "mentor", "mentee"),
    ):
        link = people.add_evaluation_link(
            programme=world.programme,
            kind=kind,
            relation=Relation.PRECEPTOR,
            evaluator=world.person(evaluator),
            evaluated=world.person(evaluated),
            start_date=now.date(),
            end_date=None,
            by=coordinator,
            now=now,
        )
        world.keep(**{name: link})
    override = people.ask_override(
        link=world.never_link,
        mentee=world.fresh("filler_part"),
        mentor=world.fresh("other_mentor_part"),
        by=coordinator,
        now=now,
    )
    question = world.person("mentee").participations.get().memberships.get().questions.get()
    world.keep(override=override, question=question)
    _bring_rosters(world, now)


def _bring_rosters(world: World, now: datetime) -> None:
    people = (("uploaded", "ada"), ("checked", "ben"), ("done", "cleo"), ("bad", "dan"))
    for name, address in people:
        row = {
            "name": address.title(),
            "email": f"{address}@example.org",
            "part": "mentee",
            "stage": "Boss" if name == "bad" else "",
            "story": world.words.sentence(f"roster.{name}.story"),
        }
        world.keep(**{f"run_{name}": _uploaded(world, world.programme, row, now)})
    for name in ("checked", "done", "bad"):
        _check(world, name, now)
    services.bring_in_roster(
        run=world.fresh("run_done"), by=world.person("coordinator"), now=now, in_background=False
    )
    services.apply_roster(run_id=world.run_done.pk, now=now)


def _uploaded(world: World, programme: Programme, row: dict[str, str], now: datetime) -> ImportRun:
    file = io.StringIO()
    writer = csv.DictWriter(file, row)
    writer.writeheader()
    writer.writerow(row)
    return services.upload_roster(
        programme=programme,
        file_name="people.csv",
        data=file.getvalue().encode(),
        by=world.person("coordinator"),
        now=now,
    )


def _check(world: World, name: str, now: datetime) -> None:
    run = world.fresh(f"run_{name}")
    columns = {column: Field(field) for column, field in run.columns.items()}
    services.check_roster(
        run=run,
        reading=services.Reading(columns=columns),
        by=world.person("coordinator"),
        now=now,
        in_background=False,
    )
    services.stage_roster(run_id=run.pk, now=now)
    world.keep(**{f"run_{name}": world.fresh(f"run_{name}")})
