"""From rows to words, in the language and time zone of the reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from mentorwell.notices.emails.kinds import KINDS, Mail, Told
from mentorwell.notices.models import Notice


@dataclass(frozen=True)
class ShownNotice:
    """A notice as the page shows it."""

    notice: Notice
    text: str
    path: str


def render(notice: Notice, *, now: datetime) -> Mail | None:
    """Return what the mail of a notice says now, or None if it is no longer true."""
    zone = ZoneInfo(notice.person.time_zone if notice.person else "UTC")
    with translation.override(notice.language), timezone.override(zone):
        told = Told(ids=notice.ids, language=notice.language, person=notice.person, now=now)
        return KINDS[notice.kind].renderer(told)


def lines_of(notices: Iterable[Notice]) -> list[ShownNotice]:
    """Return notices as lines for the page, in the active language, without a query each.

    A kind whose app is no longer installed is left out.
    """
    shown = []
    for notice in notices:
        if notice.kind in KINDS:
            line = KINDS[notice.kind].line(notice.ids)
            shown.append(ShownNotice(notice, line.text, line.path))
    return shown
