"""What waits for the office of one programme."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.matching import queries as matching
from mentorwell.matching.models import HelpRequest
from mentorwell.matching.queries import SearchOpening
from mentorwell.notices import queries as notices
from mentorwell.office.enums import Standing
from mentorwell.office.queries.participants import Filters, participants_visible_to
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme


A_YEAR = timedelta(days=365)
NAMED = 3  # how many of many are named; the rest is a number


@dataclass(frozen=True)
class ToDo:
    """What one member of the office could see to now.

    `to_confirm` names the first few mentors whose own yes is missing, of `to_confirm_count`;
    `unreached` names people whose mails the mail server does not take.
    """

    help_requests: list[HelpRequest]
    to_confirm: list[str]
    to_confirm_count: int
    to_welcome_count: int
    unreached: list[str]
    resources_to_check: int
    opening: SearchOpening

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return self.opening.is_open and not (
            self.help_requests
            or self.to_confirm_count
            or self.to_welcome_count
            or self.unreached
            or self.resources_to_check
        )

    @property
    def not_named(self) -> int:
        """How many mentors wait beyond those named."""
        return self.to_confirm_count - len(self.to_confirm)


def todo_of(user: User, programme: Programme, *, on_date: date) -> ToDo:
    """Return what waits; people whom `user` evaluates are in none of it."""

    def of(standing: Standing) -> QuerySet[Participation]:
        filters = Filters(standing=standing)
        return participants_visible_to(user, programme, filters=filters, on_date=on_date)

    to_confirm = of(Standing.TO_CONFIRM)
    refused = notices.refused_notices().values("person")
    unreached = participants_visible_to(user, programme, filters=Filters(), on_date=on_date)
    return ToDo(
        help_requests=list(help_requests_in(user, programme)),
        to_confirm=list(to_confirm.values_list("person__name", flat=True)[:NAMED]),
        to_confirm_count=to_confirm.count(),
        to_welcome_count=of(Standing.BROUGHT_IN).filter(person__is_active=True).count(),
        unreached=_names(unreached.filter(person__in=refused)),
        resources_to_check=_resources_to_check(programme, on_date),
        opening=matching.search_opening(programme, on_date=on_date),
    )


def _names(people: QuerySet[Participation]) -> list[str]:
    """Return each name once, though somebody may be mentor and mentee."""
    return list(dict.fromkeys(people.values_list("person__name", flat=True)))


def help_requests_in(user: User, programme: Programme) -> QuerySet[HelpRequest]:
    """Return who asked this very coordinator to look with them, in one programme."""
    return matching.help_requests_for(user).filter(mentee__programme=programme)


def _resources_to_check(programme: Programme, on_date: date) -> int:
    stale = Q(last_verified_date=None) | Q(last_verified_date__lt=on_date - A_YEAR)
    return programme.organisation.support_resources.filter(stale).count()
