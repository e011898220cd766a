"""Resting for a while, and stopping contact when something is not right."""

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import MembershipState, MentorshipState
from mentorwell.foundation.clock import day_in
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.hooks import MentorshipPaused, mentorship_paused
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.mentorships.services.states import move, note_sign_of_life, take_turn
from mentorwell.mentorships.services.telling import tell_members
from mentorwell.notices import services as notices
from mentorwell.people import services as people
from mentorwell.people.queries import exclusions_of
from mentorwell.programmes.queries import today


A_DAY = timedelta(days=1)  # east of Greenwich it is tomorrow before it is so here


@transaction.atomic
def pause_mentorship(
    *,
    mentorship: Mentorship,
    by: User,
    now: datetime,
    until_date: date | None = None,
    cancel_meetings: bool = False,
) -> None:
    """Rest as one of the members, until a day or until one comes back.

    Where too few members are left for the format, the mentorship rests with them: nothing can
    be proposed, and the others read that it is paused. Meetings that lie ahead stay unless
    `cancel_meetings`. Places stay held.

    Raises NotAllowed for anybody but a member; NotPossibleNow where it rests or has ended for
    them, or the day is past or more than a year ahead.
    """
    take_turn(mentorship=mentorship)
    member = rules.check_can_pause(by, mentorship)
    rules.check_pause_date(until_date, today=day_in(by.time_zone, now))
    _rest(member, mentorship, now=now, until_date=until_date)
    if mentorship_rests(mentorship=mentorship) and cancel_meetings:
        mentorship_paused.announce(MentorshipPaused(mentorship_id=mentorship.pk, by=by, now=now))
    audit.record(verb="mentorships.mentorship.pause", target=mentorship, by=by, now=now)


def mentorship_rests(*, mentorship: Mentorship) -> bool:
    """Answer whether nobody can act in it for now."""
    return queries.state_beneath(mentorship) == MentorshipState.PAUSED


def _rest(
    member: Membership,
    mentorship: Mentorship,
    *,
    now: datetime,
    until_date: date | None = None,
    contact_stopped_at: datetime | None = None,
) -> None:
    Membership.objects.filter(pk=member.pk, left_at=None).update(
        state=MembershipState.PAUSED,
        paused_until_date=until_date,
        contact_stopped_at=contact_stopped_at,
    )
    members = queries.members_at_it(mentorship)
    at_it = [each for each in members if each.state == MembershipState.JOINED]
    form = rules.known_format(mentorship.format)
    if rules.too_few(form, at_it) and not mentorship_rests(mentorship=mentorship):
        pause(mentorship=mentorship, tell=[each for each in at_it if each.pk != member.pk], now=now)


def pause(*, mentorship: Mentorship, tell: list[Membership], now: datetime) -> None:
    """Let a running mentorship rest and tell these members, in words that name nobody."""
    move(mentorship=mentorship, to=MentorshipState.PAUSED)
    note_sign_of_life(mentorship=mentorship, now=now)
    tell_members(
        members=tell,
        kind=emails.PAUSED,
        about=mentorship,
        mentorship=mentorship,
        now=now,
        once=now.isoformat(),
    )


@transaction.atomic
def resume_mentorship(*, mentorship: Mentorship, by: User, now: datetime) -> None:
    """Come back from a rest; the mentorship goes on once enough members are back.

    Raises NotAllowed for anybody but a member; NotPossibleNow where it has ended or they do
    not rest.
    """
    take_turn(mentorship=mentorship)
    member = rules.check_can_resume(by, mentorship)
    _come_back(member, mentorship, now)
    audit.record(verb="mentorships.mentorship.resume", target=mentorship, by=by, now=now)


def _come_back(member: Membership, mentorship: Mentorship, now: datetime) -> None:
    if member.contact_stopped_at is not None:
        _let_back_in(member, mentorship, now)
    Membership.objects.filter(pk=member.pk, state=MembershipState.PAUSED).update(
        state=MembershipState.JOINED, paused_until_date=None, contact_stopped_at=None
    )
    go_on_if_possible(mentorship=mentorship, by=member, now=now)


def _let_back_in(member: Membership, mentorship: Mentorship, now: datetime) -> None:
    person = member.participation.person
    others = {each.participation.person_id for each in queries.others_in(mentorship, person)}
    for exclusion in exclusions_of(person).filter(other__in=others):
        people.unexclude(exclusion=exclusion, by=person, now=now)


def go_on_if_possible(*, mentorship: Mentorship, by: Membership, now: datetime) -> None:
    """Let a resting mentorship go on if enough members are back and no question holds it."""
    if (
        not mentorship_rests(mentorship=mentorship)
        or queries.never_questions_open(mentorship).exists()
    ):
        return
    members = queries.members_at_it(mentorship)
    back = [each for each in members if each.state == MembershipState.JOINED]
    if rules.too_few(rules.known_format(mentorship.format), back):
        return
    move(mentorship=mentorship, to=MentorshipState(mentorship.before_pause))
    note_sign_of_life(mentorship=mentorship, now=now, met=True)
    tell_members(
        members=[each for each in back if each.pk != by.pk],
        kind=emails.RESUMED,
        about=mentorship,
        mentorship=mentorship,
        now=now,
        once=now.isoformat(),
    )


def resume_due(*, now: datetime) -> int:
    """Bring back the members whose pause ends today or earlier, where they live; return how many.

    A duty of the clockwork. Who stopped contact comes back by their own word only.
    """
    over = queries.pauses_over(now.date() + A_DAY)
    return in_turn(partial(_resume_due, member, now) for member in over)


@transaction.atomic
def _resume_due(member: Membership, now: datetime) -> bool:
    take_turn(mentorship=member.mentorship)
    member.refresh_from_db(fields=["state", "paused_until_date"])
    until_date = member.paused_until_date
    own_day = day_in(member.participation.person.time_zone, now)
    if until_date is None or until_date > own_day:
        return False  # it is not that day yet where they live, or they chose anew meanwhile
    _come_back(member, member.mentorship, now)
    audit.record(verb="mentorships.mentorship.resume", target=member.mentorship, by=None, now=now)
    return True


@transaction.atomic
def stop_contact(*, mentorship: Mentorship, by: User, now: datetime) -> None:
    """Stop contact at once because something is not right; say nothing of why to anybody.

    The mentorship rests, no proposal goes either way, meetings that lie ahead are cancelled,
    and only this member can let it go on. The others are kept away from here on, also once it
    has ended, as by the member's own private wish. They, the office and the audit trail read
    the same as after a pause without a date.

    Raises NotAllowed for anybody but a member, NotPossibleNow where it has ended for them.
    """
    take_turn(mentorship=mentorship)
    member = rules.check_can_stop_contact(by, mentorship)
    _rest(member, mentorship, now=now, contact_stopped_at=now)
    for other in queries.others_in(mentorship, by):
        people.exclude_person(other=other.participation.person, by=by, now=now)
    if mentorship_rests(mentorship=mentorship):
        mentorship_paused.announce(MentorshipPaused(mentorship_id=mentorship.pk, by=by, now=now))
    audit.record(verb="mentorships.mentorship.pause", target=mentorship, by=by, now=now)


@transaction.atomic
def ask_to_be_called(*, mentorship: Mentorship, by: User, now: datetime) -> None:
    """Tell the organisation's neutral person by name and date that somebody would like a call.

    Neither the mail nor the audit trail names the mentorship. Asking again on the same day
    changes nothing. Raises NotAllowed for anybody but a member; NotPossibleNow where the
    organisation has not named an address.
    """
    rules.check_member(by, mentorship)
    address = rules.check_neutral_address(mentorship)
    day = today(mentorship.programme, now).isoformat()
    notices.tell_address(
        address=address,
        kind=emails.CALL_WANTED,
        ids={"person": str(by.uid), "date": day},
        now=now,
        key=f"{emails.CALL_WANTED}:{by.uid}:{day}",
    )
    audit.record(verb="mentorships.call.ask", target=by, by=by, now=now)
