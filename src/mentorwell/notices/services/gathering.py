"""What could wait becomes one digest a week."""

from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.foundation.clockwork import in_turn
from mentorwell.notices import emails, queries, rules
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import Notice


MONTH = timedelta(days=31)
WEEK = timedelta(days=7)
MAILS_BEFORE_DIGEST = 3


def gather_digests(*, now: datetime) -> int:
    """Make the digests whose weekday has come, and return how many.

    Nothing due means no digest. Whoever switched the digest off keeps the notices on their
    page. Whoever had three mails within a month, calendar entries aside, gets the digest a
    week later, but no thing is put off twice: an inbox stays quiet, and nothing waits for ever.
    Not audited: nobody acts.
    """
    people = User.objects.filter(pk__in=queries.due_for_digest(now=now).values("person"))
    return in_turn(partial(_gather, person, now) for person in people.order_by("pk"))


@transaction.atomic
def _gather(person: User, now: datetime) -> bool:
    due = queries.due_for_digest(now=now).filter(person=person)
    choice = queries.mail_choice_of(person)
    if not choice.digest:
        due.update(state=NoticeState.KEPT)
        return False
    recent = queries.mails_sent_to(person, since=now - MONTH, but=emails.calendar_kinds())
    put_off = due.filter(not_before__lt=now - WEEK).exists()
    if recent >= MAILS_BEFORE_DIGEST and not put_off:
        zone = ZoneInfo(person.time_zone)
        due.update(
            due_at=rules.next_digest_moment(weekday=choice.digest_weekday, zone=zone, after=now)
        )
        return False
    first = due.order_by("pk").first()
    if first is None:
        return False
    uid = uuid4()
    # The key names the first thing in it, so two workers at once make one digest of it.
    digest, made = Notice.objects.get_or_create(
        key=f"{queries.DIGEST_KIND}:{first.uid}",
        defaults={
            "uid": uid,
            "person": person,
            "kind": queries.DIGEST_KIND,
            "ids": {"digest": str(uid)},
            "language": person.language,
            "urgency": Urgency.AT_ONCE,
            "told_at": now,
            "not_before": now,
            "due_at": now,
        },
    )
    if made:
        due.update(state=NoticeState.GATHERED, gathered_in=digest)
    return made
