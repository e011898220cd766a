"""How a mentorship ends: at once for its places, an hour later for the others."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import MembershipState, MentorshipState, ParticipationState
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.foundation.hooks import (
    MentorshipClosed,
    PlacesFreed,
    mentorship_closed,
    places_freed,
)
from mentorwell.mentorships import emails, queries, rules
from mentorwell.mentorships.models import Ending, Membership, Mentorship, PlaceClaim
from mentorwell.mentorships.services.agreements import hold_if_signed, open_answers
from mentorwell.mentorships.services.places import hold_places, release_places
from mentorwell.mentorships.services.states import change, take_turn
from mentorwell.mentorships.services.telling import tell_members
from mentorwell.notices.enums import Urgency
from mentorwell.people import services as people
from mentorwell.people.models import Participation


PLACE_GONE = "Someone else has the place by now, so this can no longer be undone."


@transaction.atomic
def end_mentorship(
    *,
    mentorship: Mentorship,
    by: User,
    now: datetime,
    reason: str = "",
    told_office: bool = False,
    thanks: str = "",
) -> Ending:
    """End a mentorship as one of its members; no reason is needed.

    The places are free at once. For an hour it can be undone and nobody else learns of it; then
    `finish_endings` tells the others. Where enough members stay for the format, the mentorship
    goes on without this one. `reason` is empty or a word of `EndingReason` and is read by its
    writer only, whatever `told_office`, which lets it count in figures. `thanks` is read by the
    others once they are told.

    Raises NotAllowed for anybody but a member; NotPossibleNow where it has ended for them, or
    reason or thanks cannot be kept.
    """
    take_turn(mentorship=mentorship)
    member = rules.check_can_end(by, mentorship)
    rules.check_words(reason, thanks)
    ending = Ending.objects.create(
        membership=member,
        reason=reason,
        told_office=told_office and bool(reason),
        thanks=thanks.strip(),
        written_at=now,
    )
    members = queries.members_at_it(mentorship)
    closing_at = rules.closing_moment(rules.known_format(mentorship.format), members)
    release_places(members=[member] if closing_at is None else members, now=now)
    if closing_at is not None and mentorship.state != MentorshipState.CLOSING:
        begin_closing(mentorship=mentorship, closing_at=closing_at)
    audit.record(verb="mentorships.mentorship.end", target=mentorship, by=by, now=now)
    # Only the writer's own place is announced now: what others hear within the hour would tell.
    announce_places(members=[member], now=now)
    return ending


def begin_closing(*, mentorship: Mentorship, closing_at: datetime) -> None:
    """Let a running or resting mentorship close; call it in one's turn."""
    change(
        mentorship=mentorship,
        state=MentorshipState.CLOSING,
        before_closing=mentorship.state,
        closing_at=closing_at,
    )


def announce_places(*, members: Iterable[Membership], now: datetime) -> None:
    """Announce the places that these members held here as free."""
    owners = PlaceClaim.objects.filter(membership__in=list(members)).values_list(
        "membership__participation_id", flat=True
    )
    for participation_id in sorted(set(owners)):
        places_freed.announce(PlacesFreed(participation_id=participation_id, now=now))


@transaction.atomic
def undo_ending(*, mentorship: Mentorship, by: User, now: datetime) -> None:
    """Take one's ending back within the hour; what was written with it is gone.

    Everybody holds their place again, the same or, if it has been taken, another free one.
    Where somebody else has ended it too, only this member's ending is taken back.

    Raises NotAllowed for anybody but a member; NotPossibleNow where there is nothing to undo,
    the hour is over, or no place is left.
    """
    take_turn(mentorship=mentorship)
    rules.check_can_undo(by, mentorship, now=now).delete()
    members = queries.members_at_it(mentorship)
    form = rules.known_format(mentorship.format)
    closing_at = rules.closing_moment(form, members)
    if closing_at is not None:
        change(mentorship=mentorship, closing_at=closing_at)
    else:
        change(
            mentorship=mentorship,
            state=queries.state_beneath(mentorship),
            before_closing="",
            closing_at=None,
        )
        staying = [each for each in members if queries.ending_of(each) is None]
        try:
            hold_places(members=staying, form=form, now=now)
        except NotPossibleNow:
            raise NotPossibleNow(PLACE_GONE) from None
    audit.record(verb="mentorships.mentorship.undo_ending", target=mentorship, by=by, now=now)


@transaction.atomic
def end_for_who_left(*, participation: Participation, now: datetime) -> None:
    """End the mentorships of somebody who has left the programme, as if by their own button.

    A pause of the whole participation ends nothing: it only stops the clock of silence.
    """
    if participation.state != ParticipationState.LEFT:
        return
    person = participation.person
    for mentorship in queries.mentorships_visible_to(person).filter(
        members__participation=participation
    ):
        if rules.can_end(person, mentorship):
            end_mentorship(mentorship=mentorship, by=person, now=now)


def finish_endings(*, now: datetime) -> int:
    """Carry out the endings whose hour is over: tell the others, close; return how many.

    A duty of the clockwork; any number of workers may run it. Each mentorship is its own
    transaction.
    """
    ripe = queries.endings_untold(now - rules.UNDO_TIME)
    return in_turn(partial(_finish, ending, now) for ending in ripe)


@transaction.atomic
def _finish(ending: Ending, now: datetime) -> bool:
    member, mentorship = ending.membership, ending.membership.mentorship
    take_turn(mentorship=mentorship)
    # Another worker may have finished it, or its writer undone it, while this one waited.
    if not Ending.objects.filter(pk=ending.pk, told_at=None).update(told_at=now):
        return False
    closed = close(
        mentorship=mentorship,
        by=member.participation.person,
        now=now,
        ripe_at=now - rules.UNDO_TIME,
    )
    if not closed:
        Membership.objects.filter(pk=member.pk, left_at=None).update(
            state=MembershipState.LEFT, left_at=now
        )
        audit.record(
            verb="mentorships.membership.leave",
            target=member,
            by=member.participation.person,
            now=now,
        )
        open_answers(mentorship=mentorship, now=now)
        hold_if_signed(mentorship=mentorship, now=now)
        staying = [
            each for each in queries.members_at_it(mentorship) if queries.ending_of(each) is None
        ]
        tell_members(
            members=staying, kind=emails.MEMBER_LEFT, about=member, mentorship=mentorship, now=now
        )
    return True


def close(
    *,
    mentorship: Mentorship,
    by: User | None,
    now: datetime,
    ripe_at: datetime,
    kind: str = emails.ENDED,
) -> bool:
    """Close a mentorship that has been closing since `ripe_at` or longer; answer whether it did.

    Everybody leaves, whoever has not ended it themselves is told with a notice of `kind`, and
    the house is told that it closed and that the others' places are free.
    """
    if mentorship.closing_at is None or mentorship.closing_at > ripe_at:
        return False
    change(mentorship=mentorship, state=MentorshipState.CLOSED, closed_at=now)
    members = queries.members_at_it(mentorship)
    unaware = [each for each in members if queries.ending_of(each) is None]
    Membership.objects.filter(pk__in=[each.pk for each in members]).update(
        state=MembershipState.LEFT, left_at=now
    )
    Ending.objects.filter(membership__in=members, told_at=None).update(told_at=now)
    people.look_again(participations=[each.participation_id for each in members], now=now)
    audit.record(verb="mentorships.mentorship.close", target=mentorship, by=by, now=now)
    mentorship_closed.announce(MentorshipClosed(mentorship_id=mentorship.pk, by=by, now=now))
    announce_places(members=unaware, now=now)
    tell_members(
        members=unaware,
        kind=kind,
        about=mentorship,
        mentorship=mentorship,
        now=now,
        # At once: nobody should learn it from a meeting that has vanished from the calendar.
        urgency=Urgency.AT_ONCE,
    )
    return True
