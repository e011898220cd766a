"""Bringing people in from a file, and welcoming them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mentorwell.office.queries.welcomes import waiting_for_welcome
from tests.architecture.access.rows.given import OFFICE, both, says, slug
from tests.architecture.access.sweep import Row
from tests.office.rosters import ADA, written
from tests.world import World


def file(_world: World) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("people.csv", written(ADA))}


def columns(_world: World) -> dict[str, Any]:
    told = ("name", "email", "part", "stage", "story")
    return {
        "part": "",
        "dates": "ASK",
        **{f"column-{number}": field for number, field in enumerate(told)},
    }


ROWS = [
    Row("office:import-list", get=OFFICE, post=OFFICE, where=slug(), body=file),
    Row(
        "office:import-columns",
        get=OFFICE,
        post=OFFICE,
        where=both("run_uploaded"),
        body=columns,
    ),
    Row("office:import-show", get=OFFICE, where=both("run_checked"), called="checked"),
    Row("office:import-show", get=OFFICE, where=both("run_bad"), called="bad"),
    Row("office:import-show", get=OFFICE, where=both("run_done"), called="done"),
    Row(
        "office:import-meanings",
        post=OFFICE,
        where=both("run_bad"),
        body=says(**{"name-0": "dean"}),
    ),
    Row("office:problem-list", get=OFFICE, where=both("run_bad")),
    Row("office:import-apply", post=OFFICE, where=both("run_checked")),
    Row("office:import-discard", post=OFFICE, where=both("run_checked")),
    Row(
        "office:welcome-send",
        get=OFFICE,
        post=OFFICE,
        where=slug(),
        body=lambda world: {
            "part": "",
            "most": "10",
            "waiting": waiting_for_welcome(world.programme).count(),
        },
    ),
]
