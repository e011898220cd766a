"""What a conversation is to be about, and what stays of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import STEP_MOVES, StepState, sources
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.meetings import emails, queries, rules
from mentorwell.meetings.enums import MissedReason
from mentorwell.meetings.models import AgendaPoint, Listening, Meeting, Step, Takeaway
from mentorwell.meetings.services.dates import (
    log_meeting,
    miss_meeting,
    propose_meeting,
    take_meetings_turn,
    tell,
)
from mentorwell.mentorships.queries import agenda_owners
from mentorwell.mentorships.rules import check_can_take_part
from mentorwell.notices import services as notices


ASK_FROM, ASK_UNTIL = timedelta(hours=24), timedelta(hours=48)
"""An empty agenda is asked for within this span before the meeting."""
ASK_WHETHER_FOR = timedelta(days=3)
"""Whether they met is asked of meetings no older than this."""


@dataclass(frozen=True)
class NextStep:
    """A step that one of the members takes on, perhaps by a day."""

    words: str
    owner_id: int
    due_date: date | None = None


@transaction.atomic
def set_agenda(*, meeting: Meeting, points: Sequence[str], by: User, now: datetime) -> None:
    """Write the points of an agenda anew; what was ticked and still stands stays ticked.

    Raises NotAllowed for anybody but a member; NotPossibleNow where another brings the agenda,
    the meeting is over or off, the mentorship rests or has ended, or the points are too many or
    too long.
    """
    take_meetings_turn(meeting=meeting)
    member = rules.check_can_set_agenda(by, meeting)
    written = [point.strip() for point in points if point.strip()]
    rules.check_points(written)
    done = {point.words: point.done_at for point in meeting.points.all()}
    meeting.points.all().delete()
    AgendaPoint.objects.bulk_create(
        AgendaPoint(
            meeting=meeting, place=place, words=words, written_by=member, done_at=done.get(words)
        )
        for place, words in enumerate(written)
    )
    notices.settle(kind=emails.AGENDA_WANTED, about=meeting.uid, now=now)
    audit.record(verb="meetings.agenda.set", target=meeting, by=by, now=now)


@transaction.atomic
def tick_point(*, point: AgendaPoint, done: bool, by: User, now: datetime) -> None:
    """Tick a point as talked about, or take the tick back.

    Not audited: what is talked about, and for how long, is nobody's business. Raises NotAllowed
    for anybody but a member; NotPossibleNow where the mentorship rests or has ended.
    """
    check_can_take_part(by, point.meeting.mentorship)
    AgendaPoint.objects.filter(pk=point.pk).update(done_at=now if done else None)


@transaction.atomic
def keep_of_meeting(
    *,
    meeting: Meeting,
    takeaway: str,
    steps: Sequence[NextStep],
    listened: int | None,
    by: User,
    now: datetime,
) -> None:
    """Keep what stays of a meeting: a line or two, next steps, and privately how one listened.

    Written again, the line and the answer replace the earlier ones; an empty line takes it back,
    and a step that stands already is not written twice.
    How one listened is not audited. Raises NotAllowed for anybody but a member; NotPossibleNow
    where they have not met, or a word, a day or an owner cannot be.
    """
    take_meetings_turn(meeting=meeting)
    member = rules.check_can_keep(by, meeting)
    rules.check_kept(takeaway, listened)
    owners = {each.pk: each for each in meeting.mentorship.members.filter(left_at=None)}
    if len(steps) > rules.STEPS_MOST or any(step.owner_id not in owners for step in steps):
        raise NotPossibleNow("Give each step to one of you, up to three at a time.")
    for step in steps:
        rules.check_step(step.words, step.due_date, today=day_in(by.time_zone, now))
    _keep_words(meeting, member.pk, takeaway.strip(), now)
    if listened is not None:
        Listening.objects.update_or_create(
            meeting=meeting,
            membership=member,
            defaults={"answer": str(listened), "written_at": now},
        )
    standing = {(step.owner_id, step.words) for step in meeting.steps.all()}
    for step in steps:
        if (step.owner_id, step.words.strip()) in standing:
            continue  # sent twice
        Step.objects.create(
            mentorship=meeting.mentorship,
            meeting=meeting,
            words=step.words.strip(),
            owner=owners[step.owner_id],
            due_date=step.due_date,
            written_at=now,
        )
    audit.record(verb="meetings.meeting.keep", target=meeting, by=by, now=now)


def _keep_words(meeting: Meeting, membership_id: int, words: str, now: datetime) -> None:
    if words:
        Takeaway.objects.update_or_create(
            meeting=meeting,
            membership_id=membership_id,
            defaults={"words": words, "written_at": now},
        )
    else:
        Takeaway.objects.filter(meeting=meeting, membership_id=membership_id).delete()


@transaction.atomic
def settle_step(*, step: Step, to: StepState, by: User, now: datetime) -> None:
    """Tick a step as done, let it go, or open it again.

    Raises NotAllowed for anybody but its owner; NotPossibleNow where it has just been settled.
    """
    rules.check_can_settle(by, step, to)
    settled_at = None if to == StepState.OPEN else now
    moved = Step.objects.filter(pk=step.pk, state__in=sources(STEP_MOVES, to)).update(
        state=to, settled_at=settled_at
    )
    if not moved:
        raise NotPossibleNow("This step has just been settled. Look at the page again.")
    audit.record(verb="meetings.step.settle", target=step, by=by, now=now)


@transaction.atomic
def log_by_link(
    *,
    secret: str,
    held: bool,
    now: datetime,
    minutes: int | None = None,
    because: MissedReason | None = None,
) -> Meeting:
    """Say from the mailed link whether a meeting took place, as the person it was mailed to.

    The link is used up only if the answer counts. Raises NotPossibleNow where the link is used,
    too old or unknown, and whatever logging raises.
    """
    link = accounts.use_link(secret=secret, action=emails.LOG, now=now)
    meeting = queries.meetings_visible_to(link.person).filter(uid=link.target_uid).first()
    if meeting is None:
        raise NotPossibleNow("This link opens nothing any more. Sign in to see where things are.")
    if held:
        log_meeting(meeting=meeting, by=link.person, now=now, minutes=minutes)
    else:
        miss_meeting(meeting=meeting, by=link.person, now=now, because=because)
    return meeting


@transaction.atomic
def meet_again(*, meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Offer the others the same weekday and hour of the next weeks, for a meeting that was missed.

    Raises as `propose_meeting`; NotPossibleNow where the meeting never had a time.
    """
    times = queries.times_to_meet_again(meeting, now=now)
    if not times:
        raise NotPossibleNow("This meeting never had a time. Offer some.")
    return propose_meeting(
        mentorship=meeting.mentorship,
        times=times,
        minutes=meeting.minutes,
        where=meeting.where,
        time_zone=meeting.time_zone,
        kind=meeting.kind,
        by=by,
        now=now,
    )


def ask_for_agendas(*, now: datetime) -> int:
    """Ask whoever brings an agenda that is still empty, a day or two ahead, once a meeting.

    A duty of the clockwork. Return for how many meetings.
    """
    due = queries.meetings_without_agenda(now=now, soonest=ASK_FROM, latest=ASK_UNTIL)
    return sum(_ask(meeting, "agenda_asked_at", emails.AGENDA_WANTED, now) for meeting in due)


def ask_whether_held(*, now: datetime) -> int:
    """Ask whoever brings the agenda whether a meeting took place, once it is over.

    One answer is enough, so the others are left in peace; their pages ask them. A duty of the
    clockwork. Return for how many meetings.
    """
    due = queries.meetings_over(now=now, for_most=ASK_WHETHER_FOR)
    return sum(_ask(meeting, "held_asked_at", emails.HELD_ASKED, now) for meeting in due)


@transaction.atomic
def _ask(meeting: Meeting, field: str, kind: str, now: datetime) -> bool:
    waiting = Meeting.objects.filter(pk=meeting.pk, state=meeting.state, **{field: None})
    if not waiting.update(**{field: now}):
        return False  # another worker was quicker, or it has been said meanwhile
    audit.record(verb=kind, target=meeting, by=None, now=now)
    tell(meeting=meeting, members=agenda_owners(meeting.mentorship), kind=kind, now=now)
    return True
