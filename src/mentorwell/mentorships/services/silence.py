"""After a long silence both are asked; after a longer one it ends kindly."""

from datetime import datetime
from functools import partial

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.foundation.clockwork import in_turn
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.models import Mentorship
from mentorwell.mentorships.services.endings import begin_closing, close
from mentorwell.mentorships.services.places import release_places
from mentorwell.mentorships.services.states import change, note_sign_of_life, take_turn
from mentorwell.mentorships.services.telling import tell_members
from mentorwell.notices.models import Notice
from mentorwell.notices.queries import reached_by


@transaction.atomic
def say_all_is_well(*, mentorship: Mentorship, by: User, now: datetime) -> None:
    """Answer the question after a silence: we are fine. The days are counted anew.

    Raises NotAllowed for anybody but a member, NotPossibleNow where it rests or has ended.
    """
    take_turn(mentorship=mentorship)
    rules.check_can_take_part(by, mentorship)
    note_sign_of_life(mentorship=mentorship, now=now, met=True)
    audit.record(verb="mentorships.mentorship.all_is_well", target=mentorship, by=by, now=now)


def ask_about_silence(*, now: datetime) -> int:
    """Ask the members of silent mentorships whether to book, pause or finish; return how many.

    Silent is a running mentorship without a meeting for the programme's `silent_days`. Days on
    which a member has a block, such as leave or nights, do not count, nor does the time before
    a meeting that has a date; while a member's participation is paused the clock stands at
    zero. Everybody is asked once for each silence. A duty of the clockwork.
    """
    queries.with_somebody_away(now).update(silent_since=now, silence_asked_at=None)
    silent = [
        mentorship
        for mentorship in queries.running_without_meeting(now)
        if queries.quiet_until(
            mentorship,
            since=queries.silent_since(mentorship),
            days=mentorship.programme.policy.silent_days,
        )
        <= now
    ]
    return in_turn(partial(_ask, mentorship, now) for mentorship in silent)


@transaction.atomic
def _ask(mentorship: Mentorship, now: datetime) -> bool:
    seen = queries.silent_since(mentorship)
    take_turn(mentorship=mentorship)
    if queries.silent_since(mentorship) != seen or mentorship.silence_asked_at is not None:
        return False  # a sign of life, or another worker, came first
    change(mentorship=mentorship, silence_asked_at=now)
    audit.record(verb="mentorships.mentorship.ask_silent", target=mentorship, by=None, now=now)
    tell_members(
        members=queries.members_at_it(mentorship),
        kind=emails.SILENCE_ASKED,
        about=mentorship,
        mentorship=mentorship,
        now=now,
        once=now.isoformat(),
    )
    return True


def close_silent(*, now: datetime) -> int:
    """Close the mentorships whose members have not answered; return how many.

    They had the programme's `closing_days` since the question reached the last of them; days
    on which one of them has a block do not count. Everybody is told kindly, and the places are
    free. A duty of the clockwork.
    """
    asked = queries.asked_about_silence()
    return in_turn(partial(_close_if_still_silent, mentorship, now) for mentorship in asked)


def _close_if_still_silent(mentorship: Mentorship, now: datetime) -> bool:
    asked_at = mentorship.silence_asked_at or now
    question = Notice.objects.filter(
        kind=emails.SILENCE_ASKED, ids__mentorship=str(mentorship.uid), told_at=asked_at
    )
    since = reached_by(question, now=now) or asked_at
    days = mentorship.programme.policy.closing_days
    over = queries.quiet_until(mentorship, since=since, days=days) <= now
    return over and _close(mentorship, asked_at, now)


@transaction.atomic
def _close(mentorship: Mentorship, asked_at: datetime, now: datetime) -> bool:
    take_turn(mentorship=mentorship)
    if mentorship.silence_asked_at != asked_at or mentorship.state not in queries.RUNNING:
        return False  # somebody gave a sign, paused or ended it, while this one waited
    release_places(members=queries.members_at_it(mentorship), now=now)
    begin_closing(mentorship=mentorship, closing_at=now)
    return close(mentorship=mentorship, by=None, now=now, ripe_at=now, kind=emails.ENDED_SILENTLY)
