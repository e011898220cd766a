"""Where words may have come to lie, and how to find them there."""

import base64
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection


def found(words: Iterable[str], text: bytes) -> list[str]:
    """Return those words that occur in a text, plainly or in base64."""
    return [word for word in words if any(form in text for form in _forms(word))]


def _forms(word: str) -> Iterator[bytes]:
    """Yield a word, and what base64 makes of it wherever it may begin."""
    yield word.encode()
    for before in range(3):
        coded = base64.b64encode(b" " * before + word.encode())
        # The first and the last letters depend on the neighbours.
        yield coded[4:-4]


def database_files() -> bytes:
    """Return all that SQLite has on the disk, its write-ahead log included; else all tables."""
    if connection.vendor != "sqlite":
        return b"\n".join(tables().values())
    path = Path(str(connection.settings_dict["NAME"]))
    files = [path, *path.parent.glob(f"{path.name}-*")]
    return b"".join(file.read_bytes() for file in files)


def tables() -> dict[str, bytes]:
    """Return every table as it is stored, nothing opened."""
    with connection.cursor() as cursor:
        stored = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 -- names of our own tables
            stored[name] = repr(cursor.fetchall()).encode()
    return stored


def sessions() -> bytes:
    """Return what the sessions hold, opened: they are only signed."""
    return repr([session.get_decoded() for session in Session.objects.all()]).encode()


def mails(outbox: Iterable[EmailMessage]) -> bytes:
    """Return all parts of all mails, decoded, with their headers."""
    parts = []
    for mail in outbox:
        for part in mail.message().walk():
            content = part.get_payload(decode=True)
            parts += [str(part.items()).encode(), content if isinstance(content, bytes) else b""]
    return b"\n".join(parts)


@contextmanager
def logs() -> Iterator[tuple[StringIO, StringIO]]:
    """Keep what the configured handler writes, and what the most talkative one would."""
    root = logging.getLogger()
    (console,) = [each for each in root.handlers if type(each) is logging.StreamHandler]
    configured, everything = StringIO(), StringIO()
    talkative = logging.StreamHandler(everything)
    level, stream = root.level, console.setStream(configured)
    root.addHandler(talkative)
    root.setLevel(logging.DEBUG)
    yield configured, everything
    root.setLevel(level)
    root.removeHandler(talkative)
    console.setStream(stream)
