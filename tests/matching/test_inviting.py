"""Writing, sending and taking back an invitation."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import InvitationState, ParticipationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import queries, services
from mentorwell.matching.enums import Answer
from mentorwell.matching.models import Invitation, PlaceWish
from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import Notice
from mentorwell.people.enums import BlockKind
from mentorwell.people.models import Block, Exclusion
from tests.factories.accounts import UserFactory
from tests.factories.matching import (
    DraftFactory,
    InvitationFactory,
    PlaceWishFactory,
    invite,
    open_programme,
)
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import ProgrammeFactory


pytestmark = pytest.mark.django_db


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_draft_invitation_keeps_what_is_written_and_replaces_it():
    draft = DraftFactory(why_you="First thought.")

    again = services.draft_invitation(
        mentee=draft.mentee,
        mentor=draft.mentor,
        why_you="Second thought.",
        what_i_bring="",
        by=draft.mentee.person,
        now=NOW + timedelta(hours=1),
    )

    assert list(Invitation.objects.values_list("pk", "state")) == [(again.pk, "draft")]
    kept = Invitation.objects.get()
    assert (kept.why_you, kept.what_i_bring) == ("Second thought.", "")
    assert kept.drafted_at == NOW + timedelta(hours=1)


def test_draft_invitation_is_audited_once_and_tells_nobody():
    programme = open_programme()
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    for words in ("One", "Two"):
        services.draft_invitation(
            mentee=mentee,
            mentor=mentor,
            why_you=words,
            what_i_bring="",
            by=mentee.person,
            now=NOW,
        )

    assert verbs() == ["matching.invitation.draft"]
    assert Notice.objects.count() == 0


def test_draft_invitation_needs_no_free_place():
    programme = open_programme()
    mentor = MentorFactory(programme=programme, places=0)
    mentee = MenteeFactory(programme=programme)

    draft = services.draft_invitation(
        mentee=mentee,
        mentor=mentor,
        why_you="Later, then.",
        what_i_bring="",
        by=mentee.person,
        now=NOW,
    )

    assert draft.state == InvitationState.DRAFT


def test_draft_invitation_refuses_anybody_but_the_mentee():
    draft = DraftFactory()

    with pytest.raises(NotAllowed, match="Only a mentee"):
        services.draft_invitation(
            mentee=draft.mentee,
            mentor=draft.mentor,
            why_you="In your name.",
            what_i_bring="",
            by=draft.mentor.person,
            now=NOW,
        )


def test_draft_invitation_refuses_a_second_one_beside_one_that_is_sent():
    sent = InvitationFactory()

    with pytest.raises(NotPossibleNow, match="on its way"):
        services.draft_invitation(
            mentee=sent.mentee,
            mentor=sent.mentor,
            why_you="Hello again.",
            what_i_bring="",
            by=sent.mentee.person,
            now=NOW,
        )


def test_send_invitation_holds_a_slot_on_each_side_and_starts_the_clock():
    draft = DraftFactory()

    services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)

    sent = Invitation.objects.get()
    assert (sent.state, sent.mentee_slot, sent.place_slot) == (InvitationState.SENT, 1, 1)
    assert sent.place == draft.mentor.places.get()
    assert (sent.sent_at, sent.remind_at, sent.expires_at) == (
        NOW,
        NOW + timedelta(days=3),
        NOW + timedelta(days=7),
    )


def test_send_invitation_tells_the_mentor_at_once_and_is_audited():
    draft = DraftFactory()

    services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)

    assert verbs() == ["matching.invitation.send"]
    assert list(Notice.objects.values_list("person", "kind", "ids", "urgency")) == [
        (
            draft.mentor.person.pk,
            "matching.invitation.received",
            {"invitation": str(draft.uid)},
            Urgency.AT_ONCE,
        )
    ]


def test_send_invitation_does_not_count_the_mentors_leave():
    draft = DraftFactory()
    thursday, wednesday = date(2030, 1, 10), date(2030, 1, 16)
    Block.objects.create(
        person=draft.mentor.person,
        kind=BlockKind.LEAVE,
        start_date=thursday,
        end_date=wednesday,
    )

    services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)

    sent = Invitation.objects.get()
    assert sent.remind_at == datetime(2030, 1, 19, 12, tzinfo=UTC)
    assert sent.expires_at == datetime(2030, 1, 23, 12, tzinfo=UTC)


def test_send_invitation_counts_nights_as_any_other_day():
    draft = DraftFactory()
    Block.objects.create(
        person=draft.mentor.person,
        kind=BlockKind.NIGHTS,
        start_date=NOW.date(),
        end_date=NOW.date() + timedelta(days=6),
    )

    services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)

    assert Invitation.objects.get().expires_at == NOW + timedelta(days=7)


def test_send_invitation_fulfils_the_wish_for_a_place():
    draft = DraftFactory()
    PlaceWishFactory(mentee=draft.mentee, mentor=draft.mentor)

    services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)

    assert PlaceWish.objects.get().ended_at == NOW


def test_send_invitation_wants_a_line_on_why():
    draft = DraftFactory(why_you="  \n")

    with pytest.raises(NotPossibleNow, match="Write a line"):
        services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)


def test_send_invitation_refuses_anybody_but_the_mentee():
    draft = DraftFactory()

    with pytest.raises(NotAllowed, match="only for themselves"):
        services.send_invitation(invitation=draft, by=UserFactory(), now=NOW)

    assert Invitation.objects.get().state == InvitationState.DRAFT


def test_send_invitation_twice_sends_once():
    draft = DraftFactory()
    services.send_invitation(invitation=Invitation.objects.get(), by=draft.mentee.person, now=NOW)

    with pytest.raises(NotPossibleNow, match="on its way"):
        services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)

    assert Notice.objects.count() == 1


def test_send_invitation_loses_to_a_draft_thrown_away_at_the_same_time():
    stale = DraftFactory()
    services.withdraw_invitation(
        invitation=Invitation.objects.get(), by=stale.mentee.person, now=NOW
    )

    with pytest.raises(NotPossibleNow, match="has been taken back"):
        services.send_invitation(invitation=stale, by=stale.mentee.person, now=NOW)


def test_send_invitation_stops_at_the_mentees_last_slot():
    programme = open_programme(open_invitations_most=3)
    mentee = MenteeFactory(programme=programme)
    for _ in range(3):
        invite(mentee, MentorFactory(programme=programme))

    with pytest.raises(NotPossibleNow, match="You can have 3 open invitations"):
        invite(mentee, MentorFactory(programme=programme))

    slots = Invitation.objects.filter(state=InvitationState.SENT).order_by("pk")
    assert list(slots.values_list("mentee_slot", flat=True)) == [1, 2, 3]


def test_the_database_itself_refuses_a_slot_that_is_taken():
    first = InvitationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(mentee=first.mentee, mentee_slot=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(mentor=first.mentor, place=first.place, place_slot=1)


def test_the_database_itself_refuses_a_sent_invitation_without_slots():
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(place=None, place_slot=None)


def test_send_invitation_fills_two_slots_of_each_free_place_and_no_more():
    programme = open_programme(open_invitations_per_place=2)
    mentor = MentorFactory(programme=programme, places=2)
    for _ in range(4):
        invite(MenteeFactory(programme=programme), mentor)

    with pytest.raises(NotPossibleNow, match="tell me when a place is free"):
        invite(MenteeFactory(programme=programme), mentor)

    numbers = Invitation.objects.filter(state=InvitationState.SENT).order_by("pk")
    # Spread over the places first, so that one acceptance moves as few as can be.
    assert list(numbers.values_list("place__number", "place_slot")) == [
        (1, 1),
        (2, 1),
        (1, 2),
        (2, 2),
    ]


def test_send_invitation_tries_the_next_slot_where_one_was_taken_meanwhile():
    programme = open_programme()
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    InvitationFactory(mentor=mentor, mentee__programme=programme)
    InvitationFactory(mentee=mentee, mentor__programme=programme)

    sent = invite(mentee, mentor)

    assert (sent.mentee_slot, sent.place_slot) == (2, 2)


@pytest.mark.parametrize("state", [ParticipationState.PAUSED, ParticipationState.LEFT])
def test_send_invitation_to_somebody_away_is_refused_in_the_shared_words(state):
    draft = DraftFactory(mentor__state=state)

    with pytest.raises(NotPossibleNow, match="This pairing is not possible at the moment"):
        services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_send_invitation_asks_again_about_private_wishes(side):
    draft = DraftFactory()
    one, other = draft.mentee.person, draft.mentor.person
    pair = (one, other) if side == "mentee" else (other, one)
    Exclusion.objects.create(person=pair[0], other=pair[1])

    with pytest.raises(NotPossibleNow, match="This pairing is not possible at the moment"):
        services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)


def test_send_invitation_waits_for_the_search_to_open():
    draft = DraftFactory(programme=ProgrammeFactory())

    with pytest.raises(NotPossibleNow, match="as soon as 8 mentors are ready"):
        services.send_invitation(invitation=draft, by=draft.mentee.person, now=NOW)


def test_withdraw_invitation_frees_its_slots_at_once():
    programme = open_programme(open_invitations_most=1, open_invitations_per_place=1)
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    first = invite(mentee, mentor)

    services.withdraw_invitation(invitation=first, by=mentee.person, now=NOW)

    first.refresh_from_db()
    assert (first.state, first.ended_at) == (InvitationState.WITHDRAWN, NOW)
    assert (first.mentee_slot, first.place, first.place_slot) == (None, None, None)
    assert invite(mentee, mentor).state == InvitationState.SENT


def test_withdraw_invitation_is_audited_and_mails_nobody_more():
    sent = InvitationFactory()

    services.withdraw_invitation(invitation=sent, by=sent.mentee.person, now=NOW)

    assert verbs() == ["matching.invitation.withdraw"]
    assert Notice.objects.count() == 0


def test_withdraw_invitation_tells_who_waits_for_the_slot():
    programme = open_programme(open_invitations_per_place=1)
    mentor = MentorFactory(programme=programme)
    sent = invite(MenteeFactory(programme=programme), mentor)
    wish = PlaceWishFactory(mentee=MenteeFactory(programme=programme), mentor=mentor)

    services.withdraw_invitation(invitation=sent, by=sent.mentee.person, now=NOW)

    wish.refresh_from_db()
    assert wish.told_at == NOW


def test_withdraw_invitation_throws_a_draft_away_and_allows_a_new_one():
    draft = DraftFactory()
    mentee, mentor = draft.mentee, draft.mentor

    services.withdraw_invitation(invitation=draft, by=mentee.person, now=NOW)

    assert list(queries.invitations_sent_by(mentee.person)) == []
    assert invite(mentee, mentor).state == InvitationState.SENT


def test_withdraw_invitation_refuses_the_mentor():
    sent = InvitationFactory()

    with pytest.raises(NotAllowed, match="Only the person who wrote"):
        services.withdraw_invitation(invitation=sent, by=sent.mentor.person, now=NOW)


def test_withdraw_invitation_refuses_one_that_is_answered():
    sent = InvitationFactory()
    services.decline_invitation(
        invitation=sent, answer=Answer.NOT_NOW, by=sent.mentor.person, now=NOW
    )

    with pytest.raises(NotPossibleNow, match="has been answered"):
        services.withdraw_invitation(invitation=sent, by=sent.mentee.person, now=NOW)


def test_withdraw_invitation_loses_to_an_answer_at_the_same_time():
    stale = InvitationFactory()
    services.decline_invitation(
        invitation=Invitation.objects.get(), answer=Answer.NOT_NOW, by=stale.mentor.person, now=NOW
    )

    with pytest.raises(NotPossibleNow, match="has been answered"):
        services.withdraw_invitation(invitation=stale, by=stale.mentee.person, now=NOW)
