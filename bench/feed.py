"""A calendar address with 500 meetings, against `icalendar` building the same events bare."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bench._house import home


MEETINGS = 500
RUNS = 7
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York")


def bare(rows: list[dict[str, Any]]) -> bytes:
    """Build the same entries with nothing around them."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Bare//EN")
    calendar.add("version", "2.0")
    for row in rows:
        event = Event()
        for name, value in row.items():
            event.add(name, value)
        calendar.add_component(event)
    first, last = rows[0]["dtstart"], rows[-1]["dtstart"]
    year = timedelta(days=366)
    calendar.add_missing_timezones(first_date=first - year, last_date=last + year)
    return calendar.to_ical()


def run() -> Iterator[str]:
    """Yield the lines of the report."""
    home()
    from mentorwell.accounts.models import User
    from mentorwell.meetings.emails import calendar_feed
    from mentorwell.meetings.models import Meeting

    person = User(email="ada@example.org", name="Ada Reed")
    meetings = [
        Meeting(
            uid=uuid4(),
            starts_at=BEGIN + timedelta(days=number),
            time_zone=ZONES[number % 2],
            minutes=45,
            proposed_at=BEGIN,
        )
        for number in range(MEETINGS)
    ]
    rows = [
        {
            "uid": str(each.uid),
            "sequence": each.sequence,
            "dtstamp": BEGIN,
            "dtstart": each.starts_at.astimezone(ZoneInfo(each.time_zone)),
            "dtend": (each.starts_at + timedelta(minutes=45)).astimezone(ZoneInfo(each.time_zone)),
            "summary": "Meeting",
            "class": "PRIVATE",
            "url": f"https://house.example/meetings/{each.uid}/",
            "status": "CONFIRMED",
        }
        for each in meetings
    ]
    ours, theirs = [], []
    for _ in range(RUNS):
        begin = process_time()
        made = calendar_feed(meetings, person)
        ours.append(process_time() - begin)
        begin = process_time()
        other = bare(rows)
        theirs.append(process_time() - begin)
    assert made.count(b"BEGIN:VEVENT") == other.count(b"BEGIN:VEVENT") == MEETINGS
    mine, bare_ = median(ours), median(theirs)
    yield (
        f"feed of {MEETINGS} meetings: {mine * 1000:.0f} ms; icalendar bare "
        f"{bare_ * 1000:.0f} ms; ratio {mine / bare_:.2f} (at most 1.5)"
    )
