"""Times offered, chosen, moved and called off; what was held."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.accounts.rules import check_time_zone
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import MeetingState
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.meetings import emails, queries, rules
from mentorwell.meetings.enums import MeetingKind, MissedReason
from mentorwell.meetings.models import Meeting, Offer
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.queries import members_at_it
from mentorwell.mentorships.services import (
    note_arranged,
    note_first_meeting,
    note_sign_of_life,
    set_going,
    take_turn,
)
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency


SOON = timedelta(hours=24)
"""What is off within this time ignores quiet hours; the reminder comes this long before."""


@transaction.atomic
def propose_meeting(
    *,
    mentorship: Mentorship,
    times: Sequence[datetime],
    minutes: int,
    where: str,
    time_zone: str,
    by: User,
    now: datetime,
    kind: str = MeetingKind.TALK,
) -> Meeting:
    """Offer the others one to five times for a meeting, in the zone they are meant in.

    The same times, offered once more by the same member, are the proposal that waits already.
    Raises NotAllowed for anybody but a member; NotPossibleNow where the mentorship rests or has
    ended, its format has had its meetings, or times, length, place or zone cannot be.
    """
    take_turn(mentorship=mentorship)
    member = rules.check_can_propose(by, mentorship)
    rules.check_times(times, now=now)
    rules.check_setting(minutes=minutes, where=where)
    check_time_zone(time_zone)
    waiting = queries.same_proposal(mentorship, member, times)
    if waiting is not None:
        return waiting
    meeting = Meeting.objects.create(
        mentorship=mentorship,
        minutes=minutes,
        where=where.strip(),
        kind=MeetingKind(kind),
        time_zone=time_zone,
        proposed_by=member,
        proposed_at=now,
    )
    audit.record(verb="meetings.meeting.propose", target=meeting, by=by, now=now)
    _offer(meeting, member, times, now)
    return meeting


@transaction.atomic
def offer_other_times(
    *, meeting: Meeting, times: Sequence[datetime], by: User, now: datetime
) -> None:
    """Offer other times instead of those that wait; whoever else is in it chooses.

    Raises NotAllowed for anybody but a member; NotPossibleNow where a time has been chosen, the
    meeting is off, the mentorship rests or has ended, or the times cannot be.
    """
    take_meetings_turn(meeting=meeting)
    member = rules.check_can_offer(by, meeting)
    rules.check_times(times, now=now)
    audit.record(verb="meetings.meeting.offer", target=meeting, by=by, now=now)
    _offer(meeting, member, times, now)


@transaction.atomic
def choose_time(*, offer: Offer, by: User, now: datetime) -> None:
    """Choose one of the times: the meeting has a date, and everybody's calendar learns of it.

    With the first date a mentorship is under way. Raises NotAllowed for anybody but a member;
    NotPossibleNow where the offer has changed, the time has passed, the user offered it
    themselves, or the mentorship rests or has ended.
    """
    meeting = offer.meeting
    take_meetings_turn(meeting=meeting)
    rules.check_can_choose(by, meeting)
    if not meeting.offers.filter(pk=offer.pk).exists():
        raise NotPossibleNow("These times have just been changed. Look at the new ones.")
    rules.check_times([offer.starts_at], now=now)
    # The first date is change 0; after a move the calendar has seen others before.
    sequence = 0 if meeting.starts_at is None else meeting.sequence + 1
    soon = offer.starts_at - now <= SOON
    notices.settle(kind=emails.PROPOSED, about=meeting.uid, now=now)
    _change(
        meeting,
        state=MeetingState.SCHEDULED,
        starts_at=offer.starts_at,
        sequence=sequence,
        reminded_at=now if soon else None,  # who just said yes to tomorrow needs no reminder
        agenda_asked_at=None,  # another date has an agenda to come
    )
    set_going(mentorship=meeting.mentorship)
    note_sign_of_life(mentorship=meeting.mentorship, now=now)
    audit.record(verb="meetings.meeting.schedule", target=meeting, by=by, now=now)
    tell(meeting=meeting, members=members_at_it(meeting.mentorship), kind=emails.SCHEDULED, now=now)


@transaction.atomic
def move_meeting(*, meeting: Meeting, times: Sequence[datetime], by: User, now: datetime) -> None:
    """Take a meeting's date back and offer others; calendars take the old one out.

    Raises NotAllowed for anybody but a member; NotPossibleNow where it has no date ahead, the
    mentorship rests or has ended, or the times cannot be.
    """
    take_meetings_turn(meeting=meeting)
    member = rules.check_can_move(by, meeting, now=now)
    rules.check_times(times, now=now)
    _call_off(meeting, MeetingState.PROPOSED, now)
    audit.record(verb="meetings.meeting.move", target=meeting, by=by, now=now)
    _offer(meeting, member, times, now)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: User, now: datetime) -> None:
    """Call a meeting off; calendars take it out.

    Raises NotAllowed for anybody but a member; NotPossibleNow where its time has come, it is
    off already, or the mentorship has ended.
    """
    take_meetings_turn(meeting=meeting)
    rules.check_can_cancel(by, meeting, now=now)
    _call_off(meeting, MeetingState.CANCELLED, now)
    note_sign_of_life(mentorship=meeting.mentorship, now=now)
    audit.record(verb="meetings.meeting.cancel", target=meeting, by=by, now=now)


@transaction.atomic
def log_meeting(*, meeting: Meeting, by: User, now: datetime, minutes: int | None = None) -> None:
    """Say that a meeting was held, and how long; without `minutes`, as long as planned.

    Also what was logged as missed may turn out to have been held. Raises NotAllowed for anybody
    but a member; NotPossibleNow where its time has not come or it has been logged or called off.
    """
    take_meetings_turn(meeting=meeting)
    rules.check_can_log(by, meeting, now=now)
    held = meeting.minutes if minutes is None else minutes
    rules.check_minutes_held(held)
    notices.settle(kind=emails.HELD_ASKED, about=meeting.uid, now=now)
    _change(
        meeting,
        state=MeetingState.HELD,
        minutes_held=held,
        logged_at=now,
        missed_because="",
    )
    _note_first(meeting.mentorship)
    note_sign_of_life(mentorship=meeting.mentorship, now=now, met=True)
    audit.record(verb="meetings.meeting.log", target=meeting, by=by, now=now)


@transaction.atomic
def miss_meeting(
    *, meeting: Meeting, by: User, now: datetime, because: MissedReason | None = None
) -> None:
    """Say that a meeting did not take place, and why if one likes; the members read it.

    Also what was logged as held by mistake, for a week. Raises NotAllowed for anybody but a
    member; NotPossibleNow where its time has not come or it has been logged or called off.
    """
    take_meetings_turn(meeting=meeting)
    rules.check_can_miss(by, meeting, now=now)
    notices.settle(kind=emails.HELD_ASKED, about=meeting.uid, now=now)
    _change(
        meeting,
        state=MeetingState.MISSED,
        minutes_held=None,
        logged_at=now,
        missed_because=because or "",
    )
    _note_first(meeting.mentorship)
    note_sign_of_life(mentorship=meeting.mentorship, now=now)
    audit.record(verb="meetings.meeting.miss", target=meeting, by=by, now=now)


@transaction.atomic
def call_off_all(*, mentorship: Mentorship, by: User | None, now: datetime) -> None:
    """Call off what lies ahead in a mentorship that has closed or rests, whoever may act in it."""
    for meeting in queries.meetings_ahead(mentorship, now=now):
        _call_off(meeting, MeetingState.CANCELLED, now)
        audit.record(verb="meetings.meeting.cancel", target=meeting, by=by, now=now)


def remind_of_meetings(*, now: datetime) -> int:
    """Remind members of their meetings a day ahead, once each; return how many meetings.

    A duty of the clockwork. Quiet hours are kept: what falls into them is said when they end.
    """
    due = queries.meetings_to_remind_of(now=now, ahead=SOON)
    return sum(_remind(meeting, now) for meeting in due)


@transaction.atomic
def _remind(meeting: Meeting, now: datetime) -> bool:
    waiting = Meeting.objects.filter(
        pk=meeting.pk, state=MeetingState.SCHEDULED, reminded_at=None, sequence=meeting.sequence
    )
    if not waiting.update(reminded_at=now):
        return False  # moved, called off or reminded of while this one waited
    audit.record(verb="meetings.meeting.remind", target=meeting, by=None, now=now)
    members = members_at_it(meeting.mentorship)
    tell(meeting=meeting, members=members, kind=emails.REMINDER, now=now)
    return True


def take_meetings_turn(*, meeting: Meeting) -> None:
    """Take the mentorship's turn and read the meeting afresh; see `mentorships.take_turn`."""
    take_turn(mentorship=meeting.mentorship)
    meeting.refresh_from_db(
        fields=["state", "starts_at", "sequence", "proposed_by", "minutes", "where", "logged_at"]
    )


def _note_first(mentorship: Mentorship) -> None:
    note_first_meeting(mentorship=mentorship, met_at=queries.first_held(mentorship))


def _change(meeting: Meeting, **fields: object) -> None:
    Meeting.objects.filter(pk=meeting.pk, state=meeting.state).update(**fields)
    for name, value in fields.items():
        setattr(meeting, name, value)
    if "state" in fields:
        until = queries.arranged_until(meeting.mentorship)
        note_arranged(mentorship=meeting.mentorship, until=until)


@transaction.atomic
def change_setting(
    *,
    meeting: Meeting,
    minutes: int,
    where: str,
    by: User,
    now: datetime,
    kind: str = MeetingKind.TALK,
) -> None:
    """Say how long a meeting is to be, where, and of what kind, while it lies ahead.

    Once it has a date the others are told, and where it is longer or shorter everybody's
    calendar is. Raises NotAllowed for anybody but a member; NotPossibleNow where its time has
    come, it is off, the mentorship rests or has ended, or length or place cannot be.
    """
    take_meetings_turn(meeting=meeting)
    member = rules.check_can_set(by, meeting, now=now)
    rules.check_setting(minutes=minutes, where=where)
    longer_or_shorter = minutes != meeting.minutes
    Meeting.objects.filter(pk=meeting.pk).update(kind=MeetingKind(kind))
    if not longer_or_shorter and where.strip() == meeting.where:
        return
    has_date = meeting.state == MeetingState.SCHEDULED
    sequence = meeting.sequence + (has_date and longer_or_shorter)
    _change(meeting, minutes=minutes, where=where.strip(), sequence=sequence)
    audit.record(verb="meetings.meeting.set", target=meeting, by=by, now=now)
    if has_date:
        members = members_at_it(meeting.mentorship)
        told = [each for each in members if longer_or_shorter or each.pk != member.pk]
        tell(meeting=meeting, members=told, kind=emails.CHANGED, now=now, once=now.isoformat())


def _offer(meeting: Meeting, member: Membership, times: Iterable[datetime], now: datetime) -> None:
    meeting.offers.all().delete()
    Offer.objects.bulk_create(Offer(meeting=meeting, starts_at=at) for at in sorted(times))
    notices.settle(kind=emails.PROPOSED, about=meeting.uid, now=now)
    _change(meeting, proposed_by=member, proposed_at=now)
    note_sign_of_life(mentorship=meeting.mentorship, now=now)
    others = [each for each in members_at_it(meeting.mentorship) if each.pk != member.pk]
    tell(meeting=meeting, members=others, kind=emails.PROPOSED, now=now, once=now.isoformat())


def _call_off(meeting: Meeting, to: MeetingState, now: datetime) -> None:
    had_a_date = meeting.state == MeetingState.SCHEDULED
    notices.settle(kind=emails.PROPOSED, about=meeting.uid, now=now)
    _change(meeting, state=to, sequence=meeting.sequence + had_a_date)
    if had_a_date:
        # Everyone who was in it has it in their calendar, also after they have left.
        members = meeting.mentorship.members.select_related("participation__person")
        tell(meeting=meeting, members=members, kind=emails.CALLED_OFF, now=now)


def tell(
    *,
    meeting: Meeting,
    members: Iterable[Membership],
    kind: str,
    now: datetime,
    once: str = "",
) -> None:
    """Tell these members something of a meeting, once for each change of it and each `once`."""
    starts_at = meeting.starts_at
    too_late = starts_at is not None and starts_at - now <= SOON and kind == emails.CALLED_OFF
    tells_a_date = kind in {emails.SCHEDULED, emails.CHANGED}
    for member in members:
        notices.tell(
            person=member.participation.person,
            kind=kind,
            ids=emails.meeting_ids(meeting),
            now=now,
            urgency=Urgency.URGENT if too_late else Urgency.AT_ONCE,
            useless_from=starts_at if tells_a_date else None,
            key=f"{kind}:{meeting.uid}:{meeting.sequence}:{member.uid}:{once}",
        )
