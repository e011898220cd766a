"""When and where people can meet, and when they want no mail."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentorwell.audit.models import Event
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices.models import QuietSpan
from mentorwell.people import queries, services
from mentorwell.people.enums import BlockKind
from mentorwell.people.models import Block, Profile, Window
from mentorwell.programmes.models import Programme
from tests.factories.accounts import UserFactory
from tests.factories.moments import NOW
from tests.factories.people import BlockFactory, MenteeFactory
from tests.factories.programmes import SiteFactory


pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def mentee():
    return MenteeFactory(person__time_zone="America/Chicago")


@pytest.fixture
def person(mentee):
    return mentee.person


def test_whereabouts_are_kept_and_searches_are_stale(mentee, person):
    site = SiteFactory(organisation=mentee.programme.organisation)

    services.set_whereabouts(site=site, remote=False, by=person, now=NOW)

    profile = Profile.objects.get(person=person)
    assert (profile.site, profile.remote) == (site, False)
    programme = Programme.objects.get(pk=mentee.programme_id)
    assert programme.pool_version == mentee.programme.pool_version + 1
    assert Event.objects.get().verb == "people.whereabouts.set"


def test_whereabouts_refuse_a_site_of_another_organisation(person):
    with pytest.raises(NotPossibleNow, match="another organisation"):
        services.set_whereabouts(site=SiteFactory(), remote=None, by=person, now=NOW)


def test_windows_replace_each_other_in_the_persons_zone(person):
    services.set_windows(windows=[(0, 480, 720)], times_change=False, by=person, now=NOW)
    services.set_windows(
        windows=[(6, 0, 1440), (1, 480, 720), (1, 480, 720)], times_change=True, by=person, now=NOW
    )

    stored = Window.objects.values_list("weekday", "start_minute", "end_minute", "time_zone")
    assert list(stored) == [
        (1, 480, 720, "America/Chicago"),
        (6, 0, 1440, "America/Chicago"),
    ]
    assert Profile.objects.get(person=person).times_change
    assert Event.objects.filter(verb="people.windows.set").count() == 2


@pytest.mark.parametrize(
    "windows",
    [[(7, 0, 60)], [(-1, 0, 60)], [(0, 60, 60)], [(0, -1, 60)], [(0, 0, 1441)]],
)
def test_windows_refuse_times_that_no_week_has(windows, person):
    with pytest.raises(NotPossibleNow, match="later than its start"):
        services.set_windows(windows=windows, times_change=False, by=person, now=NOW)


def test_windows_refuse_more_than_anyone_has(person):
    with pytest.raises(NotPossibleNow, match="at most 42"):
        services.set_windows(
            windows=[(0, n, n + 1) for n in range(43)], times_change=False, by=person, now=NOW
        )


def add_block(person, first, last, kind=BlockKind.NIGHTS, now=NOW):
    return services.add_block(kind=kind, start_date=first, end_date=last, by=person, now=now)


def test_weekly_times_and_quiet_days_move_with_the_time_zone(mentee, person):
    services.set_windows(windows=[(0, 480, 720)], times_change=False, by=person, now=NOW)
    start, end = TODAY + timedelta(days=5), TODAY + timedelta(days=6)
    services.add_block(kind=BlockKind.LEAVE, start_date=start, end_date=end, by=person, now=NOW)
    before = Programme.objects.get(pk=mentee.programme_id).pool_version

    services.change_time_zone(user=person, time_zone="Asia/Tokyo", by=person, now=NOW)

    kept = Window.objects.values_list("start_minute", "end_minute", "time_zone")
    assert list(kept) == [(480, 720, "Asia/Tokyo")]
    span = QuietSpan.objects.get()
    midnight = datetime(start.year, start.month, start.day, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert (span.starts_at, span.ends_at) == (midnight, midnight + timedelta(days=2))
    assert Programme.objects.get(pk=mentee.programme_id).pool_version == before + 1
    with pytest.raises(NotAllowed):
        services.change_time_zone(user=person, time_zone="UTC", by=UserFactory(), now=NOW)


def test_a_block_keeps_mail_away_from_its_first_midnight_to_its_last(person):
    add_block(person, date(2030, 1, 14), date(2030, 1, 16))

    span = QuietSpan.objects.get()
    assert (span.person, span.starts_at, span.ends_at) == (
        person,
        datetime(2030, 1, 14, 6, tzinfo=UTC),
        datetime(2030, 1, 17, 6, tzinfo=UTC),
    )
    assert Event.objects.get().verb == "people.block.add"


def test_taking_a_block_back_lets_mail_through_again(person):
    kept = add_block(person, TODAY, TODAY + timedelta(days=1))
    taken_back = add_block(person, TODAY + timedelta(days=10), TODAY + timedelta(days=12))

    services.remove_block(block=taken_back, by=person, now=NOW)

    assert list(queries.blocks_of(person, on_date=TODAY)) == [kept]
    assert QuietSpan.objects.count() == 1
    assert Event.objects.filter(verb="people.block.remove").count() == 1


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (2, 1, "before the first"),
        (-3, -1, "over already"),
        (0, 367, "please pause"),
    ],
)
def test_add_block_refuses(first, last, sentence, person):
    with pytest.raises(NotPossibleNow, match=sentence):
        add_block(person, TODAY + timedelta(days=first), TODAY + timedelta(days=last))

    assert not Block.objects.exists()


def test_today_is_the_persons_own(person):
    late_evening_in_chicago = datetime(2030, 1, 10, 3, tzinfo=UTC)

    add_block(person, TODAY, TODAY, now=late_evening_in_chicago)

    with pytest.raises(NotPossibleNow, match="over already"):
        add_block(person, TODAY, TODAY, now=late_evening_in_chicago + timedelta(hours=3))


def test_only_the_person_takes_a_block_back():
    block = BlockFactory()

    with pytest.raises(NotAllowed, match="Only the person"):
        services.remove_block(block=block, by=UserFactory(), now=NOW)


def test_blocks_that_are_over_are_left_out():
    block = BlockFactory(start_date=date(2030, 1, 1), end_date=date(2030, 1, 5))
    person = block.person

    assert list(queries.blocks_of(person, on_date=date(2030, 1, 5))) == [block]
    assert list(queries.blocks_of(person, on_date=date(2030, 1, 6))) == []
    assert queries.away_spans(person.pk, on_date=date(2030, 1, 5)) == [
        (date(2030, 1, 1), date(2030, 1, 5))
    ]
