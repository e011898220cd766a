"""Whose calendar address it is, and the meetings that it shows."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from mentorwell.accounts.models import User
from mentorwell.accounts.queries import link_hash
from mentorwell.core.lifecycles import MeetingState
from mentorwell.meetings.models import Feed, Meeting
from mentorwell.meetings.queries.meetings import meetings_visible_to


PAST_DAYS = 90
SHOWN = (MeetingState.SCHEDULED, MeetingState.HELD)


def feed_of(user: User) -> Feed | None:
    """Return the person's calendar address as far as it is stored, None where they have none."""
    return Feed.objects.filter(person=user).first()


def find_feed(secret: str) -> Feed | None:
    """Return the feed behind a secret, None where there is none or its person may not sign in."""
    return (
        Feed.objects.select_related("person")
        .filter(hash=link_hash(secret), person__is_active=True)
        .first()
    )


def meetings_in_feed(person: User, *, now: datetime) -> QuerySet[Meeting]:
    """Return what a person's calendar shows: dates that stand, from three months ago on.

    What was called off or missed is not in it, so calendars take it out.
    """
    return (
        meetings_visible_to(person)
        .filter(state__in=SHOWN, starts_at__gte=now - timedelta(days=PAST_DAYS))
        .order_by("starts_at", "pk")
        .prefetch_related("mentorship__members__participation__person")
    )
