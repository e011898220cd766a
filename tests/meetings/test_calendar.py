"""Calendar entries: valid iCalendar and iTIP, one UID, a rising SEQUENCE, and no words."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from icalendar import Calendar

from mentorwell.meetings import emails
from mentorwell.meetings.emails import Method, calendar_entry
from mentorwell.meetings.services import cancel_meeting, choose_time, move_meeting
from mentorwell.mentorships.services import end_mentorship, finish_endings
from mentorwell.notices.emails import compose, render
from mentorwell.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.meetings import TUESDAY, propose, schedule
from tests.factories.mentorships import Pair
from tests.factories.moments import NOW
from tests.factories.people import MentorFactory
from tests.factories.programmes import ProgrammeFactory


ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
LATER = NOW + timedelta(days=1)


def entry(meeting, person, method=Method.REQUEST):
    """The parsed calendar, its one event, and the bytes."""
    content = calendar_entry(meeting, person, now=NOW, method=method)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event, content


def sent(person, kind, now=NOW):
    """The latest mail of a kind as it leaves: a parsed message."""
    notice = Notice.objects.filter(person=person, kind=kind).latest("pk")
    message = compose(notice, render(notice, now=now), now=now)
    return message_from_bytes(message.message().as_bytes(), policy=policy.default)


def calendar_parts(message):
    return [part for part in message.walk() if part.get_content_type() == "text/calendar"]


def event_of(message):
    calendar = Calendar.from_ical(calendar_parts(message)[0].get_content())
    return calendar, calendar.walk("VEVENT")[0]


def test_an_entry_says_when_and_no_more(pair):
    meeting = schedule(pair, where="A planted room")
    calendar, event, content = entry(meeting, pair.mentee)

    assert calendar["METHOD"] == "REQUEST"
    assert calendar["VERSION"] == "2.0"
    assert event.start == meeting.starts_at
    assert event.end - event.start == timedelta(minutes=45)
    assert event["SUMMARY"] == "Meeting"
    assert event["CLASS"] == "PRIVATE"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 0
    assert event["URL"] == f"http://127.0.0.1:8000/meetings/{meeting.uid}/"
    assert event["DTSTAMP"].dt == NOW
    assert not {"LOCATION", "DESCRIPTION", "COMMENT"} & set(event)
    assert b"planted" not in content
    for word in (pair.mentor.name, pair.mentor.email, pair.programme.name):
        assert word.encode() not in content


def test_only_the_reader_attends_and_the_installation_invites(pair):
    _, event, _ = entry(schedule(pair), pair.mentee)
    assert event["ATTENDEE"] == f"mailto:{pair.mentee.email}"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert event["ORGANIZER"] == "mailto:mentorwell@localhost"
    assert event["ORGANIZER"].params["CN"] == "Mentorwell"


@pytest.mark.parametrize("zone", ZONES)
def test_an_entry_keeps_the_zone_it_was_meant_in(pair, zone):
    meeting = schedule(pair, time_zone=zone)
    calendar, event, content = entry(meeting, pair.mentee)
    assert event.start == TUESDAY
    assert event.start.utcoffset() == TUESDAY.astimezone(ZoneInfo(zone)).utcoffset()
    if zone == "UTC":
        assert b"DTSTART:20300115T120000Z" in content
    else:
        assert f"DTSTART;TZID={zone}:".encode() in content
        assert [each.tz_name for each in calendar.timezones] == [zone]
    assert calendar.get_missing_tzids() == set()


@pytest.mark.parametrize("zone", ZONES[1:])
@pytest.mark.parametrize("month", [1, 3, 7, 10, 12])
def test_a_second_reader_finds_the_same_instant_by_the_zone_in_the_file(
    pair, zone, month, tmp_path
):
    """dateutil reads the VTIMEZONE itself, as a calendar that knows no zone names would."""
    at = datetime(2030, month, 28, 12, tzinfo=UTC)
    _, event, content = entry(schedule(pair, at=at, time_zone=zone), pair.mentee)
    path = tmp_path / "meeting.ics"
    path.write_bytes(content)
    written = event.start.replace(tzinfo=tz.tzical(str(path)).get(zone))
    assert written.astimezone(UTC) == at


def test_lines_are_folded_and_end_as_the_standard_says(db):
    programme = ProgrammeFactory()
    person = UserFactory(name="Dr. " + "Ümläut " * 15)
    pair = Pair(programme=programme, mentor=MentorFactory(programme=programme, person=person))
    _, event, content = entry(schedule(pair), pair.mentor)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert event["ATTENDEE"].params["CN"] == person.name


def test_a_file_to_download_is_no_message(pair):
    calendar, event, _ = entry(schedule(pair), pair.mentee, method=None)
    assert "METHOD" not in calendar
    assert not {"ORGANIZER", "ATTENDEE"} & set(event)


def test_a_meeting_without_a_time_has_no_entry(pair):
    with pytest.raises(ValueError, match="without a time"):
        calendar_entry(propose(pair), pair.mentee, now=NOW)


# --- As mailed ----------------------------------------------------------------------------


def test_the_mail_of_a_date_is_an_itip_request_that_calendars_find(pair):
    schedule(pair)
    message = sent(pair.mentee, emails.SCHEDULED)
    alternative, file = calendar_parts(message)
    assert alternative.get_param("method") == "REQUEST"
    assert alternative.get_content_charset() == "utf-8"
    assert file.get_filename() == "meeting.ics"
    assert file.get_content() == alternative.get_content()
    calendar, event = event_of(message)
    assert (calendar["METHOD"], event["SEQUENCE"]) == ("REQUEST", 0)


def test_the_text_of_a_mail_names_time_and_partner_and_nothing_written(pair):
    pair.mentee.time_zone = "America/New_York"
    pair.mentee.save()
    schedule(pair, where="A planted room")
    message = sent(pair.mentee, emails.SCHEDULED)
    assert message["Subject"] == f"{pair.mentor.first_name} and you: Tuesday 15 January at 07:00"
    assert "planted" not in message.as_string()
    assert f"/meetings/{pair.mentorship.meetings.get().uid}/" in message.as_string()


def test_moving_cancels_the_old_entry_and_requests_the_new_under_one_uid(pair):
    meeting = schedule(pair)
    _, first = event_of(sent(pair.mentee, emails.SCHEDULED))
    move_meeting(meeting=meeting, times=[TUESDAY + timedelta(days=2)], by=pair.mentor, now=LATER)
    calendar, off = event_of(sent(pair.mentee, emails.CALLED_OFF, now=LATER))
    choose_time(offer=meeting.offers.get(), by=pair.mentee, now=LATER)
    _, again = event_of(sent(pair.mentee, emails.SCHEDULED, now=LATER))

    assert first["UID"] == off["UID"] == again["UID"]
    assert [first["SEQUENCE"], off["SEQUENCE"], again["SEQUENCE"]] == [0, 1, 2]
    assert (calendar["METHOD"], off["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (first.start, off.start) == (TUESDAY, TUESDAY)
    assert again.start == TUESDAY + timedelta(days=2)


def test_calling_off_is_an_itip_cancel_for_everybody(pair):
    meeting = schedule(pair)
    cancel_meeting(meeting=meeting, by=pair.mentor, now=LATER)
    for person in (pair.mentor, pair.mentee):
        message = sent(person, emails.CALLED_OFF, now=LATER)
        assert calendar_parts(message)[0].get_param("method") == "CANCEL"
        _, event = event_of(message)
        assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
        assert event["ATTENDEE"] == f"mailto:{person.email}"


def test_the_end_of_a_mentorship_takes_its_meetings_out_of_both_calendars(pair):
    schedule(pair)
    end_mentorship(mentorship=pair.mentorship, by=pair.mentor, now=LATER)
    told_at = LATER + timedelta(hours=1)
    finish_endings(now=told_at)
    for person in (pair.mentor, pair.mentee):
        _, event = event_of(sent(person, emails.CALLED_OFF, now=told_at))
        assert event["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    ("zone", "starts_at"),
    [
        ("Europe/Berlin", datetime(2030, 10, 27, 0, 30, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2030, 10, 27, 1, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2030, 11, 3, 5, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2030, 11, 3, 6, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2030, 4, 6, 14, 40, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2030, 3, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_is_an_hour_where_the_clocks_are_turned(pair, zone, starts_at):
    meeting = schedule(pair, at=starts_at, minutes=60, time_zone=zone)
    _, event, _ = entry(meeting, pair.mentee)
    assert event.start.astimezone(UTC) == starts_at
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(hours=1)


def test_an_entry_stays_the_same_when_the_house_moves_to_another_address(pair, settings):
    meeting = schedule(pair)
    before = entry(meeting, pair.mentee)[1]["UID"]
    settings.SITE_URL = "https://mentoring.example.org"
    assert entry(meeting, pair.mentee)[1]["UID"] == before == str(meeting.uid)
