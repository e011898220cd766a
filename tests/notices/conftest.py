"""Kinds of notices that tests tell: what a real app's `emails.py` would register."""

from datetime import timedelta
from uuid import UUID

import pytest

from mentorwell.accounts.models import User
from mentorwell.notices.emails import Attachment, Button, Line, Mail, Token, register
from mentorwell.notices.emails.kinds import KINDS


TARGET = UUID("00000000-0000-4000-8000-000000000001")


def _plain(told):
    return Mail(
        subject="Something happened",
        headline=f"Thing {told.ids['thing']} happened",
        lines=("It happened today.",),
        button=Button("Look", f"/things/{told.ids['thing']}/"),
    )


def _gone(_told):
    return None


def _linked(_told):
    token = Token(
        action="test.answer",
        target_uid=TARGET,
        lifetime=timedelta(days=7),
        path=lambda secret: f"/answer/{secret}/",
    )
    return Mail("An answer, please", "An answer, please", button=Button("Answer", "/plain/", token))


def _calendar(_told):
    content = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    entry = Attachment("invite.ics", content, "text/calendar; method=REQUEST; charset=utf-8")
    paper = Attachment("notes.pdf", b"%PDF", "application/pdf")
    return Mail("A meeting", "A meeting", attachments=(entry, paper))


def _fresh(told):
    """A mail that looks at the database, as real ones do."""
    user = User.objects.get(pk=told.ids["user"])
    return Mail(f"Hello {user.name}", f"Hello {user.name}") if user.is_active else None


def _broken(_told):
    raise ValueError("These words were written by somebody.")


def _line(ids):
    return Line(f"Thing {ids.get('thing', 0)}", "/things/")


@pytest.fixture(autouse=True)
def kinds():
    """Register the kinds for one test and take them back."""
    before = dict(KINDS)
    register_kinds()
    yield
    KINDS.clear()
    KINDS.update(before)


def register_kinds():
    register("test.thing.happened", _plain, line=_line)
    register("test.thing.gone", _gone, line=_line)
    register("test.answer.wanted", _linked, line=_line)
    register("test.meeting.set", _calendar, line=_line, calendar=True)
    register("test.person.hello", _fresh, line=_line)
    register("test.thing.broken", _broken, line=_line)
