"""That mentorships happen, as the office sees it: dates, states and counts, never who or what.

Rows carry no names: with names, whoever is not in the list could be known to be looking.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import AgreementState, MeetingState, MentorshipState
from mentorwell.meetings.models import Meeting
from mentorwell.mentorships import queries as mentorships
from mentorwell.mentorships.models import Agreement, Membership
from mentorwell.people import queries as people
from mentorwell.programmes.models import Programme


@dataclass(frozen=True)
class MentorshipRow:
    """One mentorship; `look_again` is the day on which its members look at it anew."""

    uid: UUID
    format: str
    state: MentorshipState
    members: int
    began_at: datetime
    agreed_at: datetime | None
    first_met_at: datetime | None
    last_met_at: datetime | None
    meetings_held: int
    look_again: date | None
    closed_at: datetime | None


def mentorships_listed(
    user: User, programme: Programme, *, state: str, on_date: date
) -> QuerySet[Any, Any]:
    """Return the mentorships that one member of the office may list, the latest first.

    Those of people whom `user` evaluates are left out. An empty `state` means all.
    """
    listed = mentorships.mentorships_of_programme_visible_to_office(user, programme)
    listed = listed.exclude(pk__in=_of_evaluated(user, on_date))
    return listed.filter(shown_state=state) if state else listed


def unlisted_count(user: User, programme: Programme, *, on_date: date) -> int:
    """Return how many mentorships of a programme `mentorships_listed` leaves out."""
    shown = mentorships.mentorships_of_programme_visible_to_office(user, programme)
    return shown.filter(pk__in=_of_evaluated(user, on_date)).count()


def _of_evaluated(user: User, on_date: date) -> QuerySet[Any, Any]:
    evaluated = people.people_evaluated_by(user.pk, on_date=on_date)
    return Membership.objects.filter(participation__person__in=evaluated).values("mentorship")


def rows_of(listed: Iterable[Mapping[str, Any]]) -> list[MentorshipRow]:
    """Return the rows with their meetings and days to look again. Two queries, however many."""
    told = list(listed)
    uids = [one["uid"] for one in told]
    held = Meeting.objects.filter(mentorship__uid__in=uids, state=MeetingState.HELD)
    counts = {
        uid: (count, last)
        for uid, count, last in held.order_by()
        .values("mentorship__uid")
        .annotate(count=Count("pk"), last=Max("starts_at"))
        .values_list("mentorship__uid", "count", "last")
    }
    agreed = Agreement.objects.filter(mentorship__uid__in=uids, state=AgreementState.AGREED)
    days = dict(agreed.values_list("mentorship__uid", "review_date"))
    return [_row(one, *counts.get(one["uid"], (0, None)), days.get(one["uid"])) for one in told]


def _row(
    one: Mapping[str, Any], held: int, last: datetime | None, look_again: date | None
) -> MentorshipRow:
    state = MentorshipState(one["shown_state"])
    is_over = state in mentorships.ENDED
    return MentorshipRow(
        uid=one["uid"],
        format=one["format"],
        state=state,
        members=one["member_count"],
        began_at=one["began_at"],
        agreed_at=one["agreed_at"],
        first_met_at=one["first_met_at"],
        last_met_at=last,
        meetings_held=held,
        look_again=None if is_over else look_again,
        closed_at=one["closed_at"],
    )
