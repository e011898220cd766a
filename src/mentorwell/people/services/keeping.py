"""What people keep to themselves: whom they keep away, and what they have not sent yet.

Nothing here leaves an audit line. The trail is read by those who run the installation, and a
line "somebody excluded somebody" at a certain minute is what a private wish must not leave;
half-typed text is nobody's business either.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.people.enums import ExclusionReason
from mentorwell.people.models import Draft, Exclusion, Profile
from mentorwell.people.services.moving import pool_changed


DRAFT_MOST = 20_000  # letters; no form of ours takes more


@transaction.atomic
def exclude_person(
    *,
    other: User,
    by: User,
    now: datetime,
    reason: ExclusionReason = ExclusionReason.PLEASE_NOT,
) -> None:
    """Keep somebody away, both ways and everywhere, without a reason; they never learn of it.

    Unaudited on purpose, see this module. For the same reason an open invitation between the
    two is not let go in this moment but by the clockwork, within the hour; nobody can accept
    it meanwhile. Doing it again changes the reason. Raises NotPossibleNow for oneself.
    """
    del now
    if other.pk == by.pk:
        raise NotPossibleNow("You cannot exclude yourself.")
    Exclusion.objects.update_or_create(person=by, other=other, defaults={"reason": reason})
    pool_changed(people=[by.pk])


@transaction.atomic
def unexclude(*, exclusion: Exclusion, by: User, now: datetime) -> None:
    """Let somebody back in; if they keep the person away too, that wish still holds.

    Unaudited on purpose, see this module. Somebody else's exclusion is left as it is.
    """
    del now
    Exclusion.objects.filter(pk=exclusion.pk, person=by).delete()
    pool_changed(people=[by.pk])


@transaction.atomic
def hide_evaluators(*, hide: bool, by: User, now: datetime) -> None:
    """Choose whether lists leave out mentors who are known to evaluate oneself.

    Unaudited on purpose, see this module.
    """
    del now
    Profile.objects.filter(person=by).update(hide_evaluators=hide)


@transaction.atomic
def keep_draft(*, key: str, fields: Mapping[str, Sequence[str]], by: User, now: datetime) -> None:
    """Keep a form as it stands, sealed, so that it is there again on the next visit.

    Unaudited on purpose, see this module. Raises NotPossibleNow for more than any form takes.
    """
    text = json.dumps({name: list(values) for name, values in fields.items()})
    if len(text) > DRAFT_MOST:
        raise NotPossibleNow("This is more than we can keep.")
    Draft.objects.update_or_create(person=by, key=key, defaults={"text": text, "kept_at": now})


@transaction.atomic
def drop_draft(*, key: str, by: User, now: datetime) -> None:
    """Forget a kept form, as when it has been sent. Unaudited on purpose, see this module."""
    del now
    Draft.objects.filter(person=by, key=key).delete()
