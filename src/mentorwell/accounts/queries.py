"""What may be read of accounts and mailed links."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from allauth.account.models import EmailAddress

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
    """Return the account with this address, however its case is typed; see `people_by_email`."""
    address = email.strip().lower()
    return people_by_email([address]).get(address)


def people_by_email(emails: Collection[str]) -> dict[str, User]:
    """Return the accounts among these lower-case addresses, by address.

    Somebody is known by every address that they have proved, not by the first of them alone:
    a roster may hold the address of last year.
    """
    wanted = list(emails)
    found = {}
    for start in range(0, len(wanted), _PORTION):
        portion = wanted[start : start + _PORTION]
        proved = EmailAddress.objects.filter(email__in=portion, verified=True)
        found.update({address.email: address.user for address in proved.select_related("user")})
        found.update({user.email: user for user in User.objects.filter(email__in=portion)})
    return found
