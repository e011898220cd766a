"""Who may bring people in from a file."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.architecture.access.sweep import Row
from tests.office.rosters import ADA, checked, uploaded, written


OFFICE = ("director", "coordinator")


def programme(world):
    return {"slug": world.programme.slug}


def new_roster(world):
    return {**programme(world), "uid": uploaded(world.programme, ADA).uid}


def good_roster(world):
    return {**programme(world), "uid": checked(world.programme, ADA).uid}


def bad_roster(world):
    return {**programme(world), "uid": checked(world.programme, {**ADA, "stage": "Boss"}).uid}


IMPORTS = [
    Row(
        "office:import-list",
        get=OFFICE,
        post=OFFICE,
        where=programme,
        body=lambda _world: {"file": SimpleUploadedFile("people.csv", written(ADA))},
    ),
    Row(
        "office:import-columns",
        get=OFFICE,
        post=OFFICE,
        where=new_roster,
        body=lambda _world: {
            "part": "",
            "dates": "ASK",
            "column-0": "name",
            "column-1": "email",
            "column-2": "part",
        },
    ),
    Row("office:import-show", get=OFFICE, where=good_roster),
    Row(
        "office:import-meanings",
        post=OFFICE,
        where=bad_roster,
        body=lambda _world: {"name-0": "dean"},
    ),
    Row("office:problem-list", get=OFFICE, where=bad_roster),
    Row("office:import-apply", post=OFFICE, where=good_roster),
    Row("office:import-discard", post=OFFICE, where=good_roster),
    Row(
        "office:welcome-send",
        get=OFFICE,
        post=OFFICE,
        where=programme,
        body=lambda _world: {"part": "", "most": "10"},
    ),
]
