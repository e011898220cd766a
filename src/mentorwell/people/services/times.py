"""When and where people can meet, and when they want no mail."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation import hooks
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.notices import services as notices
from mentorwell.people import queries, rules
from mentorwell.people.enums import BlockKind, Piece
from mentorwell.people.models import Block, Profile, Window
from mentorwell.people.services.moving import note_told, pool_changed
from mentorwell.programmes.models import Site


SOURCE = "people.blocks"


@transaction.atomic
def set_whereabouts(*, site: Site | None, remote: bool | None, by: User, now: datetime) -> None:
    """Say where one works and whether one would meet by video; None is "not said".

    Raises NotPossibleNow for a site of another organisation and without a profile.
    """
    profile = queries.profile_of(by)
    if profile is None:
        raise NotPossibleNow("A programme office has to bring you in first.")
    rules.check_site(site, organisation_id=profile.organisation_id)
    Profile.objects.filter(pk=profile.pk).update(site=site, remote=remote)
    note_told(row=profile, piece=Piece.WHEN)
    pool_changed(people=[by.pk])
    audit.record(verb="people.whereabouts.set", target=profile, by=by, now=now)


@transaction.atomic
def set_windows(
    *,
    windows: Sequence[tuple[int, int, int]],
    times_change: bool,
    by: User,
    now: datetime,
) -> None:
    """Say which times of the week usually suit, replacing the last answer.

    Each is (weekday from Monday 0, start, end) in local minutes of the person's time zone.
    With `times_change` ("my times change weekly") they are kept but not counted. Raises
    NotPossibleNow for times that no week has, and without a profile.
    """
    rules.check_windows(windows)
    profile = queries.profile_of(by)
    if profile is None:
        raise NotPossibleNow("A programme office has to bring you in first.")
    Profile.objects.filter(pk=profile.pk).update(times_change=times_change)
    Window.objects.filter(person=by).delete()
    Window.objects.bulk_create(
        Window(
            person=by,
            weekday=weekday,
            start_minute=start,
            end_minute=end,
            time_zone=by.time_zone,
        )
        for weekday, start, end in dict.fromkeys(windows)
    )
    pool_changed(people=[by.pk])
    audit.record(verb="people.windows.set", target=profile, by=by, now=now)


@transaction.atomic
def add_block(
    *, kind: BlockKind, start_date: date, end_date: date, by: User, now: datetime
) -> Block:
    """Note days on which one cannot meet, such as nights or leave; they also keep mail away.

    The office never asks why and does not see it. Raises NotPossibleNow for days that are
    over, end before they begin or last longer than a year.
    """
    rules.check_days(start_date, end_date, today=day_in(by.time_zone, now))
    block = Block.objects.create(person=by, kind=kind, start_date=start_date, end_date=end_date)
    _days_moved(by, now)
    audit.record(verb="people.block.add", target=block, by=by, now=now)
    return block


@transaction.atomic
def remove_block(*, block: Block, by: User, now: datetime) -> None:
    """Take days back: one can meet after all, and is mailed again.

    Raises NotAllowed for anyone but the person.
    """
    if block.person_id != by.pk:
        raise NotAllowed("Only the person can change this.")
    audit.record(verb="people.block.remove", target=block, by=by, now=now)
    Block.objects.filter(pk=block.pk).delete()
    _days_moved(by, now)


@transaction.atomic
def change_time_zone(*, user: User, time_zone: str, by: User, now: datetime) -> None:
    """Choose where the person's days begin and end; weekly times and quiet days move along.

    Refuses as `accounts.services.set_time_zone`.
    """
    accounts.set_time_zone(user=user, time_zone=time_zone, by=by, now=now)
    user.refresh_from_db(fields=["time_zone"])
    Window.objects.filter(person=user).update(time_zone=time_zone)
    _days_moved(user, now)
    pool_changed(people=[user.pk])
    audit.record(verb="people.times.move", target=user, by=by, now=now)


def _days_moved(person: User, now: datetime) -> None:
    hooks.days_moved.announce(hooks.DaysMoved(person.pk, now))
    _keep_quiet(person, now)


def _keep_quiet(by: User, now: datetime) -> None:
    """Keep mail away on all blocked days, from the first local midnight to the last."""
    zone = ZoneInfo(by.time_zone)
    spans = [
        (_midnight(start, zone), _midnight(end + timedelta(days=1), zone))
        for start, end in queries.away_spans(by.pk, on_date=now.astimezone(zone).date())
    ]
    notices.set_quiet_spans(person=by, source=SOURCE, spans=spans, now=now)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
