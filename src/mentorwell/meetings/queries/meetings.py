"""Meetings of a person and of a mentorship."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MeetingState, MentorshipState
from mentorwell.core.meeting_times import MIDDAY, Week, common_times
from mentorwell.core.schedule import Span, WeeklyTime
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.queries import RUNNING, mentorships_visible_to
from mentorwell.people.models import Block
from mentorwell.people.queries import away_spans, windows_of


OPEN = (MeetingState.PROPOSED, MeetingState.SCHEDULED)


def meetings_visible_to(user: User) -> QuerySet[Meeting]:
    """Return the meetings of the user's own mentorships, in the order of their dates."""
    return (
        Meeting.objects.filter(mentorship__in=mentorships_visible_to(user))
        .select_related("mentorship__programme", "proposed_by__participation__person")
        .prefetch_related("offers")
    )


def meetings_of(mentorship: Mentorship) -> QuerySet[Meeting]:
    """Return all meetings of a mentorship with the times they could have."""
    return (
        mentorship.meetings.select_related("proposed_by__participation__person")
        .prefetch_related("offers")
        .order_by("starts_at", "proposed_at")
    )


def meetings_ahead(mentorship: Mentorship, *, now: datetime) -> QuerySet[Meeting]:
    """Return what an ending or a pause calls off: proposals, and meetings that have not begun."""
    return mentorship.meetings.filter(state=MeetingState.PROPOSED) | mentorship.meetings.filter(
        state=MeetingState.SCHEDULED, starts_at__gt=now
    )


def meetings_to_remind_of(*, now: datetime, ahead: timedelta) -> QuerySet[Meeting]:
    """Return the meetings within `ahead` that nobody has been reminded of."""
    return (
        Meeting.objects.filter(
            state=MeetingState.SCHEDULED,
            starts_at__gt=now,
            starts_at__lte=now + ahead,
            reminded_at=None,
        )
        .select_related("mentorship")
        .order_by("starts_at", "pk")
    )


def times_that_may_not_suit(
    mentorship: Mentorship, user: User, times: Sequence[datetime], *, time_zone: str
) -> list[datetime]:
    """Return those of the times that fall on a day on which another member cannot meet.

    Which member, and why not, is not told: leave and nights are nobody's business.
    """
    zone = ZoneInfo(time_zone)
    others = mentorship.members.filter(left_at=None).exclude(participation__person=user)
    blocks = Block.objects.filter(person__in=others.values("participation__person"))
    away = [Span(*ends) for ends in blocks.values_list("start_date", "end_date")]
    return [at for at in times if any(_holds(span, at.astimezone(zone).date()) for span in away)]


def weeks_of(people: Sequence[User], *, on_date: date) -> list[Week]:
    """Return each person's week and the days they are away from this day on, in their order."""
    return [
        Week(
            ZoneInfo(person.time_zone),
            tuple(
                WeeklyTime(each.weekday, each.start_minute, each.end_minute)
                for each in windows_of(person)
            ),
            tuple(Span(*days) for days in away_spans(person.pk, on_date=on_date)),
        )
        for person in people
    ]


def times_to_offer(
    people: Sequence[User], *, minutes: int, now: datetime, count: int = 3
) -> tuple[datetime, ...]:
    """Return times to offer that suit everybody; the first is the one who offers.

    Of whoever has not told their week, midday is tried first and then usual hours. Where no hour
    suits all, times in the first one's own week; where that has none either, midday. Which of
    these it is, and whose days are the reason, is not told.
    """
    on_date = now.date() - timedelta(days=1)
    weeks = weeks_of(people, on_date=on_date)
    at_midday = [replace(week, windows=week.windows or MIDDAY) for week in weeks]
    for tried in (at_midday, weeks, at_midday[:1], [replace(weeks[0], windows=MIDDAY)]):
        if found := common_times(now, tried, minutes=minutes, count=count):
            return found
    return ()


def _holds(span: Span, day: date) -> bool:
    return span.first <= day <= span.last


def next_meetings_of(user: User, *, now: datetime) -> QuerySet[Meeting]:
    """Return the user's meetings with a date ahead, the nearest first.

    While another's ending waits for its hour they stay: the user has not been told of it.
    """
    going = Q(mentorship__state__in=RUNNING) | Q(
        mentorship__state=MentorshipState.CLOSING, mentorship__before_closing__in=RUNNING
    )
    ended = Membership.objects.filter(participation__person=user, ending__isnull=False)
    return (
        meetings_visible_to(user)
        .filter(going, state=MeetingState.SCHEDULED, starts_at__gt=now)
        .exclude(mentorship__in=ended.values("mentorship"))
        .order_by("starts_at", "pk")
    )


def first_held(mentorship: Mentorship) -> datetime | None:
    """Return when the members first met, as far as it was logged."""
    first = mentorship.meetings.filter(state=MeetingState.HELD).order_by("starts_at").first()
    return first.starts_at if first else None


def can_still_be(meeting: Meeting, *, now: datetime) -> bool:
    """Answer whether one of the times offered for a meeting lies ahead."""
    return any(offer.starts_at > now for offer in meeting.offers.all())


def same_proposal(
    mentorship: Mentorship, member: Membership, times: Sequence[datetime]
) -> Meeting | None:
    """Return the meeting for which this member offers just these times already, if there is one."""
    waiting = mentorship.meetings.filter(state=MeetingState.PROPOSED, proposed_by=member)
    return next(
        (
            meeting
            for meeting in waiting.prefetch_related("offers")
            if {offer.starts_at for offer in meeting.offers.all()} == set(times)
        ),
        None,
    )


def arranged_until(mentorship: Mentorship) -> datetime | None:
    """Return the start of the last meeting that has a date, in the past or ahead, not logged."""
    dated = mentorship.meetings.filter(state=MeetingState.SCHEDULED)
    last = dated.order_by("-starts_at").first()
    return last.starts_at if last else None
