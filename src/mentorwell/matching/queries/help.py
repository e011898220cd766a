"""Who asked the office to look with them, and who there can."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching.models import HelpRequest, Invitation
from mentorwell.people import queries as people
from mentorwell.people.models import Participation
from mentorwell.programmes.models import OfficeRole
from mentorwell.programmes.roles import Role


_OPEN = Q(
    help_requests_named_in__isnull=False,
    help_requests_named_in__answered_at=None,
    help_requests_named_in__withdrawn_at=None,
)


def help_requests_visible_to(user: User) -> QuerySet[HelpRequest]:
    """Return the requests that `user` made, or that name them as the coordinator.

    A coordinator sees a name and a date, and nothing that the mentee has written.
    """
    return HelpRequest.objects.filter(Q(mentee__person=user) | Q(coordinator=user)).select_related(
        "mentee__person", "mentee__programme", "coordinator"
    )


def help_requests_for(coordinator: User) -> QuerySet[HelpRequest]:
    """Return the open requests that one coordinator is to answer, the most urgent first."""
    mine = help_requests_visible_to(coordinator).filter(coordinator=coordinator)
    return mine.filter(answered_at=None, withdrawn_at=None).order_by("due_date", "pk")


def open_help(mentee: Participation) -> HelpRequest | None:
    """Return the request that a mentee waits for, with its coordinator."""
    waiting = HelpRequest.objects.filter(mentee=mentee, answered_at=None, withdrawn_at=None)
    return waiting.select_related("coordinator").first()


def expiries(mentee: Participation) -> int:
    """Return how many invitations of this search ran out without an answer."""
    silent = Invitation.objects.filter(mentee=mentee, state=InvitationState.EXPIRED)
    if mentee.looking_since:
        silent = silent.filter(ended_at__gte=mentee.looking_since)
    return silent.count()


def least_loaded_coordinator(mentee: Participation, *, on_date: date) -> User | None:
    """Return who of the office shall look with a mentee: the one with the fewest open requests.

    Coordinators come first, then directors; never somebody who evaluates the mentee.
    """
    links = people.known_links(mentee.person_id, on_date=on_date)
    evaluators = [
        other for other, known in links.items() if any(link.other_evaluates for link in known)
    ]
    office = OfficeRole.objects.filter(programme=mentee.programme, ended_at=None)
    for role in (Role.COORDINATOR, Role.DIRECTOR):
        holders = office.filter(role=role).exclude(person=mentee.person_id).values("person")
        found = (
            User.objects.filter(pk__in=holders, is_active=True)
            .exclude(pk__in=evaluators)
            .annotate(waiting=Count("help_requests_named_in", filter=_OPEN))
            .order_by("waiting", "pk")
            .first()
        )
        if found:
            return found
    return None
