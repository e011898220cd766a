"""Yes, not now, no."""

from datetime import timedelta

import pytest

from mentorwell.accounts import services as accounts
from mentorwell.accounts.models import LinkToken, User
from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import InvitationState
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import emails, rules, services
from mentorwell.matching.enums import Answer, Release
from mentorwell.matching.models import HelpRequest, Invitation, PlaceWish
from mentorwell.mentorships.models import LinkQuestion, Mentorship, PlaceClaim
from mentorwell.notices.enums import Urgency
from mentorwell.notices.models import Notice
from mentorwell.people import services as people
from mentorwell.people.enums import BlockKind, LinkKind, Relation
from mentorwell.people.models import EvaluationLink, Exclusion, Participation
from tests.factories.accounts import UserFactory
from tests.factories.matching import (
    HelpRequestFactory,
    InvitationFactory,
    PlaceWishFactory,
    invite,
    open_programme,
)
from tests.factories.moments import NOW
from tests.factories.people import MenteeFactory, MentorFactory


pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def accept(invitation, *, now=LATER, **more):
    return services.accept_invitation(
        invitation=invitation, by=invitation.mentor.person, now=now, **more
    )


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", "urgency"))


def test_accept_invitation_begins_a_mentorship_that_claims_both_places():
    invitation = InvitationFactory()

    mentorship = accept(invitation)

    assert list(Mentorship.objects.values_list("pk", "format")) == [(mentorship.pk, "one-to-one")]
    claimed = PlaceClaim.objects.filter(released_at=None).values_list("place__participation")
    assert {pk for (pk,) in claimed} == {invitation.mentee.pk, invitation.mentor.pk}
    invitation.refresh_from_db()
    assert (invitation.state, invitation.ended_at, invitation.mentorship) == (
        InvitationState.ACCEPTED,
        LATER,
        mentorship,
    )
    assert (invitation.mentee_slot, invitation.place, invitation.place_slot) == (None, None, None)


def test_accept_invitation_takes_the_kinds_of_the_programme():
    invitation = InvitationFactory(programme=open_programme(kinds=["mentor", "coach"]))

    assert sorted(accept(invitation).kinds) == ["coach", "mentor"]


def test_accept_invitation_is_a_mentorship_of_kind_mentor_where_the_programme_names_none():
    invitation = InvitationFactory(programme=open_programme(kinds=[]))

    assert list(accept(invitation).kinds) == ["mentor"]


def test_accept_invitation_claims_the_place_that_it_held():
    programme = open_programme()
    mentor = MentorFactory(programme=programme, places=2)
    second = mentor.places.get(number=2)
    invitation = InvitationFactory(programme=programme, mentor=mentor, place=second)

    accept(invitation)

    assert PlaceClaim.objects.get(place__participation=mentor).place == second


def test_accept_invitation_keeps_the_words_for_the_mentee():
    invitation = InvitationFactory()

    accept(invitation, words="I see how you listen.")

    invitation.refresh_from_db()
    assert invitation.answer_words == "I see how you listen."


def test_accept_invitation_tells_the_mentee_at_once():
    invitation = InvitationFactory()

    accept(invitation)

    assert ("matching.invitation.accepted", Urgency.AT_ONCE) in told(invitation.mentee.person)
    assert "matching.invitation.accept" in Event.objects.values_list("verb", flat=True)


def test_accept_invitation_refuses_anybody_but_the_mentor():
    invitation = InvitationFactory()

    with pytest.raises(NotAllowed, match="Only the invited mentor"):
        services.accept_invitation(invitation=invitation, by=UserFactory(), now=LATER)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("accepted", "has been accepted"),
        ("declined", "has been answered"),
        ("withdrawn", "has been taken back"),
        ("expired", "has run out"),
        ("draft", "has not been sent"),
    ],
)
def test_accept_invitation_says_what_became_of_a_closed_one(state, sentence):
    answer = Answer.DECLINE if state == "declined" else None
    invitation = InvitationFactory(
        state=state, answer=answer, mentee_slot=None, place=None, place_slot=None
    )

    with pytest.raises(NotPossibleNow, match=sentence):
        accept(invitation)


@pytest.mark.parametrize(
    ("release", "sentence"),
    [
        (Release.PLACE_GONE, "last place has just gone to someone else"),
        (Release.MENTOR_FOUND, "has found a mentor meanwhile"),
        (Release.NOT_POSSIBLE, "This pairing is not possible at the moment"),
    ],
)
def test_accept_invitation_says_why_it_was_let_go(release, sentence):
    invitation = InvitationFactory(
        state="released", release=release, mentee_slot=None, place=None, place_slot=None
    )

    with pytest.raises(NotPossibleNow, match=sentence):
        accept(invitation)


@pytest.mark.parametrize(("late_by", "allowed"), [(-1, True), (0, False), (1, False)])
def test_accept_invitation_respects_the_deadline(late_by, allowed):
    invitation = InvitationFactory()
    moment = NOW + timedelta(days=7, seconds=late_by)

    if allowed:
        assert accept(invitation, now=moment).pk
    else:
        with pytest.raises(NotPossibleNow, match="has run out"):
            accept(invitation, now=moment)


def test_accept_invitation_after_leave_that_was_entered_later():
    invitation = InvitationFactory()
    people.add_block(
        kind=BlockKind.LEAVE,
        start_date=(NOW + timedelta(days=2)).date(),
        end_date=(NOW + timedelta(days=6)).date(),
        by=invitation.mentor.person,
        now=NOW,
    )

    assert accept(invitation, now=NOW + timedelta(days=11)).pk


def test_accept_invitation_asks_again_about_private_wishes():
    invitation = InvitationFactory()
    Exclusion.objects.create(person=invitation.mentee.person, other=invitation.mentor.person)

    with pytest.raises(NotPossibleNow, match="This pairing is not possible at the moment"):
        accept(invitation)

    assert Mentorship.objects.count() == 0


def disclosed(invitation):
    return EvaluationLink.objects.create(
        organisation=invitation.mentor.programme.organisation,
        kind=LinkKind.DISCLOSE,
        relation=Relation.ROTATION,
        evaluator_person=invitation.mentor.person,
        evaluated_person=invitation.mentee.person,
        start_date=NOW.date(),
        checked_date=NOW.date(),
    )


def test_a_disclosed_link_is_acknowledged_by_both():
    programme = open_programme()
    mentee, mentor = MenteeFactory(programme=programme), MentorFactory(programme=programme)
    draft = InvitationFactory.build(mentee=mentee, mentor=mentor)
    link = disclosed(draft)

    with pytest.raises(NotPossibleNow, match="Please confirm that you know"):
        invite(mentee, mentor)
    sent = invite(mentee, mentor, acknowledges_link=True)
    with pytest.raises(NotPossibleNow, match="Please confirm that you know"):
        accept(sent)
    accept(sent, acknowledges_link=True)

    kept = Invitation.objects.get()
    assert (kept.link, kept.mentee_acknowledged_at, kept.mentor_acknowledged_at) == (
        link,
        NOW,
        LATER,
    )


@pytest.mark.parametrize("knew", [None, NOW - timedelta(hours=1)], ids=["of none", "of another"])
def test_a_link_entered_after_the_invitation_is_told_to_the_mentee_too(knew):
    programme = open_programme()
    invitation = invite(MenteeFactory(programme=programme), MentorFactory(programme=programme))
    earlier, later = disclosed(invitation), disclosed(invitation)
    EvaluationLink.objects.filter(pk=earlier.pk).update(announced_at=NOW - timedelta(days=1))
    EvaluationLink.objects.filter(pk=later.pk).update(announced_at=NOW)
    Invitation.objects.update(mentee_acknowledged_at=knew)
    invitation.refresh_from_db()

    accept(invitation, acknowledges_link=True)

    asked = LinkQuestion.objects.values_list("membership__participation", "link")
    unknown = [later.pk] if knew else [earlier.pk, later.pk]
    assert list(asked.order_by("pk")) == [(invitation.mentee_id, pk) for pk in unknown]


def test_accept_invitation_moves_the_others_to_another_free_place():
    programme = open_programme(open_invitations_per_place=2)
    mentor = MentorFactory(programme=programme, places=2)
    first, second, third = (invite(MenteeFactory(programme=programme), mentor) for _ in range(3))

    accept(first)

    free = mentor.places.get(number=2)
    waiting = Invitation.objects.filter(state=InvitationState.SENT).order_by("pk")
    assert list(waiting.values_list("pk", "place", "place_slot")) == [
        (second.pk, free.pk, 1),
        (third.pk, free.pk, 2),
    ]


def test_accept_invitation_of_one_that_was_moved_claims_its_new_place():
    programme = open_programme(open_invitations_per_place=2)
    mentor = MentorFactory(programme=programme, places=2)
    first, _, third = (invite(MenteeFactory(programme=programme), mentor) for _ in range(3))
    accept(first)

    accept(third)

    assert PlaceClaim.objects.filter(place__participation=mentor).count() == 2


def test_accept_invitation_lets_the_others_go_when_the_last_place_goes():
    programme = open_programme(open_invitations_per_place=2)
    mentor, next_best = MentorFactory(programme=programme), MentorFactory(programme=programme)
    first, other = (invite(MenteeFactory(programme=programme), mentor) for _ in range(2))

    accept(first)

    other.refresh_from_db()
    assert (other.state, other.release, other.ended_at) == (
        InvitationState.RELEASED,
        Release.PLACE_GONE,
        LATER,
    )
    assert other.next_suggestion == next_best
    assert told(other.mentee.person) == [("matching.invitation.released", Urgency.AT_ONCE)]


def test_accept_invitation_closes_what_else_the_mentee_had_sent():
    programme = open_programme()
    mentee = MenteeFactory(programme=programme)
    yes, other = (invite(mentee, MentorFactory(programme=programme)) for _ in range(2))
    PlaceWishFactory(mentee=mentee, mentor=MentorFactory(programme=programme))
    HelpRequestFactory(mentee=mentee)

    accept(yes)

    other.refresh_from_db()
    assert (other.state, other.release) == (InvitationState.RELEASED, Release.MENTOR_FOUND)
    assert ("matching.invitation.mentor_found", Urgency.DIGEST) in told(other.mentor.person)
    assert PlaceWish.objects.get().ended_at == LATER
    assert HelpRequest.objects.get().withdrawn_at == LATER


def test_accept_invitation_leaves_the_search_open_while_the_mentee_has_a_place():
    programme = open_programme()
    mentee = MenteeFactory(programme=programme, places=2)
    yes, other = (invite(mentee, MentorFactory(programme=programme)) for _ in range(2))

    accept(yes)

    other.refresh_from_db()
    assert other.state == InvitationState.SENT


def test_accept_invitation_loses_to_an_answer_at_the_same_time():
    stale = InvitationFactory()
    accept(Invitation.objects.get())

    with pytest.raises(NotPossibleNow, match="has been accepted"):
        accept(stale)

    assert Mentorship.objects.count() == 1


def test_accept_invitation_is_undone_whole_when_no_place_is_left():
    invitation = InvitationFactory()
    PlaceClaim.objects.create(
        membership=accept(
            InvitationFactory(
                mentee__programme=invitation.mentor.programme,
                mentor__programme=invitation.mentor.programme,
            )
        ).members.first(),
        place=invitation.place,
        claimed_at=NOW,
    )

    with pytest.raises(NotPossibleNow, match="last place has just gone"):
        accept(invitation)

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.SENT


@pytest.mark.parametrize("answer", Answer)
def test_decline_invitation_reads_the_same_to_the_mentee(answer):
    invitation = InvitationFactory()

    services.decline_invitation(
        invitation=invitation, answer=answer, by=invitation.mentor.person, now=LATER
    )

    invitation.refresh_from_db()
    assert (invitation.state, invitation.answer, invitation.ended_at) == (
        InvitationState.DECLINED,
        answer,
        LATER,
    )
    assert (invitation.mentee_slot, invitation.place, invitation.place_slot) == (None, None, None)
    assert told(invitation.mentee.person) == [("matching.invitation.declined", Urgency.AT_ONCE)]
    assert list(Event.objects.values_list("verb", flat=True)) == ["matching.invitation.decline"]


def test_decline_invitation_suggests_whom_to_ask_next():
    programme = open_programme()
    next_best = MentorFactory(programme=programme)
    invitation = InvitationFactory(programme=programme)

    services.decline_invitation(
        invitation=invitation, answer=Answer.NOT_NOW, by=invitation.mentor.person, now=LATER
    )

    invitation.refresh_from_db()
    assert invitation.next_suggestion == next_best


def test_decline_invitation_keeps_a_kind_reason_for_the_mentee():
    invitation = InvitationFactory()

    services.decline_invitation(
        invitation=invitation,
        answer=Answer.DECLINE,
        reason="full",
        by=invitation.mentor.person,
        now=LATER,
    )

    invitation.refresh_from_db()
    assert invitation.decline_reason == "full"


def test_decline_invitation_knows_only_kind_reasons():
    invitation = InvitationFactory()

    with pytest.raises(NotPossibleNow, match="Choose one of the reasons"):
        services.decline_invitation(
            invitation=invitation,
            answer=Answer.DECLINE,
            reason="You are not good enough.",
            by=invitation.mentor.person,
            now=LATER,
        )


def test_decline_invitation_tells_who_waits_for_the_mentor():
    programme = open_programme(open_invitations_per_place=1)
    invitation = InvitationFactory(programme=programme)
    wish = PlaceWishFactory(mentee=MenteeFactory(programme=programme), mentor=invitation.mentor)

    services.decline_invitation(
        invitation=invitation, answer=Answer.DECLINE, by=invitation.mentor.person, now=LATER
    )

    wish.refresh_from_db()
    assert wish.told_at == LATER


def test_decline_invitation_refuses_the_mentee():
    invitation = InvitationFactory()

    with pytest.raises(NotAllowed, match="Only the invited mentor"):
        services.decline_invitation(
            invitation=invitation, answer=Answer.NOT_NOW, by=invitation.mentee.person, now=LATER
        )


def test_decline_invitation_loses_to_the_mentee_taking_it_back():
    stale = InvitationFactory()
    services.withdraw_invitation(
        invitation=Invitation.objects.get(), by=stale.mentee.person, now=LATER
    )

    with pytest.raises(NotPossibleNow, match="has been taken back"):
        services.decline_invitation(
            invitation=stale, answer=Answer.NOT_NOW, by=stale.mentor.person, now=LATER
        )


def link_for(invitation, *, person=None):
    return accounts.make_link(
        person=person or invitation.mentor.person,
        action=emails.ANSWER,
        target_uid=invitation.uid,
        now=NOW,
        lifetime=timedelta(days=30),
    )


def test_answer_by_link_says_yes_as_the_person_it_was_mailed_to():
    invitation = InvitationFactory()

    answered = services.answer_by_link(
        secret=link_for(invitation), answer=None, words="Welcome.", now=LATER
    )

    assert (answered.pk, answered.state) == (invitation.pk, InvitationState.ACCEPTED)
    assert Invitation.objects.get().answer_words == "Welcome."


def test_answer_by_link_says_not_now():
    invitation = InvitationFactory()

    services.answer_by_link(secret=link_for(invitation), answer=Answer.NOT_NOW, now=LATER)

    assert Invitation.objects.get().state == InvitationState.DECLINED


def test_answer_by_link_works_once():
    invitation = InvitationFactory()
    secret = link_for(invitation)
    services.answer_by_link(secret=secret, answer=Answer.NOT_NOW, now=LATER)

    with pytest.raises(NotPossibleNow, match="used"):
        services.answer_by_link(secret=secret, answer=None, now=LATER)


def test_answer_by_link_is_not_used_up_by_a_refusal():
    invitation = InvitationFactory()
    secret = link_for(invitation)

    with pytest.raises(NotPossibleNow, match="Choose one of the reasons"):
        services.answer_by_link(secret=secret, answer=Answer.DECLINE, reason="No.", now=LATER)

    assert LinkToken.objects.get().used_at is None
    assert services.answer_by_link(secret=secret, answer=None, now=LATER).pk == invitation.pk


def test_answer_by_link_opens_nothing_for_somebody_else():
    invitation = InvitationFactory()
    secret = link_for(invitation, person=UserFactory())

    with pytest.raises(NotPossibleNow, match="opens nothing any more"):
        services.answer_by_link(secret=secret, answer=None, now=LATER)


def test_a_mentor_whom_nobody_finds_just_now_answers_what_is_open():
    """After two silences they are hidden, but who asked before that is not let go."""
    programme = open_programme()
    mentor = MentorFactory(programme=programme, places=2)
    waits = invite(MenteeFactory(programme=programme), mentor)
    Participation.objects.filter(pk=mentor.pk).update(hidden_at=NOW, asked_still_taking_at=NOW)

    assert services.release_barred(now=LATER) == 0
    waits = Invitation.objects.get(pk=waits.pk)
    assert accept(waits).pk
    other = MenteeFactory(programme=programme)
    assert not rules.can_invite(
        other.person, other, Participation.objects.get(pk=mentor.pk), now=NOW
    )


def mirrored(programme):
    """Two people who are both mentor and mentee of one programme, each with their two parts."""
    parts = []
    for _ in range(2):
        mentee = MenteeFactory(programme=programme, places=2)
        mentor = MentorFactory(programme=programme, person=mentee.person, places=2)
        parts.append((mentee, mentor))
    return parts


def test_who_is_mentor_of_somebody_cannot_invite_them_too():
    programme = open_programme()
    (one_mentee, one_mentor), (other_mentee, other_mentor) = mirrored(programme)
    accept(invite(one_mentee, other_mentor))

    with pytest.raises(NotPossibleNow, match="have a mentorship already"):
        invite(other_mentee, one_mentor)


def test_a_mentorship_in_another_programme_bars_nobody():
    (one_mentee, one_mentor), (other_mentee, other_mentor) = mirrored(open_programme())
    elsewhere = open_programme()
    mentee = MenteeFactory(programme=elsewhere, person=other_mentee.person)
    mentor = MentorFactory(programme=elsewhere, person=one_mentor.person)
    accept(invite(one_mentee, other_mentor))

    assert invite(mentee, mentor).state == InvitationState.SENT


def test_accept_invitation_lets_go_of_one_that_crossed_it():
    programme = open_programme()
    (one_mentee, one_mentor), (other_mentee, other_mentor) = mirrored(programme)
    first, crossing = invite(one_mentee, other_mentor), invite(other_mentee, one_mentor)
    beside = invite(other_mentee, MentorFactory(programme=programme))

    accept(first)

    crossing.refresh_from_db()
    beside.refresh_from_db()
    assert (crossing.state, crossing.release, crossing.ended_at) == (
        InvitationState.RELEASED,
        Release.NOT_POSSIBLE,
        LATER,
    )
    assert beside.state == InvitationState.SENT
    # Whoever said yes knows; they are not mailed about what they had asked themselves.
    assert "matching.invitation.released" not in Notice.objects.values_list("kind", flat=True)
    assert "matching.invitation.release" in Event.objects.values_list("verb", flat=True)


def test_accept_invitation_refuses_one_of_a_mentee_whose_account_is_off():
    invitation = InvitationFactory()
    User.objects.filter(pk=invitation.mentee.person.pk).update(is_active=False)
    invitation = Invitation.objects.get()

    with pytest.raises(NotPossibleNow, match="This pairing is not possible at the moment"):
        accept(invitation)

    assert services.release_barred(now=LATER) == 1
