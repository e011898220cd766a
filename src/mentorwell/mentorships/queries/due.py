"""What the clockwork looks for: hours that are over, silences, unanswered questions."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from mentorwell.core.lifecycles import (
    AgreementState,
    MembershipState,
    MentorshipState,
    ParticipationState,
)
from mentorwell.core.schedule import Span, add_counted_days
from mentorwell.mentorships.content import formats
from mentorwell.mentorships.models import (
    Agreement,
    Ending,
    LinkQuestion,
    Membership,
    Mentorship,
)
from mentorwell.mentorships.queries.members import ENDED, RUNNING
from mentorwell.people.enums import LinkKind
from mentorwell.people.models import Block


def endings_untold(written_by: datetime) -> QuerySet[Ending]:
    """Return the endings, up to a moment, that nobody has been told of, the oldest first."""
    return (
        Ending.objects.filter(told_at=None, written_at__lte=written_by)
        .select_related("membership__mentorship__programme", "membership__participation__person")
        .order_by("written_at", "pk")
    )


def pauses_over(today: date) -> QuerySet[Membership]:
    """Return the members of open mentorships whose pause ends today or earlier."""
    return (
        Membership.objects.filter(
            state=MembershipState.PAUSED, paused_until_date__lte=today, left_at=None
        )
        .exclude(mentorship__state__in=ENDED)
        .select_related("mentorship", "participation__person")
        .order_by("pk")
    )


def with_somebody_away(now: datetime) -> QuerySet[Mentorship]:
    """Return running mentorships of which a member's participation is paused."""
    away = Membership.objects.filter(
        mentorship=OuterRef("pk"), left_at=None, participation__state=ParticipationState.PAUSED
    )
    return Mentorship.objects.filter(Exists(away), state__in=RUNNING, silent_since__lt=now)


def running_without_meeting(now: datetime) -> Iterator[Mentorship]:
    """Yield running mentorships, not asked yet, without a meeting for the programme's `silent_days`.

    Days on which a member cannot meet are still counted here: see `quiet_until`.
    """
    quiet = Mentorship.objects.filter(
        state__in=RUNNING, silence_asked_at=None, silent_since__lt=now
    )
    for mentorship in _with_policy(quiet):
        days = timedelta(days=mentorship.programme.policy.silent_days)
        if silent_since(mentorship) <= now - days:
            yield mentorship


def silent_since(mentorship: Mentorship) -> datetime:
    """Return the moment from which the days without a meeting count; it may lie ahead."""
    return max(mentorship.silent_since, mentorship.arranged_until or mentorship.silent_since)


def asked_about_silence() -> QuerySet[Mentorship]:
    """Return running mentorships whose members were asked after a silence."""
    return _with_policy(
        Mentorship.objects.filter(state__in=RUNNING, silence_asked_at__isnull=False)
    )


def _with_policy(mentorships: QuerySet[Mentorship]) -> QuerySet[Mentorship]:
    return mentorships.select_related("programme__policy", "programme__organisation").order_by("pk")


def quiet_until(mentorship: Mentorship, *, since: datetime, days: int) -> datetime:
    """Return the moment at which a mentorship has been quiet for so many days since a moment.

    Days count in the organisation's time zone; those on which a member has a block, such as
    leave or nights, do not count.
    """
    people = mentorship.members.filter(left_at=None).values("participation__person")
    blocks = Block.objects.filter(person__in=people, end_date__gte=since.date())
    away = [Span(*ends) for ends in blocks.values_list("start_date", "end_date")]
    zone = ZoneInfo(mentorship.programme.organisation.time_zone)
    return add_counted_days(since, days, zone=zone, away=away)


def running_without_agreement() -> QuerySet[Mentorship]:
    """Return running mentorships that should have an agreement, have none, and were not asked."""
    agreed = Agreement.objects.filter(mentorship=OuterRef("pk"), state=AgreementState.AGREED)
    expected = [each.slug for each in formats() if each.agreement_expected]
    return _with_policy(
        Mentorship.objects.filter(
            ~Exists(agreed), state__in=RUNNING, format__in=expected, agreement_asked_at=None
        )
    )


def agreements_to_look_at(today: date) -> QuerySet[Agreement]:
    """Return the agreements in force whose day to look again has come, and nobody was told."""
    return (
        Agreement.objects.filter(
            state=AgreementState.AGREED,
            review_date__lte=today,
            review_told_at=None,
            mentorship__state__in=RUNNING,
        )
        .select_related("mentorship")
        .order_by("pk")
    )


def never_questions_open(mentorship: Mentorship) -> QuerySet[LinkQuestion]:
    """Return the questions about a *never* link that members have not answered."""
    return LinkQuestion.objects.filter(
        membership__mentorship=mentorship,
        membership__left_at=None,
        link__kind=LinkKind.NEVER,
        answered_at=None,
    )


def with_never_question_since(moment: datetime) -> QuerySet[Mentorship]:
    """Return running mentorships with a *never* link unanswered since a moment, or longer."""
    unanswered = LinkQuestion.objects.filter(
        membership__mentorship=OuterRef("pk"),
        membership__left_at=None,
        link__kind=LinkKind.NEVER,
        answered_at=None,
        asked_at__lte=moment,
    )
    states = (*RUNNING, MentorshipState.CLOSING)
    return Mentorship.objects.filter(Exists(unanswered), state__in=states).order_by("pk")
