"""Proposals: named to mentees, answered by them alone, and renewed until the round closes."""

from datetime import timedelta

import pytest

from mentorwell.audit.models import Event
from mentorwell.core.lifecycles import (
    InvitationState,
    ProgrammeState,
    ProposalState,
    RoundState,
)
from mentorwell.core.pairing import Mode, Weights
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import queries, services
from mentorwell.matching.enums import Answer
from mentorwell.matching.models import Invitation, Proposal, Round
from mentorwell.matching.queries.snapshot import forget
from mentorwell.mentorships.models import Mentorship
from mentorwell.notices.models import Notice
from mentorwell.people.enums import LinkKind
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.matching import invite, open_programme
from tests.factories.moments import NOW
from tests.factories.people import EvaluationLinkFactory, MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory


pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Story:
    """A round with three mentees and five mentors of one place each, solved once."""

    def __init__(self):
        self.programme = open_programme()
        self.office = OfficeRoleFactory(programme=self.programme, role=Role.DIRECTOR).person
        self.mentors = [MentorFactory(programme=self.programme, places=1) for _ in range(5)]
        self.mentees = [MenteeFactory(programme=self.programme) for _ in range(3)]
        self.round = services.begin_round(
            programme=self.programme,
            name="Autumn",
            wishes_until=NOW.date() + 7 * DAY,
            closes_date=NOW.date() + 40 * DAY,
            by=self.office,
            now=NOW,
        )
        for mentee in self.mentees:
            services.speak_in_round(
                round_=self.round, participation=mentee, takes_part=True, by=mentee.person, now=NOW
            )
        self.run = services.start_run(
            round_=self.round, mode=Mode.BEST, weights=Weights(), by=self.office, now=NOW
        )
        services.solve_run(run_id=self.run.pk, now=NOW)
        self.run.refresh_from_db()

    def publish(self):
        services.stop_wishes(round_=self.round, by=self.office, now=NOW)
        self.run.round.refresh_from_db()
        services.publish_run(run=self.run, by=self.office, now=NOW)
        services.tend_round(round_id=self.round.pk, since=NOW, now=NOW)
        self.round.refresh_from_db()
        return queries.round_counts(self.round).left_out

    def named(self, mentee):
        return list(queries.proposals_for(mentee))

    def invite(self, proposal):
        invitation = services.invite_from_proposal(
            proposal=proposal,
            why_you="You teach what I want to learn.",
            what_i_bring="Questions.",
            by=proposal.mentee.person,
            now=NOW,
        )
        return services.send_invitation(invitation=invitation, by=proposal.mentee.person, now=NOW)


@pytest.fixture
def story():
    return Story()


def test_publishing_names_up_to_three_mentors_and_sends_nobody_anywhere(story):
    before = list(Participation.objects.order_by("pk").values())
    assert story.publish() == 0
    for mentee in story.mentees:
        named = story.named(mentee)
        assert [one.position for one in named] == [1, 2, 3]
        assert len({one.mentor for one in named}) == 3
    first = {(one.mentee_id, one.mentor_id) for one in Proposal.objects.filter(position=1)}
    assert first == {(pair.mentee_id, pair.mentor_id) for pair in story.run.pairs.all()}
    assert not Invitation.objects.exists()
    assert not Mentorship.objects.exists()
    assert list(Participation.objects.order_by("pk").values()) == before
    story.round.refresh_from_db()
    assert (story.round.state, story.round.published_run) == (RoundState.PUBLISHED, story.run)


def test_a_round_is_published_once_and_only_when_its_wishes_are_in(story):
    with pytest.raises(NotPossibleNow, match="Stop the wishes first"):
        services.publish_run(run=story.run, by=story.office, now=NOW)
    with pytest.raises(NotAllowed):
        services.publish_run(run=story.run, by=UserFactory(), now=NOW)
    story.publish()
    with pytest.raises(NotPossibleNow, match="published once"):
        services.publish_run(run=story.run, by=story.office, now=NOW)
    assert Event.objects.filter(verb="matching.round.publish").count() == 1


def test_a_run_that_is_not_done_is_not_published(story):
    waiting = services.start_run(
        round_=story.round, mode=Mode.BEST, weights=Weights(), by=story.office, now=NOW
    )
    services.stop_wishes(round_=story.round, by=story.office, now=NOW)
    with pytest.raises(NotPossibleNow, match="not done"):
        services.publish_run(run=waiting, by=story.office, now=NOW)


def test_a_link_entered_after_the_run_keeps_its_pair_out(story):
    pair = story.run.pairs.select_related("mentee__person", "mentor__person").first()
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=pair.mentor.person,
        evaluated_person=pair.mentee.person,
    )
    assert story.publish() == 1
    assert pair.mentor not in [one.mentor for one in story.named(pair.mentee)]
    assert len(story.named(pair.mentee)) == 3


def test_only_the_mentee_answers_and_the_draft_is_half_written_not_sent(story):
    story.publish()
    proposal = story.named(story.mentees[0])[0]
    for other in (story.office, story.mentees[1].person, proposal.mentor.person):
        with pytest.raises(NotAllowed):
            services.pass_proposal(proposal=proposal, by=other, now=NOW)
        with pytest.raises(NotAllowed):
            services.invite_from_proposal(
                proposal=proposal, why_you="", what_i_bring="", by=other, now=NOW
            )
    draft = services.invite_from_proposal(
        proposal=proposal, why_you="Hello.", what_i_bring="", by=proposal.mentee.person, now=NOW
    )
    proposal.refresh_from_db()
    assert (draft.state, proposal.state) == (InvitationState.DRAFT, ProposalState.INVITED)
    with pytest.raises(NotPossibleNow, match="no longer open"):
        services.pass_proposal(proposal=proposal, by=proposal.mentee.person, now=NOW)


def test_after_a_decline_the_next_mentors_are_named(story):
    story.publish()
    mentee = story.mentees[0]
    first, *others = story.named(mentee)
    for one in others:
        services.pass_proposal(proposal=one, by=mentee.person, now=NOW)
    invitation = story.invite(first)
    assert services.tend_rounds(now=NOW) == 0  # the invitation waits
    services.decline_invitation(
        invitation=invitation, answer=Answer.NOT_NOW, by=first.mentor.person, now=NOW
    )
    assert services.tend_rounds(now=NOW) == 1
    named = [one.mentor for one in story.named(mentee)]
    assert len(named) == 2
    assert not set(named) & {first.mentor, *(one.mentor for one in others)}
    assert services.tend_rounds(now=NOW) == 0


def test_what_can_no_longer_be_is_withdrawn_also_at_the_moment_of_use(story):
    story.publish()
    proposal = story.named(story.mentees[0])[0]
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=proposal.mentor.person,
        evaluated_person=proposal.mentee.person,
    )
    with pytest.raises(NotPossibleNow):
        story.invite(proposal)
    assert not Invitation.objects.exists()
    assert services.tend_rounds(now=NOW) == 1
    proposal.refresh_from_db()
    assert (proposal.state, proposal.ended_at) == (ProposalState.WITHDRAWN, NOW)


def test_many_open_invitations_withdraw_nothing(story):
    story.publish()
    mentee = story.mentees[0]
    proposals = story.named(mentee)
    most = story.programme.policy.open_invitations_most
    for one in proposals[:most]:
        story.invite(one)
    services.tend_rounds(now=NOW)
    left = [one.mentor for one in proposals[most:]]
    assert [one.mentor for one in story.named(mentee)] == left


def test_the_round_closes_by_itself_after_its_day(story):
    story.publish()
    services.tend_rounds(now=NOW + 40 * DAY)
    story.round.refresh_from_db()
    assert story.round.state == RoundState.PUBLISHED
    assert services.tend_rounds(now=NOW + 41 * DAY) == 1
    story.round.refresh_from_db()
    assert story.round.state == RoundState.CLOSED
    assert not Proposal.objects.filter(state=ProposalState.OPEN).exists()
    assert queries.round_for(story.mentees[0]) is None


def test_whoever_has_found_a_mentor_is_named_nobody_more(story):
    """Found outside the round: no run counts them, and no hour names them one after another."""
    story.publish()
    mentee = story.mentees[0]
    elsewhere = story.named(mentee)[0].mentor
    invitation = invite(mentee, elsewhere)
    services.accept_invitation(invitation=invitation, by=elsewhere.person, now=NOW)
    services.tend_rounds(now=NOW)
    assert story.named(mentee) == []
    services.tend_rounds(now=NOW)
    assert story.named(mentee) == []
    assert mentee.pk not in queries.ground_of(story.run, now=NOW).mentees


def test_a_mentee_leaves_a_round_at_any_time_and_their_proposals_go(story):
    story.publish()
    mentee = story.mentees[0]
    story.round.refresh_from_db()
    services.speak_in_round(
        round_=story.round, participation=mentee, takes_part=False, by=mentee.person, now=NOW
    )
    assert story.named(mentee) == []
    services.tend_rounds(now=NOW)
    assert story.named(mentee) == []
    assert len(story.named(story.mentees[1])) == 3


def test_an_empty_market_is_published_and_tended_without_a_word(story):
    for mentor in story.mentors:
        mentor.places.all().delete()
    forget()
    assert story.publish() == 3
    assert not Proposal.objects.exists()
    assert services.tend_rounds(now=NOW) == 0


def test_while_the_search_is_not_open_nothing_is_named_and_nothing_withdrawn(story):
    story.publish()
    aside = story.named(story.mentees[0])[0]  # an open search would name another instead
    services.pass_proposal(proposal=aside, by=aside.mentee.person, now=NOW)
    before = list(Proposal.objects.order_by("pk").values())
    Programme.objects.filter(pk=story.programme.pk).update(state=ProgrammeState.CLOSED)
    for _ in range(3):
        assert services.tend_rounds(now=NOW) == 0
    assert list(Proposal.objects.order_by("pk").values()) == before
    Programme.objects.filter(pk=story.programme.pk).update(state=ProgrammeState.OPEN)
    assert services.tend_rounds(now=NOW) == 1
    Programme.objects.filter(pk=story.programme.pk).update(state=ProgrammeState.CLOSED)
    services.close_round(round_=Round.objects.get(), by=story.office, now=NOW)
    assert Round.objects.get().state == RoundState.CLOSED  # also where the programme has closed


def test_a_round_is_published_before_its_last_day_and_while_the_search_is_open(story):
    services.stop_wishes(round_=story.round, by=story.office, now=NOW)
    story.run.round.refresh_from_db()
    with pytest.raises(NotPossibleNow, match="last day of this round is over"):
        services.publish_run(run=story.run, by=story.office, now=NOW + 41 * DAY)
    Programme.objects.filter(pk=story.programme.pk).update(search_opens_date=None)
    story.run.round.programme.refresh_from_db()
    with pytest.raises(NotPossibleNow, match="The search opens"):
        services.publish_run(run=story.run, by=story.office, now=NOW)


def test_a_round_that_was_never_published_closes_after_its_day_too(story):
    assert services.tend_rounds(now=NOW + 41 * DAY) == 1
    assert Round.objects.get().state == RoundState.CLOSED


def test_a_link_that_both_would_have_to_acknowledge_takes_a_suggestion_away(story):
    story.publish()
    proposal = story.named(story.mentees[0])[0]
    EvaluationLinkFactory(
        organisation=story.programme.organisation,
        evaluator_person=proposal.mentor.person,
        evaluated_person=proposal.mentee.person,
        kind=LinkKind.DISCLOSE,
    )
    services.tend_rounds(now=NOW)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN


def test_a_mentor_whom_many_ask_at_once_stays_suggested_and_who_was_away_is_named_again(story):
    story.publish()
    mentee = story.mentees[0]
    proposal = story.named(mentee)[0]
    others = [MenteeFactory(programme=story.programme, looking_since=NOW) for _ in range(3)]
    for other in others[: story.programme.policy.open_invitations_per_place]:
        invite(other, proposal.mentor)
    services.tend_rounds(now=NOW)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN
    named = {one.mentor for one in story.named(mentee)}
    Participation.objects.filter(pk=mentee.pk).update(state="paused")
    services.tend_rounds(now=NOW)
    assert story.named(mentee) == []
    Participation.objects.filter(pk=mentee.pk).update(state="ready")
    services.tend_rounds(now=NOW + DAY)
    again = {one.mentor for one in story.named(mentee)}
    assert len(again) == 3
    assert again & named  # of four who have room, two were named before
    assert proposal.mentor not in again  # many have asked; named before, and not open any more


def test_nobody_thinks_again_who_has_left_nor_of_who_sits_out(story):
    story.publish()
    mentee = story.mentees[0]
    one, two, _ = story.named(mentee)
    for proposal in (one, two):
        services.pass_proposal(proposal=proposal, by=mentee.person, now=NOW)
    services.speak_in_round(
        round_=story.round,
        participation=one.mentor,
        takes_part=False,
        by=one.mentor.person,
        now=NOW,
    )
    with pytest.raises(NotPossibleNow, match="not possible any more"):
        services.think_again(proposal=fresh(one), by=mentee.person, now=NOW)
    services.think_again(proposal=fresh(two), by=mentee.person, now=NOW)
    services.pass_proposal(proposal=fresh(two), by=mentee.person, now=NOW)
    services.speak_in_round(
        round_=story.round, participation=mentee, takes_part=False, by=mentee.person, now=NOW
    )
    with pytest.raises(NotPossibleNow, match="not possible any more"):
        services.think_again(proposal=fresh(two), by=mentee.person, now=NOW)


def fresh(proposal):
    return queries.proposals_visible_to(proposal.mentee.person).get(pk=proposal.pk)


def test_a_draft_thrown_away_leads_back_to_the_suggestion(story):
    story.publish()
    proposal = story.named(story.mentees[0])[0]
    draft = services.invite_from_proposal(
        proposal=proposal, why_you="Hello.", what_i_bring="", by=proposal.mentee.person, now=NOW
    )
    services.withdraw_invitation(invitation=draft, by=proposal.mentee.person, now=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.invitation, proposal.ended_at) == (
        ProposalState.OPEN,
        None,
        None,
    )


def test_an_end_that_was_looked_after_already_is_not_looked_after_again(story):
    story.publish()
    services.tend_round(round_id=story.round.pk, since=NOW - DAY, now=NOW + DAY)
    story.round.refresh_from_db()
    assert story.round.tended_at == NOW
    services.tend_round(round_id=story.round.pk, since=NOW, now=NOW + DAY)
    story.round.refresh_from_db()
    assert story.round.tended_at == NOW + DAY


def test_mentors_with_a_free_place_are_told_that_they_are_in_and_come_back_at_any_time(story):
    told = Notice.objects.filter(kind="matching.round.mentor_in")
    assert {notice.person for notice in told} == {one.person for one in story.mentors}
    mentor = story.mentors[0]
    services.stop_wishes(round_=story.round, by=story.office, now=NOW)
    for takes_part in (False, True):
        services.speak_in_round(
            round_=Round.objects.get(),
            participation=mentor,
            takes_part=takes_part,
            by=mentor.person,
            now=NOW,
        )
        assert queries.takes_part(story.round, mentor) == takes_part
    services.close_round(round_=Round.objects.get(), by=story.office, now=NOW)
    with pytest.raises(NotPossibleNow, match="has closed"):
        services.speak_in_round(
            round_=Round.objects.get(),
            participation=mentor,
            takes_part=True,
            by=mentor.person,
            now=NOW,
        )


def test_only_what_was_put_aside_is_thought_of_again(story):
    story.publish()
    mentee = story.mentees[0]
    proposal = story.named(mentee)[0]
    invitation = story.invite(proposal)
    services.withdraw_invitation(invitation=invitation, by=mentee.person, now=NOW)
    with pytest.raises(NotPossibleNow, match="not put this suggestion aside"):
        services.think_again(proposal=fresh(proposal), by=mentee.person, now=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.invitation) == (ProposalState.INVITED, invitation)
