"""Workbooks for tests, made afresh."""

import io
import zipfile

from openpyxl import Workbook


def workbook(rows, title="People"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return packed(book)


def packed(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data, name, change):
    """Return the package with one part's bytes changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return out.getvalue()
