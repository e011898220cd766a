"""Mail leaves here, and nowhere else.

Each step is a short transaction of its own, because the mail server stands between them and
no transaction may wait for a mail server: a notice is claimed, rendered, handed over, noted
as sent. `docs/adr/0005-mail-leaves-once.md` says what happens when a worker dies in between.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum, auto
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any
from uuid import uuid4

from django.core.mail import get_connection
from django.db.models import F

from mentorwell.foundation.errors import where
from mentorwell.notices import emails, queries, rules
from mentorwell.notices.enums import NoticeState, Urgency
from mentorwell.notices.models import Notice


logger = logging.getLogger(__name__)

# A server may look long at a mail before it says "taken"; who hangs up too early sends it twice.
PATIENCE_SECONDS = 120
LEASE = timedelta(minutes=30)  # longer than ten answers of such a server
PERMANENT = 500  # SMTP answers from here on will not change by asking again


class Outcome(Enum):
    """What became of one attempt to send."""

    NOTHING_DUE = auto()
    DONE = auto()  # sent, or rightly not sent; the next may follow
    SERVER_DOWN = auto()  # no use in trying the next one now


def send_next(*, now: datetime) -> Outcome:
    """Send the notice that is due longest, and say whether to go on.

    Any number of workers may call this at once; a notice is claimed by one of them. Where the
    mail server cannot be reached the notice waits 1, 2, 4, ... at most 30 minutes, and where it
    says that it will never take this mail, at most a day. No notice is ever given up while it is
    true; `queries.refused_notices` lists those that somebody should look at.
    """
    notice = _claim(now)
    if notice is None:
        return Outcome.NOTHING_DUE
    try:
        mail = None if _gone(notice) else emails.render(notice, now=now)
    except Exception as error:  # noqa: BLE001 -- one broken notice must not stop the others
        logger.error("A notice cannot be rendered: %s\n%s", notice.kind, where(error))  # noqa: TRY400 -- see `where`
        _try_later(notice, error, now)
        return Outcome.DONE
    if mail is None:
        _finish(notice, state=NoticeState.DROPPED)
        return Outcome.DONE
    open_at = _open_moment(notice, now)
    if open_at > now:
        _finish(notice, state=NoticeState.WAITING, due_at=open_at, attempts=notice.attempts - 1)
        return Outcome.DONE
    return _hand_over(notice, mail, now)


def drop_overdue(*, before: datetime) -> int:
    """Leave unsent what was due before a moment, and return how many notices that was.

    For an installation that comes back from an old backup, or that begins with a history:
    mails of the past would only confuse. On the pages the notices stay where they are.
    """
    return Notice.objects.filter(state=NoticeState.WAITING, due_at__lt=before).update(
        state=NoticeState.DROPPED
    )


def _claim(now: datetime) -> Notice | None:
    while due := list(queries.due_notices(now=now).select_related("person")[:20]):
        for notice in due:
            notice.lease = uuid4()
            notice.attempts += 1
            claimed = (
                queries.due_notices(now=now)
                .filter(pk=notice.pk)
                .update(
                    state=NoticeState.SENDING,
                    lease=notice.lease,
                    leased_until=now + LEASE,
                    attempts=F("attempts") + 1,
                )
            )
            if claimed:
                return notice
    return None


def _gone(notice: Notice) -> bool:
    return notice.person is not None and not notice.person.is_active


def _open_moment(notice: Notice, now: datetime) -> datetime:
    if notice.person is None or notice.urgency == Urgency.URGENT:
        return now
    return rules.open_moment_of(notice.person, at=now)


def _hand_over(notice: Notice, mail: emails.Mail, now: datetime) -> Outcome:
    connection = get_connection(timeout=PATIENCE_SECONDS)
    try:
        connection.open()
        message = emails.compose(notice, mail, now=now)
        message.connection = connection
        message.send()
        # Noted before the goodbye: a server that hangs up early has the mail all the same.
        _finish(notice, state=NoticeState.SENT, sent_at=now, problem="")
    except (SMTPRecipientsRefused, SMTPDataError) as refused:
        _try_later(notice, refused, now, for_good=_is_for_good(refused))
        return Outcome.DONE
    except (SMTPException, OSError) as error:
        _try_later(notice, error, now)
        return Outcome.SERVER_DOWN
    except Exception as error:  # noqa: BLE001 -- as above: this mail is ill, not the server
        logger.error("A mail cannot be composed: %s\n%s", notice.kind, where(error))  # noqa: TRY400 -- see `where`
        _try_later(notice, error, now)
        return Outcome.DONE
    finally:
        with suppress(SMTPException, OSError):
            connection.close()
    return Outcome.DONE


def _is_for_good(refused: SMTPRecipientsRefused | SMTPDataError) -> bool:
    if isinstance(refused, SMTPDataError):
        return refused.smtp_code >= PERMANENT
    return all(code >= PERMANENT for code, _ in refused.recipients.values())


def _try_later(notice: Notice, error: Exception, now: datetime, *, for_good: bool = False) -> None:
    _finish(
        notice,
        state=NoticeState.WAITING,
        due_at=now + rules.pause_after(attempts=notice.attempts, for_good=for_good),
        problem=type(error).__name__,
    )


def _finish(notice: Notice, **changes: Any) -> None:
    """Let go of a notice if the lease is still ours; another worker's claim is left alone."""
    Notice.objects.filter(pk=notice.pk, lease=notice.lease).update(
        lease=None, leased_until=None, **changes
    )
