"""Who asked the office to look with them, and who there can."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching.models import HelpRequest, Invitation
from mentorwell.people import queries as people
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import programmes_run_by, roles_held
from mentorwell.programmes.roles import Permission, Role


_OPEN = Q(
    help_requests_named_in__isnull=False,
    help_requests_named_in__answered_at=None,
    help_requests_named_in__withdrawn_at=None,
)


def help_requests_visible_to(user: User) -> QuerySet[HelpRequest]:
    """Return the requests that `user` made, or that name them as the coordinator.

    A coordinator sees a name and a date, and nothing that the mentee has written; and that only
    as long as they are in the programme's office.
    """
    run = programmes_run_by(user, Permission.SEE_OFFICE).values("pk")
    named = Q(coordinator=user, mentee__programme__in=run)
    return HelpRequest.objects.filter(Q(mentee__person=user) | named).select_related(
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


def open_requests() -> QuerySet[HelpRequest]:
    """Return every request that waits for its coordinator, for the clockwork."""
    return (
        HelpRequest.objects.filter(answered_at=None, withdrawn_at=None)
        .select_related("mentee__person", "mentee__programme__organisation", "coordinator")
        .order_by("pk")
    )


def may_look_along(coordinator: User, mentee: Participation, *, on_date: date) -> bool:
    """Answer whether somebody of the office may still look with a mentee."""
    apart = people.pairing_bars(mentee, on_date=on_date).touched
    run = programmes_run_by(coordinator, Permission.SEE_OFFICE)
    return (
        coordinator.is_active
        and coordinator.pk not in apart
        and run.filter(pk=mentee.programme_id).exists()
    )


def least_loaded_coordinator(
    mentee: Participation, *, on_date: date, but: User | None = None
) -> User | None:
    """Return who of the office shall look with a mentee: the one with the fewest open requests.

    Coordinators come first, then directors; never somebody who evaluates the mentee or is
    evaluated by them, and nobody whom either keeps away.
    """
    apart = people.pairing_bars(mentee, on_date=on_date).touched
    office = roles_held().filter(programme=mentee.programme)
    for role in (Role.COORDINATOR, Role.DIRECTOR):
        holders = office.filter(role=role).exclude(person=mentee.person_id).values("person")
        found = (
            User.objects.filter(pk__in=holders, is_active=True)
            .exclude(pk__in=apart | {but.pk if but else mentee.person_id})
            .annotate(waiting=Count("help_requests_named_in", filter=_OPEN))
            .order_by("waiting", "pk")
            .first()
        )
        if found:
            return found
    return None
