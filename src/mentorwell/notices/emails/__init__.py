"""What mails and page lines say, and how a mail is put together.

An app's own `emails.py` describes its mails with `Mail`, `Button`, `Token`, `Line` and
registers them with `register`.
"""

from mentorwell.notices.emails.digest import register_digest
from mentorwell.notices.emails.kinds import (
    KINDS,
    Attachment,
    Button,
    Ids,
    Line,
    Mail,
    Renderer,
    Token,
    Told,
    calendar_kinds,
    register,
)
from mentorwell.notices.emails.layout import compose
from mentorwell.notices.emails.rendering import ShownNotice, lines_of, render


__all__ = [
    "KINDS",
    "Attachment",
    "Button",
    "Ids",
    "Line",
    "Mail",
    "Renderer",
    "ShownNotice",
    "Token",
    "Told",
    "calendar_kinds",
    "compose",
    "lines_of",
    "register",
    "register_digest",
    "render",
]
