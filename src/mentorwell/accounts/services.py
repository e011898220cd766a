"""The only code that changes accounts and mailed links."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import (
    UNUSABLE_PASSWORD_PREFIX,
    UNUSABLE_PASSWORD_SUFFIX_LENGTH,
)
from django.contrib.sessions.models import Session
from django.db import transaction

from mentorwell.accounts import queries, rules
from mentorwell.accounts.models import LinkToken, User
from mentorwell.audit import services as audit
from mentorwell.core.reading.values import clean
from mentorwell.foundation.bulk import insert_values
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow


@dataclass(frozen=True)
class NewAccount:
    """A person whom the office brings in."""

    email: str
    name: str
    language: str = "en"
    time_zone: str = "UTC"


@transaction.atomic
def create_account(
    *,
    email: str,
    name: str,
    by: User | None,
    now: datetime,
    language: str = "en",
    time_zone: str = "UTC",
) -> User:
    """Make an account that its person can sign in to with an e-mailed code; mail nobody.

    `by` is None where the installation itself sets up its first people. Raises
    NotPossibleNow where the address has an account already, or where language or time zone
    are unknown.
    """
    account = NewAccount(email=email, name=name, language=language, time_zone=time_zone)
    if queries.person_by_email(email):
        raise NotPossibleNow("There is an account with this address already.")
    return create_accounts(accounts=[account], by=by, now=now)[email.strip().lower()]


@transaction.atomic
def create_accounts(
    *, accounts: Iterable[NewAccount], by: User | None, now: datetime
) -> dict[str, User]:
    """Make the accounts that are missing, set-based, and return all of them by e-mail.

    An account that is there already, under this or another address of the person, is returned
    as it is: bringing in the same people twice changes nothing. Nobody is mailed. The office vouches for the addresses, so they count as
    verified; the e-mailed code proves them at the first sign-in. Raises NotPossibleNow for an
    unknown language or time zone.
    """
    wanted = {account.email.strip().lower(): account for account in accounts}
    for language in {account.language for account in wanted.values()}:
        rules.check_language(language)
    for time_zone in {account.time_zone for account in wanted.values()}:
        rules.check_time_zone(time_zone)
    found = queries.people_by_email(wanted)
    missing = [account for email, account in wanted.items() if email not in found]
    insert_values(
        User,
        ("email", "name", "language", "time_zone", "joined_at", "password"),
        [
            (
                account.email.strip().lower(),
                clean(account.name),  # one line: it stands in the heads of mails
                account.language,
                account.time_zone,
                now,
                _no_password(),
            )
            for account in missing
        ],
    )
    made = queries.people_by_email(wanted.keys() - found.keys())
    insert_values(
        EmailAddress,
        ("user", "email", "verified", "primary"),
        [(user.pk, user.email, True, True) for user in made.values()],
    )
    audit.record_many(verb="accounts.account.create", targets=made.values(), by=by, now=now)
    return {**found, **made}


def _no_password() -> str:
    """Return what stands for "no password yet", as Django writes it but made much faster."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)


@transaction.atomic
def set_language(*, user: User, language: str, by: User, now: datetime) -> None:
    """Choose the language of pages and mails.

    Raises NotAllowed for anybody but the person, NotPossibleNow for an unknown language.
    """
    rules.check_can_change(by, user)
    rules.check_language(language)
    User.objects.filter(pk=user.pk).update(language=language)
    audit.record(verb="accounts.account.set_language", target=user, by=by, now=now)


@transaction.atomic
def set_time_zone(*, user: User, time_zone: str, by: User, now: datetime) -> None:
    """Choose where the person's days begin and end.

    Raises NotAllowed for anybody but the person, NotPossibleNow for an unknown zone.
    """
    rules.check_can_change(by, user)
    rules.check_time_zone(time_zone)
    User.objects.filter(pk=user.pk).update(time_zone=time_zone)
    audit.record(verb="accounts.account.set_time_zone", target=user, by=by, now=now)


@transaction.atomic
def set_active(*, user: User, active: bool, by: User, now: datetime) -> None:
    """Switch an account on or off; a person switched off is signed out everywhere at once.

    Raises NotAllowed for anybody but IT, and for one's own account; NotPossibleNow where the
    account is so already.
    """
    rules.check_can_set_active(by, user)
    if not User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active):
        raise NotPossibleNow("This account has just been switched.")
    verb = "accounts.account.switch_on" if active else "accounts.account.switch_off"
    audit.record(verb=verb, target=user, by=by, now=now)


@transaction.atomic
def set_it_access(*, user: User, allowed: bool, by: User | None, now: datetime) -> None:
    """Let a person into the admin for IT, or out of it; it shows accounts and reference data.

    Only whoever runs the server does this, by command: `by` is None then. Raises NotAllowed for
    anybody who asks through a page.
    """
    if by is not None:
        raise NotAllowed("Only whoever runs the server can do this.")
    User.objects.filter(pk=user.pk).update(is_staff=allowed, is_superuser=allowed)
    verb = "accounts.it_access.give" if allowed else "accounts.it_access.take"
    audit.record(verb=verb, target=user, by=by, now=now)


@transaction.atomic
def make_link(
    *, person: User, action: str, target_uid: UUID, now: datetime, lifetime: timedelta
) -> str:
    """Make a link for one person, one action and one thing, and return its secret.

    The secret exists in the mail alone: what is stored is its hash.
    """
    secret = secrets.token_urlsafe(32)
    LinkToken.objects.create(
        hash=queries.link_hash(secret),
        person=person,
        action=action,
        target_uid=target_uid,
        expires_at=now + lifetime,
    )
    return secret


@transaction.atomic
def use_link(*, secret: str, action: str, now: datetime) -> LinkToken:
    """Consume a link and return it: `person` acts on `target_uid`.

    Call it in the transaction of the action, so that a refused action leaves the link whole.
    Raises NotPossibleNow where the link is unknown, used, expired or for another action; two
    uses at once end in one.
    """
    link = queries.find_link(secret, action=action, now=now)
    if link is None or not LinkToken.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise NotPossibleNow(
            "This link has been used or is too old. Sign in to see where things are."
        )
    audit.record(verb="accounts.link.use", target=link, by=link.person, now=now)
    link.used_at = now
    return link


@transaction.atomic
def forget_links(*, now: datetime) -> int:
    """Delete links that ended a month ago or longer, and return how many."""
    return LinkToken.objects.filter(expires_at__lt=now - timedelta(days=30)).delete()[0]


@transaction.atomic
def forget_sessions(*, now: datetime) -> int:
    """Delete the sessions that are over, and return how many; the clockwork's duty."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
