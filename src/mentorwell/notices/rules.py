"""When a person may be mailed: digest moments and quiet hours, in their own time zone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mentorwell.accounts.models import User
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.notices import queries
from mentorwell.notices.models import MailChoice, QuietSpan


DIGEST_TIME = time(7)
SUNDAY = 6
LONGEST_PAUSE = timedelta(minutes=30)
LONGEST_REFUSED_PAUSE = timedelta(days=1)


def check_weekday(weekday: int) -> None:
    """Refuse a day that no week has."""
    if not 0 <= weekday <= SUNDAY:
        raise NotPossibleNow("Please choose a day of the week.")


def pause_after(*, attempts: int, for_good: bool) -> timedelta:
    """Return how long to wait after so many failed attempts: 1, 2, 4, ... minutes.

    At most half an hour where the mail server may be back any time; at most a day where it
    refused for good, which only a person can mend.
    """
    longest = LONGEST_REFUSED_PAUSE if for_good else LONGEST_PAUSE
    return min(timedelta(minutes=2 ** min(attempts - 1, 11)), longest)


def next_digest_moment(*, weekday: int, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first `weekday` at seven local time that is later than `after`, in UTC."""
    local = after.astimezone(zone)
    day = local.date() + timedelta(days=(weekday - local.weekday()) % 7)
    moment = _moment(day, DIGEST_TIME, zone, after)
    return moment if moment > after else _local(day + timedelta(days=7), DIGEST_TIME, zone)


def next_open_moment(
    *, choice: MailChoice, zone: ZoneInfo, spans: Sequence[QuietSpan], at: datetime
) -> datetime:
    """Return the first moment from `at` on that lies in no quiet hour and no quiet span.

    Spans may overlap, in any order. Where clocks are turned back, an hour that is quiet is
    quiet both times it comes.
    """
    while True:
        end = max(
            (span.ends_at for span in spans if span.starts_at <= at < span.ends_at), default=at
        )
        end = _end_of_quiet(choice, zone, end)
        if end == at:
            return at
        at = end


def open_moment_of(person: User, *, at: datetime) -> datetime:
    """Return the first moment from `at` on at which a person may be mailed what is not urgent."""
    return next_open_moment(
        choice=queries.mail_choice_of(person),
        zone=ZoneInfo(person.time_zone),
        spans=list(queries.quiet_spans_of(person, now=at)),
        at=at,
    )


def _end_of_quiet(choice: MailChoice, zone: ZoneInfo, at: datetime) -> datetime:
    local = at.astimezone(zone)
    begin, until = choice.quiet_from, choice.quiet_until
    clock = local.time()
    over_midnight = begin > until
    quiet = (clock >= begin or clock < until) if over_midnight else begin <= clock < until
    if not quiet:
        return at
    return _moment(local.date() + timedelta(days=clock >= until), until, zone, at)


def _moment(day: date, clock: time, zone: ZoneInfo, after: datetime) -> datetime:
    """Return when `zone`'s clocks show this; turned back, the first time later than `after`."""
    first, second = (_local(day, clock.replace(fold=fold), zone) for fold in (0, 1))
    return first if first > after else second


def _local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
