"""The invitation clock: reminders, endings, and mentors who do not answer."""

from datetime import timedelta

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import InvitationState
from mentorwell.matching import rules, services
from mentorwell.matching.enums import Answer
from mentorwell.matching.models import Invitation
from mentorwell.matching.services import clock
from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import Notice
from mentorwell.people import services as people
from mentorwell.people.enums import BlockKind
from mentorwell.programmes.models import Policy
from tests.factories.matching import InvitationFactory, PlaceWishFactory, invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db


def in_days(days):
    return NOW + timedelta(days=days)


def go_on_leave(mentor, first, last):
    return people.add_block(
        kind=BlockKind.LEAVE,
        start_date=in_days(first).date(),
        end_date=in_days(last).date(),
        by=mentor.person,
        now=NOW,
    )


def ends(invitation):
    """When the mentor was or is reminded, and when it runs out, in days from its sending."""
    invitation.refresh_from_db()
    moments = (invitation.remind_at, invitation.expires_at)
    return tuple((moment - NOW) / timedelta(days=1) for moment in moments)


@pytest.mark.parametrize(("days", "reminded"), [(2.99, 0), (3, 1), (5, 1)])
def test_remind_invitations_on_the_third_day(days, reminded):
    invitation = InvitationFactory()

    assert services.remind_invitations(now=in_days(days)) == reminded

    told = Notice.objects.filter(person=invitation.mentor.person)
    kinds = [("matching.invitation.reminder", Urgency.AT_ONCE)] * reminded
    assert list(told.values_list("kind", "urgency")) == kinds


def test_remind_invitations_once_and_on_record():
    InvitationFactory()
    services.remind_invitations(now=in_days(3))

    assert services.remind_invitations(now=in_days(4)) == 0

    assert Invitation.objects.get().reminded_at == in_days(3)
    assert list(Event.objects.values_list("verb", "actor_uid")) == [
        ("matching.invitation.remind", None)
    ]


def test_remind_invitations_leaves_alone_what_is_answered():
    invitation = InvitationFactory()
    services.decline_invitation(
        invitation=invitation, answer=Answer.NOT_NOW, by=invitation.mentor.person, now=in_days(1)
    )

    assert services.remind_invitations(now=in_days(3)) == 0


def test_remind_invitations_waits_for_leave_that_was_entered_later():
    invitation = InvitationFactory()
    go_on_leave(invitation.mentor, 1, 5)

    assert ends(invitation) == (8, 12)
    assert services.remind_invitations(now=in_days(7.99)) == 0
    assert services.remind_invitations(now=in_days(8)) == 1


@pytest.mark.parametrize(("days", "expired"), [(6.99, 0), (7, 1)])
def test_expire_invitations_on_the_seventh_day(days, expired):
    InvitationFactory()

    assert services.expire_invitations(now=in_days(days)) == expired


def test_expire_invitations_ends_it_and_offers_the_next_best_at_once():
    programme = open_programme()
    next_best = MentorFactory(programme=programme)
    invitation = InvitationFactory(programme=programme)

    services.expire_invitations(now=in_days(7))

    invitation.refresh_from_db()
    assert (invitation.state, invitation.ended_at) == (InvitationState.EXPIRED, in_days(7))
    assert (invitation.mentee_slot, invitation.place, invitation.place_slot) == (None, None, None)
    assert invitation.next_suggestion == next_best
    assert list(
        Notice.objects.filter(person=invitation.mentee.person).values_list("kind", "urgency")
    ) == [("matching.invitation.expired", Urgency.AT_ONCE)]
    assert list(Event.objects.values_list("verb", "actor_uid")) == [
        ("matching.invitation.expire", None)
    ]


@pytest.mark.parametrize("days", [3, 14])
def test_an_invitation_keeps_the_clock_it_was_sent_with(days):
    programme = open_programme(reminder_days=4, expiry_days=8)
    sent = invite(MenteeFactory(programme=programme), MentorFactory(programme=programme))
    Policy.objects.update(reminder_days=2, expiry_days=days)

    assert ends(sent) == (4, 8)
    assert services.remind_invitations(now=in_days(3.99)) == 0
    assert services.remind_invitations(now=in_days(4)) == 1
    assert services.expire_invitations(now=in_days(7.99)) == 0
    assert services.expire_invitations(now=in_days(8)) == 1


def test_expire_invitations_waits_for_leave_that_was_entered_later():
    invitation = InvitationFactory()
    go_on_leave(invitation.mentor, 2, 4)

    assert ends(invitation) == (6, 10)
    assert services.expire_invitations(now=in_days(9.99)) == 0
    assert services.expire_invitations(now=in_days(10)) == 1


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (0.5, 7),
        (6.5, 7.5),  # a day at least is left to answer
        (7.5, 8.5),
        (9.5, 10),  # but never more than there was
    ],
)
def test_leave_taken_back_brings_the_end_forward_and_one_moment_is_judged_by(day, end):
    invitation = InvitationFactory()
    leave = go_on_leave(invitation.mentor, 2, 4)

    people.remove_block(block=leave, by=invitation.mentor.person, now=in_days(day))

    assert ends(invitation)[1] == end
    just_before = in_days(end) - timedelta(seconds=1)
    assert rules.can_answer(invitation.mentor.person, invitation, now=just_before)
    assert not rules.can_answer(invitation.mentor.person, invitation, now=in_days(end))
    assert services.expire_invitations(now=just_before) == 0
    assert services.expire_invitations(now=in_days(end)) == 1


def test_what_has_run_out_already_stays_so():
    invitation = InvitationFactory()

    people.change_time_zone(
        user=invitation.mentor.person,
        time_zone="Pacific/Honolulu",
        by=invitation.mentor.person,
        now=in_days(8),
    )

    assert ends(invitation) == (3, 7)


def test_the_clock_moves_with_the_mentors_time_zone():
    invitation = InvitationFactory(mentor__person__time_zone="UTC")
    leave = go_on_leave(invitation.mentor, 1, 1)
    sent_at = NOW.replace(hour=22)
    Invitation.objects.update(sent_at=sent_at)

    # In Tokyo it was the first day of leave already, so that day does not count twice.
    people.change_time_zone(
        user=invitation.mentor.person,
        time_zone="Asia/Tokyo",
        by=invitation.mentor.person,
        now=sent_at,
    )

    invitation.refresh_from_db()
    assert leave.start_date == in_days(1).date()
    assert invitation.expires_at == sent_at + timedelta(days=7)


def test_leave_moves_no_invitation_to_somebody_else_and_none_that_is_answered():
    invitation, other = InvitationFactory(), InvitationFactory()
    services.decline_invitation(
        invitation=invitation, answer=Answer.NOT_NOW, by=invitation.mentor.person, now=NOW
    )

    go_on_leave(invitation.mentor, 1, 5)

    assert (ends(invitation), ends(other)) == ((3, 7), (3, 7))


def test_nights_move_no_clock():
    invitation = InvitationFactory()

    people.add_block(
        kind=BlockKind.NIGHTS,
        start_date=in_days(1).date(),
        end_date=in_days(5).date(),
        by=invitation.mentor.person,
        now=NOW,
    )

    assert ends(invitation) == (3, 7)


def test_expire_invitations_tells_who_waits_for_the_slot():
    programme = open_programme(open_invitations_per_place=1)
    invitation = InvitationFactory(programme=programme)
    wish = PlaceWishFactory(mentee=MenteeFactory(programme=programme), mentor=invitation.mentor)

    services.expire_invitations(now=in_days(7))

    wish.refresh_from_db()
    assert wish.told_at == in_days(7)


def silent_twice(programme):
    mentor = MentorFactory(programme=programme)
    for _ in range(2):
        invite(MenteeFactory(programme=programme), mentor)
    services.expire_invitations(now=in_days(7))
    mentor.refresh_from_db()
    return mentor


def test_two_silences_ask_the_mentor_and_hide_them():
    mentor = silent_twice(open_programme())

    assert (mentor.asked_still_taking_at, mentor.hidden_at) == (in_days(7), in_days(7))


def test_a_silent_mentor_is_not_suggested_to_the_one_who_waited():
    programme = open_programme()
    silent_twice(programme)

    assert set(Invitation.objects.values_list("next_suggestion", flat=True)) == {None}


def test_one_silence_asks_nobody():
    invitation = InvitationFactory()

    services.expire_invitations(now=in_days(7))

    invitation.mentor.refresh_from_db()
    assert invitation.mentor.hidden_at is None


def test_an_answer_between_two_silences_breaks_the_row():
    programme = open_programme()
    mentor = MentorFactory(programme=programme)
    for day in (0, 8, 16):
        invitation = invite(MenteeFactory(programme=programme), mentor, now=in_days(day))
        if day == 8:
            services.decline_invitation(
                invitation=invitation, answer=Answer.NOT_NOW, by=mentor.person, now=in_days(9)
            )
        else:
            services.expire_invitations(now=in_days(day + 7))

    mentor.refresh_from_db()
    assert mentor.hidden_at is None


def test_a_mentor_who_said_yes_again_is_asked_only_after_two_more_silences():
    programme = open_programme()
    mentor = silent_twice(programme)
    people.answer_still_taking(participation=mentor, taking=True, by=mentor.person, now=in_days(8))
    hidden = []
    for day in (9, 17):
        invite(MenteeFactory(programme=programme), mentor, now=in_days(day))
        services.expire_invitations(now=in_days(day + 7))
        mentor.refresh_from_db()
        hidden.append(mentor.hidden_at)

    assert hidden == [None, in_days(24)]


def test_a_reminder_loses_to_an_answer_at_the_same_time():
    stale = InvitationFactory()
    services.decline_invitation(
        invitation=Invitation.objects.get(), answer=Answer.NOT_NOW, by=stale.mentor.person, now=NOW
    )

    assert not clock._remind(stale, in_days(3))
    assert Invitation.objects.get().reminded_at is None


def test_an_ending_loses_to_an_answer_at_the_same_time():
    stale = InvitationFactory()
    services.decline_invitation(
        invitation=Invitation.objects.get(), answer=Answer.NOT_NOW, by=stale.mentor.person, now=NOW
    )

    assert not clock._expire(stale, in_days(7))
    assert Invitation.objects.get().state == InvitationState.DECLINED


def test_a_reminder_and_an_ending_wait_where_leave_was_entered_at_the_same_time():
    stale = InvitationFactory()
    go_on_leave(Invitation.objects.get().mentor, 1, 5)

    assert not clock._remind(stale, in_days(3))
    assert not clock._expire(stale, in_days(7))
    assert Invitation.objects.get().state == InvitationState.SENT


def test_a_mentor_who_never_confirmed_is_asked_like_any_other():
    programme = open_programme()
    mentor = MentorFactory(programme=programme, confirmed_at=None)
    for _ in range(2):
        invite(MenteeFactory(programme=programme), mentor)
    services.expire_invitations(now=in_days(7))

    mentor.refresh_from_db()
    assert mentor.hidden_at == in_days(7)
