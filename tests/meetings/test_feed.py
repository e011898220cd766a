"""A secret address for one's own calendar program, read by two independent parsers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from mentorwell.audit.models import Event
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.meetings import queries
from mentorwell.meetings.emails import Method, calendar_entry, calendar_feed
from mentorwell.meetings.models import Feed
from mentorwell.meetings.services import (
    cancel_meeting,
    choose_time,
    log_meeting,
    make_feed,
    miss_meeting,
    move_meeting,
    name_partners,
    stop_feed,
)
from tests.factories.accounts import UserFactory
from tests.factories.meetings import TUESDAY, schedule
from tests.factories.moments import NOW


DAY = timedelta(days=1)
DST = {
    # The day before, the day itself and the day after clocks are turned, forward and back.
    "Europe/Berlin": (datetime(2030, 3, 31, tzinfo=UTC), datetime(2030, 10, 27, tzinfo=UTC)),
    "America/New_York": (datetime(2030, 3, 10, tzinfo=UTC), datetime(2030, 11, 3, tzinfo=UTC)),
    "Australia/Sydney": (datetime(2030, 4, 7, tzinfo=UTC), datetime(2030, 10, 6, tzinfo=UTC)),
}


def read(content):
    """What both parsers find: UID, start and end in UTC; they must agree."""
    ours = {
        str(event["UID"]): (event.start.astimezone(UTC), event.end.astimezone(UTC))
        for event in Calendar.from_ical(content).walk("VEVENT")
    }
    theirs = {
        event.uid.value: (
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
        )
        for event in vobject.readOne(content.decode()).contents.get("vevent", [])
    }
    assert ours == theirs
    return ours


def feed(person, *, now=NOW, **options):
    return calendar_feed(queries.meetings_in_feed(person, now=now), person, **options)


def span(meeting):
    return (meeting.starts_at, meeting.starts_at + timedelta(minutes=meeting.minutes))


def test_a_feed_shows_what_stands_and_nothing_else(pair):
    ahead, held, missed, off, moved, old = (
        schedule(pair, at=NOW + number * DAY, now=NOW) for number in range(1, 7)
    )
    later = NOW + 5 * DAY
    log_meeting(meeting=held, by=pair.mentee, now=later)
    miss_meeting(meeting=missed, by=pair.mentee, now=later)
    cancel_meeting(meeting=off, by=pair.mentee, now=NOW)
    move_meeting(meeting=moved, times=[NOW + 20 * DAY], by=pair.mentee, now=NOW)

    found = read(feed(pair.mentee))
    assert found == {str(each.uid): span(each) for each in (ahead, held, old)}
    assert read(feed(pair.mentee, now=NOW + 95 * DAY)) == {str(old.uid): span(old)}
    assert read(feed(UserFactory())) == {}


def test_a_feed_has_no_method_and_names_nobody_unless_its_owner_wishes_it(pair):
    schedule(pair, where="A planted room")
    content = feed(pair.mentee).decode()
    assert "METHOD" not in content
    assert "SUMMARY:Meeting\r\n" in content
    assert "CLASS:PRIVATE" in content
    assert "Meeting:" not in content
    assert "planted" not in content

    named = feed(pair.mentee, names_partners=True)
    (event,) = Calendar.from_ical(named).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"Meeting: {pair.mentor.first_name}"


def test_a_name_with_commas_and_semicolons_is_escaped_and_long_lines_are_folded(pair):
    pair.mentor.name = "Ægir; the, quick " + "and very long " * 7
    pair.mentor.save()
    schedule(pair)
    content = feed(pair.mentee, names_partners=True)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    theirs = vobject.readOne(content.decode()).vevent.summary.value
    assert str(event["SUMMARY"]) == theirs


def test_the_same_meetings_are_the_same_bytes(pair):
    schedule(pair)
    assert feed(pair.mentee) == feed(pair.mentee, now=NOW + timedelta(hours=3))


@pytest.mark.parametrize("zone", DST)
@pytest.mark.parametrize("turned", [0, 1], ids=["first turn", "second turn"])
def test_a_time_is_the_same_instant_on_both_days_that_clocks_are_turned(pair, zone, turned):
    midnight = DST[zone][turned]
    meetings = [
        schedule(pair, at=midnight + timedelta(hours=hour), now=midnight - 30 * DAY, time_zone=zone)
        for hour in (-26, *range(-2, 9), 20, 32)  # before, in and after the night
    ]
    now = midnight - 20 * DAY
    assert read(feed(pair.mentee, now=now)) == {str(each.uid): span(each) for each in meetings}
    for each in meetings[::4]:
        entry = calendar_entry(each, pair.mentee, now=now, method=Method.REQUEST)
        assert read(entry) == {str(each.uid): span(each)}


def test_request_change_and_cancel_read_the_same_in_both(pair):
    meeting = schedule(pair, time_zone="America/New_York")
    first = calendar_entry(meeting, pair.mentee, now=NOW, method=Method.REQUEST)
    assert read(first) == {str(meeting.uid): span(meeting)}

    move_meeting(meeting=meeting, times=[TUESDAY + DAY], by=pair.mentor, now=NOW)
    meeting.refresh_from_db()
    choose_time(offer=meeting.offers.get(), by=pair.mentee, now=NOW)
    meeting.refresh_from_db()
    changed = calendar_entry(meeting, pair.mentee, now=NOW, method=Method.REQUEST)
    assert read(changed) == {str(meeting.uid): (TUESDAY + DAY, TUESDAY + DAY + 45 * DAY / 1440)}

    cancel_meeting(meeting=meeting, by=pair.mentor, now=NOW)
    meeting.refresh_from_db()
    off = calendar_entry(meeting, pair.mentee, now=NOW, method=Method.CANCEL)
    assert read(off).keys() == {str(meeting.uid)}
    theirs = [vobject.readOne(each.decode()) for each in (first, changed, off)]
    assert [each.method.value for each in theirs] == ["REQUEST", "REQUEST", "CANCEL"]
    sequence = [int(each.vevent.sequence.value) for each in theirs]
    assert sequence == sorted(set(sequence))
    assert theirs[-1].vevent.status.value == "CANCELLED"


def test_only_the_hash_of_a_secret_is_stored_and_a_new_one_ends_the_old(db):
    person = UserFactory()
    first = make_feed(by=person, now=NOW)
    assert first not in str(Feed.objects.values())
    assert queries.find_feed(first).person == person

    second = make_feed(by=person, now=NOW)

    assert queries.find_feed(first) is None
    assert queries.find_feed(second).person == person
    assert Feed.objects.count() == 1
    assert list(Event.objects.values_list("verb", flat=True)) == ["meetings.feed.make"] * 2


def test_an_address_that_was_taken_away_or_whose_person_may_not_sign_in_shows_nothing(db):
    person = UserFactory()
    secret = make_feed(by=person, now=NOW)
    person.is_active = False
    person.save()
    assert queries.find_feed(secret) is None
    person.is_active = True
    person.save()
    stop_feed(by=person, now=NOW)
    assert queries.find_feed(secret) is None
    assert queries.feed_of(person) is None


def test_without_an_address_there_is_nothing_to_take_away_or_to_name(db):
    person = UserFactory()
    with pytest.raises(NotPossibleNow, match="no calendar address"):
        stop_feed(by=person, now=NOW)
    with pytest.raises(NotPossibleNow, match="no calendar address"):
        name_partners(names=True, by=person, now=NOW)


def test_whom_one_meets_is_named_and_hidden_again(db):
    person = UserFactory()
    make_feed(by=person, now=NOW)
    name_partners(names=True, by=person, now=NOW)
    assert queries.feed_of(person).names_partners
    name_partners(names=False, by=person, now=NOW)
    assert not queries.feed_of(person).names_partners


def test_a_new_address_keeps_what_its_owner_wished(db):
    person = UserFactory()
    make_feed(by=person, now=NOW)
    name_partners(names=True, by=person, now=NOW)
    make_feed(by=person, now=NOW)
    assert queries.feed_of(person).names_partners


def test_times_to_offer_suit_both_and_fall_back_to_ones_own(pair):
    pair.mentor.windows.all().delete()
    pair.mentee.windows.all().delete()
    for person, zone in ((pair.mentor, "Europe/Berlin"), (pair.mentee, "America/New_York")):
        person.time_zone = zone
        person.save()
    people = [pair.mentor, pair.mentee]
    both = queries.times_to_offer(people, minutes=45, now=NOW)
    for at in both:
        assert 8 <= at.astimezone(ZoneInfo("Europe/Berlin")).hour < 18
        assert 8 <= at.astimezone(ZoneInfo("America/New_York")).hour < 18

    pair.mentee.windows.create(weekday=0, start_minute=0, end_minute=60)
    own = queries.times_to_offer(people, minutes=45, now=NOW)
    assert len(own) == 3
    assert {at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%H:%M") for at in own[1:]} == {
        "12:30"
    }


def test_with_no_hour_long_enough_usual_ones_are_offered(pair):
    pair.mentor.windows.all().delete()
    pair.mentor.windows.create(weekday=0, start_minute=480, end_minute=500)
    assert len(queries.times_to_offer([pair.mentor], minutes=45, now=NOW)) == 3
