"""Tell a person something; the mail leaves after the caller's transaction commits."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.notices import queries, rules
from mentorwell.notices.emails.kinds import KINDS, Ids
from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import Notice


@transaction.atomic
def tell(
    *,
    person: User,
    kind: str,
    ids: Ids,
    now: datetime,
    urgency: Urgency,
    key: str,
    not_before: datetime | None = None,
    useless_from: datetime | None = None,
) -> None:
    """Put a notice for one person in the outbox, in the caller's transaction.

    `kind` is a registered kind, `ids` what its renderer needs: ids and dates, never text that
    anybody wrote. `key` makes it once: telling the same key again changes nothing, so a key
    names event, thing and person. The mail leaves when it is true, at or after `not_before`,
    outside the person's quiet hours unless URGENT; a DIGEST notice waits for their weekday.
    What would come too late after the quiet hours, at `useless_from`, is urgent.

    Not audited: the caller's own line says what happened. Raises KeyError for a kind that no
    app registered.
    """
    earliest = due_at = max(now, not_before or now)
    if urgency is Urgency.DIGEST:
        choice = queries.mail_choice_of(person)
        due_at = rules.next_digest_moment(
            weekday=choice.digest_weekday, zone=ZoneInfo(person.time_zone), after=earliest
        )
    if useless_from and rules.open_moment_of(person, at=earliest) >= useless_from:
        urgency = Urgency.URGENT
    _put(
        Notice(person=person, language=person.language, urgency=urgency, due_at=due_at),
        not_before=earliest,
        kind=kind,
        ids=ids,
        key=key,
        now=now,
    )


@transaction.atomic
def tell_address(
    *,
    address: str,
    kind: str,
    ids: Ids,
    now: datetime,
    key: str,
    language: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Put a notice for somebody without an account in the outbox; it goes at once.

    For the organisation's neutral person, whose address the office keeps. Otherwise as `tell`.
    """
    earliest = max(now, not_before or now)
    _put(
        Notice(
            address=address,
            language=language or settings.LANGUAGE_CODE,
            urgency=Urgency.URGENT,
            due_at=earliest,
        ),
        not_before=earliest,
        kind=kind,
        ids=ids,
        key=key,
        now=now,
    )


def _put(
    notice: Notice, *, not_before: datetime, kind: str, ids: Ids, key: str, now: datetime
) -> None:
    if kind not in KINDS:
        raise KeyError(f"No app has registered notices of kind {kind}.")
    notice.kind, notice.ids, notice.key = kind, dict(ids), key
    notice.told_at, notice.not_before = now, not_before
    # A key that is there already is left as it is, without breaking the caller's transaction.
    Notice.objects.bulk_create([notice], ignore_conflicts=True)


@transaction.atomic
def mark_seen(*, by: User, now: datetime) -> int:
    """Note that the person has seen what waited on their page, and return how much that was.

    Not audited: when somebody reads is nobody's business.
    """
    return queries.notices_visible_to(by).filter(seen_at=None).update(seen_at=now)


@transaction.atomic
def settle(*, kind: str, about: UUID, now: datetime, person: User | None = None) -> None:
    """Take a question that has been answered off the pages, or off one person's.

    For kinds whose keys begin with the kind and the id of what they are about. Mails need no
    settling: they leave only while they are true. Not audited: the caller's own line says it.
    """
    asked = Notice.objects.filter(kind=kind, key__startswith=f"{kind}:{about}", seen_at=None)
    if person is not None:
        asked = asked.filter(person=person)
    asked.update(seen_at=now)
