"""A secret address for one's own calendar program."""

import secrets
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.accounts.queries import link_hash
from mentorwell.audit import services as audit
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.meetings.models import Feed


@transaction.atomic
def make_feed(*, by: User, now: datetime) -> str:
    """Make the person's calendar address, or a new one instead of the old, and return its secret.

    The secret is shown this once: what is stored is its hash. An old address shows nothing from
    now on.
    """
    secret = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(person=by, defaults={"hash": link_hash(secret), "made_at": now})
    audit.record(verb="meetings.feed.make", target=by, by=by, now=now)
    return secret


@transaction.atomic
def stop_feed(*, by: User, now: datetime) -> None:
    """Take the person's calendar address away. Raises NotPossibleNow where there is none."""
    if not Feed.objects.filter(person=by).delete()[0]:
        raise NotPossibleNow("You have no calendar address.")
    audit.record(verb="meetings.feed.stop", target=by, by=by, now=now)


@transaction.atomic
def name_partners(*, names: bool, by: User, now: datetime) -> None:
    """Let the entries name the others, or no more. Raises NotPossibleNow without an address."""
    if not Feed.objects.filter(person=by).update(names_partners=names):
        raise NotPossibleNow("You have no calendar address.")
    audit.record(verb="meetings.feed.set_names", target=by, by=by, now=now)
