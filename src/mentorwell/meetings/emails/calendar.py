"""Meetings as calendar entries: RFC 5545 text, and RFC 5546 (iTIP) when mailed.

An entry says when, and where on this site to read more. It names neither the partner nor the
place (`docs/adr/0009-calendar-entries-say-when.md`): calendars are shared, synchronised and
shown on screens.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.text import get_text_list
from icalendar import Calendar, Event, vCalAddress, vText

from mentorwell.accounts.models import User
from mentorwell.meetings.models import Meeting


class Method(StrEnum):
    """What an iTIP mail asks a calendar to do."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


TITLE = "Meeting"
YEAR = timedelta(days=366)


def calendar_entry(
    meeting: Meeting, person: User, *, now: datetime, method: Method | None = None
) -> bytes:
    """Return the entry of a meeting that has, or had, a time, for one person's calendar.

    With a `method` it is an iTIP message from the installation to this person, who alone is
    named as attending; without one it is a file to download. The UID is the meeting's own for
    good and SEQUENCE counts its changes, so that calendars replace what they have.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Mentorwell//Meetings//EN")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method.value)
    event = _event(meeting, person, now, method)
    calendar.add_component(event)
    # The zone's rules of the years around the meeting: a change of the clocks lies within.
    calendar.add_missing_timezones(first_date=event.start - YEAR, last_date=event.start + YEAR)
    content: bytes = calendar.to_ical()
    return content


def calendar_feed(
    meetings: Iterable[Meeting], person: User, *, names_partners: bool = False
) -> bytes:
    """Return a person's meetings that have a time as one calendar, for a program that reads it.

    The same meetings give the same bytes, so that a program need not fetch them again. Only with
    `names_partners` are the others named; the members must be loaded then.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Mentorwell//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Mentorwell")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    events = []
    for meeting in meetings:
        event = _event(meeting, person, meeting.logged_at or meeting.proposed_at, None)
        if names_partners:
            event["summary"] = vText(f"{TITLE}: {_others(meeting, person)}")
        events.append(event)
        calendar.add_component(event)
    if events:
        first, last = (edge(event.start for event in events) for edge in (min, max))
        calendar.add_missing_timezones(first_date=first - YEAR, last_date=last + YEAR)
    content: bytes = calendar.to_ical()
    return content


def _others(meeting: Meeting, person: User) -> str:
    people = [each.participation.person for each in meeting.mentorship.members.all()]
    return get_text_list([each.first_name for each in people if each != person], "and")


def _event(meeting: Meeting, person: User, now: datetime, method: Method | None) -> Event:
    if meeting.starts_at is None:
        raise ValueError("A meeting without a time has no calendar entry.")
    starts_at = meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone))
    # Added in UTC: an hour is an hour where the clocks are turned.
    ends_at = (meeting.starts_at + timedelta(minutes=meeting.minutes)).astimezone(starts_at.tzinfo)
    if starts_at.fold or ends_at.fold:
        # An hour that comes twice has no name of its own in local time; RFC 5545 §3.3.5.
        starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    event = Event()
    event.add("uid", str(meeting.uid))  # without a host: the installation may move to another
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", TITLE)
    event.add("class", "PRIVATE")
    event.add("url", urljoin(settings.SITE_URL, meeting_path(meeting)))
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    if method:
        event.add("organizer", _organizer())
        event.add("attendee", _attendee(person))
    return event


def meeting_path(meeting: Meeting) -> str:
    """Return the address of a meeting's page."""
    return reverse("meetings:meeting-show", args=[meeting.uid])


def _organizer() -> vCalAddress:
    # The installation invites, not the partner: whose address would name them in every calendar.
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(name or "Mentorwell")
    return organizer


def _attendee(person: User) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["CN"] = vText(person.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    # The time has been chosen on the site: calendars need not ask, nor send an answer.
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee
