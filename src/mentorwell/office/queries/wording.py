"""What can be wrong with a roster, in sentences for whoever has to put it right."""

from collections.abc import Mapping

from mentorwell.core.reading.columns import MappingProblem, MappingReason
from mentorwell.core.reading.roster import Problem, Reason
from mentorwell.core.reading.table import FileReason, UnreadableFile


_FILES: Mapping[FileReason, str] = {
    FileReason.EMPTY: "There is nothing in this file.",
    FileReason.TOO_LARGE: "This file is too large: at most {most:,} bytes. Cut it in two.",
    FileReason.UNPACKS_TOO_LARGE: "This workbook unpacks to more than we can read. Save only the "
    "sheet with the people.",
    FileReason.TOO_MANY_ROWS: "This file has more than {most:,} people. Cut it in two.",
    FileReason.TOO_MANY_COLUMNS: "This file has more than {most} columns. Leave out those that "
    "are not about the programme.",
    FileReason.NOT_TEXT: "This is neither a CSV file nor an XLSX workbook.",
    FileReason.PDF: "This is a PDF: a picture of a table, not a table. Save the table itself as "
    "XLSX or CSV and try again.",
    FileReason.STRICT_WORKBOOK: "This workbook is saved as “Strict Open XML”. Save it as the plain "
    "“Excel Workbook (.xlsx)” and try again.",
    FileReason.OLD_WORKBOOK: "This is an old .xls workbook. Save it as XLSX and try again.",
    FileReason.LOCKED_WORKBOOK: "This workbook has a password. Save it without one and try again.",
    FileReason.NOT_A_WORKBOOK: "This is a packed file but no XLSX workbook. Save it as XLSX or "
    "CSV and try again.",
    FileReason.DAMAGED_WORKBOOK: "This workbook is damaged. Open it, save it as XLSX again, and "
    "try again.",
    FileReason.NO_HEADER: "Row {row} should name the columns, but holds {value}. Put the names "
    "of the columns in the first row.",
    FileReason.NO_ROWS: "This file names its columns, but there is nobody in it.",
    FileReason.SAME_NAME: "Columns {first} and {second} are both called {name}. Rename one.",
    FileReason.RAGGED: "Row {row} has {cells} cells; columns named in the first row: {header}. Is "
    "there a comma too many or too few, or a title above the names of the columns?",
    FileReason.BROKEN_QUOTES: "In row {row} a quotation mark opens and never closes rightly.",
}
_MAPPINGS: Mapping[MappingReason, str] = {
    MappingReason.NO_EMAIL: "Choose the column with the e-mail address.",
    MappingReason.NO_NAME: "Choose the column with the name, or those with first and last name.",
    MappingReason.SAME_FIELD: "“{first}” and “{second}” cannot both be the {field}.",
    MappingReason.NO_COLUMN: "This file has no column called “{column}”.",
    MappingReason.IDENTITY: "“{column}” tells who somebody is. It stays out unless you tick that "
    "you bring it in knowingly.",
}
_CELLS: Mapping[Reason, str] = {
    Reason.MISSING: "This is empty, and every row needs it.",
    Reason.BAD_EMAIL: "This is not an e-mail address.",
    Reason.TOO_LONG: "This is too long: at most {most:,} characters.",
    Reason.NO_PART: "This does not say whether the person is a mentor or a mentee.",
    Reason.UNKNOWN_PART: "Write mentor, mentee or both.",
    Reason.UNKNOWN_ANSWER: "Write yes or no.",
    Reason.NO_SITE: "A unit belongs to a site, and this row names no site.",
    Reason.UNKNOWN_VALUE: "We do not know this name.",
    Reason.OWN_CHOICE: "Only the person may choose this: it tells something private.",
    Reason.BAD_DATE: "This is not a date that we can read. Write it like 2026-07-01.",
    Reason.UNCLEAR_DATE: "This may be {first} or {second}. Say which comes first, day or month.",
    Reason.FAR_DATE: "This is {date}: too far from today for a start date.",
    Reason.BAD_COUNT: "Write a whole number from 0 to {most}.",
    Reason.SPREADSHEET_ERROR: "The spreadsheet shows an error here, not a value.",
    Reason.SAME_TWICE: "Row {row} has this address already, for the same part.",
    Reason.OTHER_NAME: "Row {row} gives this address another name: {name}.",
}
_NEAR = "We do not know this name. Did you mean {near}?"
FIELD_NAMES: Mapping[str, str] = {
    "name": "Whole name",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "part": "Part",
    "both": "Takes both parts",
    "headline": "Job title",
    "stage": "Career stage",
    "site": "Site",
    "unit": "Unit",
    "topics": "Topics",
    "story": "Story",
    "start_date": "Start date",
    "cohort": "Cohort",
    "places": "Places",
    "languages": "Languages",
}


def file_sentence(error: UnreadableFile) -> str:
    """Return why a file cannot be read."""
    return _FILES[error.reason].format(**error.params)


def mapping_sentence(problem: MappingProblem) -> str:
    """Return what is wrong with a mapping."""
    params = dict(problem.params)
    if "field" in params:
        params["field"] = FIELD_NAMES[params["field"]].lower()
    return _MAPPINGS[problem.reason].format(**params)


def cell_sentence(problem: Problem) -> str:
    """Return why a cell cannot be taken."""
    if problem.params.get("near"):
        return _NEAR.format(**problem.params)
    return _CELLS[problem.reason].format(**problem.params)
