"""What may be read of accounts and mailed links."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from mentorwell.accounts.models import LinkToken, User


_PORTION = 500  # SQLite limits how many values one statement may hold


def link_hash(secret: str) -> str:
    """Return what is stored of a link's secret; the secret is random, so a plain hash does."""
    return sha256(secret.encode()).hexdigest()


def find_link(secret: str, *, action: str, now: datetime) -> LinkToken | None:
    """Return the link with this secret if it can still be used, and change nothing.

    An unknown, used or expired link, one for another action and one whose person may no
    longer sign in all look alike: None. Pages answer each with the same sentence.
    """
    return (
        LinkToken.objects.select_related("person")
        .filter(
            hash=link_hash(secret),
            action=action,
            used_at=None,
            expires_at__gt=now,
            person__is_active=True,
        )
        .first()
    )


def person_by_email(email: str) -> User | None:
    """Return the account with this address, however its case is typed."""
    return User.objects.filter(email=email.strip().lower()).first()


def people_by_email(emails: Collection[str]) -> dict[str, User]:
    """Return the accounts among these lower-case addresses, by address."""
    wanted = list(emails)
    found = {}
    for start in range(0, len(wanted), _PORTION):
        for user in User.objects.filter(email__in=wanted[start : start + _PORTION]):
            found[user.email] = user
    return found
