"""The kinds of notices, each registered by the app whose events they tell of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from mentorwell.accounts.models import User


Ids = Mapping[str, int | str]


@dataclass(frozen=True)
class Token:
    """A single-use link to be made at the moment the mail leaves, and at no other.

    `path` turns its secret into the address of the page that the link opens.
    """

    action: str
    target_uid: UUID
    lifetime: timedelta
    path: Callable[[str], str]


@dataclass(frozen=True)
class Button:
    """The one thing a mail invites to do.

    `path` is the page for somebody who is signed in; with a `token`, the mail's button opens
    the token's page instead, without signing in.
    """

    label: str
    path: str
    token: Token | None = None


@dataclass(frozen=True)
class Attachment:
    """A file in a mail; a calendar entry names its method: `text/calendar; method=REQUEST`."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Line:
    """What the page or a digest says of a notice, and where it leads."""

    text: str
    path: str


@dataclass(frozen=True)
class Mail:
    """What one mail says: a kind, a time and a link; names yes, but nothing anybody wrote.

    `items` is for a mail that gathers several things, each with its own link.
    """

    subject: str
    headline: str
    lines: tuple[str, ...] = ()
    button: Button | None = None
    items: tuple[Line, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a renderer works from: the ids of a notice, and who will read it when.

    `person` is None for an address without an account.
    """

    ids: Ids
    language: str
    person: User | None
    now: datetime

    def uid(self, name: str) -> UUID:
        """Return the id under `name` as the random id of a row."""
        return UUID(str(self.ids[name]))


Renderer = Callable[[Told], Mail | None]
"""Makes a mail from ids, in the active language and time zone of its reader.

Returns None where the notice is no longer true: it is then dropped. It reads the database and
never writes: a link with a token is described (`Token`), not made.
"""


@dataclass(frozen=True)
class Kind:
    """One kind of notice as its app registered it."""

    renderer: Renderer
    line: Callable[[Ids], Line]
    calendar: bool


KINDS: dict[str, Kind] = {}


def register(
    kind: str, renderer: Renderer, *, line: Callable[[Ids], Line], calendar: bool = False
) -> None:
    """Register how notices of `kind` ("app.noun.event") read; call it from an app's `ready`.

    `line` makes the sentence for the person's own page from the ids alone, without a query,
    so that a list of notices costs the same however long it is. `calendar` marks mails whose
    point is a calendar entry: they do not count as mail that fills an inbox.
    """
    KINDS[kind] = Kind(renderer, line, calendar)


def calendar_kinds() -> list[str]:
    """Return the kinds that are calendar mails."""
    return sorted(name for name, kind in KINDS.items() if kind.calendar)
