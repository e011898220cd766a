"""Everything that can be wrong with a roster has its sentence."""

import string

import pytest

from mentorwell.core.reading.columns import Field, MappingProblem, MappingReason
from mentorwell.core.reading.roster import Problem, Reason
from mentorwell.core.reading.table import FileReason, UnreadableFile
from mentorwell.office.queries import wording


PARAMS = {
    "bytes": 12_000_000,
    "most": 10_000,
    "row": 17,
    "value": "x",
    "name": "Ada",
    "first": "A",
    "second": "B",
    "cells": 9,
    "header": 11,
    "date": "1900-01-01",
    "near": "",
    "field": "email",
    "column": "Gender",
}


def is_sentence(text):
    assert text[0] in string.ascii_uppercase + "“"
    assert text[-1] in ".?"
    assert "{" not in text
    return True


@pytest.mark.parametrize("reason", FileReason)
def test_every_reason_against_a_file_is_a_sentence(reason):
    assert is_sentence(wording.file_sentence(UnreadableFile(reason, **PARAMS)))


@pytest.mark.parametrize("reason", MappingReason)
def test_every_reason_against_a_mapping_is_a_sentence(reason):
    assert is_sentence(wording.mapping_sentence(MappingProblem(reason, PARAMS)))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_against_a_cell_is_a_sentence(reason):
    assert is_sentence(wording.cell_sentence(Problem(2, "a", "b", reason, PARAMS)))


def test_the_nearest_known_name_is_suggested():
    problem = Problem(2, "Site", "Mian", Reason.UNKNOWN_VALUE, {"near": "Main"})
    assert wording.cell_sentence(problem) == "We do not know this name. Did you mean Main?"


def test_every_field_has_a_name_for_people():
    assert set(wording.FIELD_NAMES) == {field.value for field in Field}


def test_large_figures_read_easily():
    error = UnreadableFile(FileReason.TOO_MANY_ROWS, most=20_000)
    assert wording.file_sentence(error).startswith("This file has more than 20,000 people.")
