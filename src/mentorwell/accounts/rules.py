"""Who may change an account. `check_*` raises with a reason; `can_*` answers yes or no."""

from functools import cache
from zoneinfo import available_timezones

from django.conf import settings

from mentorwell.accounts.models import User
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow


def check_can_set_active(by: User, user: User) -> None:
    """Let IT switch an account on and off, but nobody their own."""
    if not (by.is_active and by.is_staff):
        raise NotAllowed("Only IT can switch an account on or off.")
    if by.pk == user.pk:
        raise NotAllowed("You cannot switch off your own account; ask a colleague.")


def can_set_active(by: User, user: User) -> bool:
    """Answer whether `by` may switch this account on and off."""
    try:
        check_can_set_active(by, user)
    except NotAllowed:
        return False
    return True


def check_can_change(by: User, user: User) -> None:
    """Language and time zone are a person's own."""
    if by.pk != user.pk:
        raise NotAllowed("Only the person can change this.")


def can_change(by: User, user: User) -> bool:
    """Answer whether `by` may change language and time zone of this account."""
    try:
        check_can_change(by, user)
    except NotAllowed:
        return False
    return True


def check_language(language: str) -> None:
    """Refuse a language that this installation does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise NotPossibleNow("We do not speak this language yet.")


def check_time_zone(time_zone: str) -> None:
    """Refuse a time zone that no clock knows."""
    if time_zone not in _time_zones():
        raise NotPossibleNow("We do not know this time zone.")


@cache
def _time_zones() -> frozenset[str]:
    # Listing them reads hundreds of files; they do not change while the process lives.
    return frozenset(available_timezones())
