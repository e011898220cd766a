"""A file, whatever it is, into a table."""

from mentorwell.core.reading.delimited import read_delimited
from mentorwell.core.reading.table import FileReason, Limits, Table, UnreadableFile
from mentorwell.core.reading.workbook import OLE, ZIP, read_workbook, refuse_old_workbook


PDF = b"%PDF-"


def read_table(data: bytes, limits: Limits = Limits()) -> Table:  # noqa: B008 -- frozen
    """Read a CSV or XLSX file; its content tells which, as names of files mislead.

    Raises UnreadableFile, and nothing else, with the reason and where in the file it shows.
    """
    if len(data) > limits.bytes:
        raise UnreadableFile(FileReason.TOO_LARGE, bytes=len(data), most=limits.bytes)
    if data.startswith(PDF):
        raise UnreadableFile(FileReason.PDF)
    if data.startswith(OLE):
        raise refuse_old_workbook(data)
    if data.startswith(ZIP):
        return read_workbook(data, limits)
    return read_delimited(data, limits)
