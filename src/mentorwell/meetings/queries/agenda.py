"""Agenda, steps and what stays, and by whom they may be read."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import MeetingState, StepState
from mentorwell.meetings.models import AgendaPoint, Listening, Meeting, Step, Takeaway
from mentorwell.mentorships.queries import mentorships_visible_to


def points_visible_to(user: User) -> QuerySet[AgendaPoint]:
    """Return the agenda points of the user's own mentorships."""
    return AgendaPoint.objects.filter(
        meeting__mentorship__in=mentorships_visible_to(user)
    ).select_related("meeting__mentorship__programme")


def steps_visible_to(user: User) -> QuerySet[Step]:
    """Return the next steps of the user's own mentorships, the soonest first."""
    return (
        Step.objects.filter(mentorship__in=mentorships_visible_to(user))
        .select_related("owner__participation__person", "mentorship__programme")
        .order_by(F("due_date").asc(nulls_last=True), "written_at", "pk")
    )


def open_steps_of(user: User) -> QuerySet[Step]:
    """Return the steps that wait for anybody in the user's mentorships."""
    return steps_visible_to(user).filter(state=StepState.OPEN)


def takeaways_visible_to(user: User) -> QuerySet[Takeaway]:
    """Return what members of the user's own mentorships took with them."""
    return (
        Takeaway.objects.filter(meeting__mentorship__in=mentorships_visible_to(user))
        .select_related("membership__participation__person")
        .order_by("membership_id")
    )


def listenings_of(user: User) -> QuerySet[Listening]:
    """Return the user's own answers to whether they listened; nobody reads another's."""
    return Listening.objects.filter(
        membership__participation__person=user,
        meeting__mentorship__in=mentorships_visible_to(user),
    ).order_by("meeting__starts_at")


def meetings_without_agenda(
    *, now: datetime, soonest: timedelta, latest: timedelta
) -> QuerySet[Meeting]:
    """Return meetings that begin between `soonest` and `latest` from now, with an empty agenda."""
    return _not_asked().filter(
        ~Exists(AgendaPoint.objects.filter(meeting=OuterRef("pk"))),
        starts_at__gt=now + soonest,
        starts_at__lte=now + latest,
        agenda_asked_at=None,
    )


def meetings_over(*, now: datetime, for_most: timedelta) -> list[Meeting]:
    """Return meetings that have ended, of which nobody has said yet whether they took place."""
    waiting = _not_asked().filter(
        starts_at__lte=now, starts_at__gt=now - for_most, held_asked_at=None
    )
    return [each for each in waiting if each.starts_at and ends_at(each) <= now]


def ends_at(meeting: Meeting) -> datetime:
    """Return when a meeting that has a time is to end."""
    if meeting.starts_at is None:
        raise ValueError("A meeting without a time has no end.")
    return meeting.starts_at + timedelta(minutes=meeting.minutes)


def _not_asked() -> QuerySet[Meeting]:
    return (
        Meeting.objects.filter(state=MeetingState.SCHEDULED)
        .select_related("mentorship__programme__policy")
        .order_by("starts_at", "pk")
    )


def times_to_meet_again(meeting: Meeting, *, now: datetime, count: int = 2) -> list[datetime]:
    """Return the next moments on the same weekday and hour as a meeting, in the zone it was meant in.

    At the earliest a day from now, so that nobody is taken by surprise.
    """
    if meeting.starts_at is None:
        return []
    local = meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone))
    found: list[datetime] = []
    days = 0
    while len(found) < count:
        days += 7
        # Local time of day is kept where the clocks are turned between.
        again = (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=local.tzinfo)
        if again > now + timedelta(days=1):
            found.append(again.astimezone(UTC))
    return found
