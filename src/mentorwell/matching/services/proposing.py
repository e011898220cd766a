"""Proposals: published once, answered by their mentees alone, and renewed until the round closes."""

from collections import Counter
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import (
    PROPOSAL_MOVES,
    ROUND_MOVES,
    InvitationState,
    ProposalState,
    RoundState,
    RunState,
    sources,
)
from mentorwell.core.pairing import Mode
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import Invitation, Proposal, Round, RoundRun
from mentorwell.matching.services.inviting import draft_invitation
from mentorwell.matching.services.naming import EACH, Pairs, names
from mentorwell.matching.services.rounds import settle_closed, tell_of_round, withdraw_proposals
from mentorwell.notices.enums import Urgency
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import today


@transaction.atomic
def publish_run(*, run: RoundRun, by: User, now: datetime) -> int:
    """Name to each mentee of the round up to three mentors: the run's own first, then the next best.

    Nobody is paired by it, and no invitation is sent. Each pair is looked at again in this
    moment: what no longer holds is left out. Returns how many pairs of the run were left out so.
    Refuses whoever may not run rounds (NotAllowed), a run that is not done, and a round that
    still takes wishes or is published already (NotPossibleNow).
    """
    rules.check_can_run_rounds(by, run.round.programme)
    if run.state != RunState.DONE:
        raise NotPossibleNow("This run is not done. Wait for it, or choose another.")
    ready = Round.objects.filter(
        pk=run.round_id, state__in=sources(ROUND_MOVES, RoundState.PUBLISHED)
    )
    if not ready.update(state=RoundState.PUBLISHED, published_run=run):
        raise NotPossibleNow("Stop the wishes first. A round is published once.")
    audit.record(verb="matching.round.publish", target=run.round, by=by, now=now)
    wanted = [(pair.mentee_id, pair.mentor_id) for pair in run.pairs.order_by("pk")]
    return _propose(run, first=wanted, now=now)


@transaction.atomic
def pass_proposal(*, proposal: Proposal, by: User, now: datetime) -> None:
    """Would rather not: nobody is told, and another is named in time.

    Not audited: it is theirs alone. Refuses anybody but the mentee (NotAllowed) and a proposal
    that is no longer open (NotPossibleNow).
    """
    _check_own(proposal, by)
    _must_move(proposal, ProposalState.PASSED, ended_at=now)


@transaction.atomic
def think_again(*, proposal: Proposal, by: User, now: datetime) -> None:
    """Take a pass back: the suggestion is open again.

    Not audited, as `pass_proposal`. Refuses anybody but the mentee (NotAllowed); a suggestion that
    was not passed over, one whose ground has changed, and a round that has closed (NotPossibleNow).
    """
    _check_own(proposal, by)
    if proposal.round.state != RoundState.PUBLISHED or not _holds(proposal, now):
        raise NotPossibleNow("This suggestion is not possible any more. Look at the others.")
    _must_move(proposal, ProposalState.OPEN, ended_at=None)


@transaction.atomic
def invite_from_proposal(
    *, proposal: Proposal, why_you: str, what_i_bring: str, by: User, now: datetime
) -> Invitation:
    """Make a draft of a proposal, to be read over and sent by the mentee as any other.

    Refuses anybody but the mentee (NotAllowed), a proposal that is no longer open, and as
    `draft_invitation` with the reason where its ground has changed (NotPossibleNow).
    """
    _check_own(proposal, by)
    draft = draft_invitation(
        mentee=proposal.mentee,
        mentor=proposal.mentor,
        why_you=why_you,
        what_i_bring=what_i_bring,
        by=by,
        now=now,
    )
    _must_move(proposal, ProposalState.INVITED, ended_at=now, invitation=draft)
    return draft


def tend_rounds(*, now: datetime) -> int:
    """Keep every published round going, each in a transaction of its own; return how many moved.

    By the hour: closes a round whose day is over; withdraws what can no longer be; and names the
    next mentors to whoever has fewer than three and no invitation on its way.
    """
    published = Round.objects.filter(state=RoundState.PUBLISHED).order_by("pk")
    return in_turn(partial(_tend, one, now) for one in published)


@transaction.atomic
def tend_round(*, round_id: int, now: datetime) -> None:
    """Look after one round at once, because an invitation from it has ended without a yes.

    Not audited beyond what `tend_rounds` is.
    """
    round_ = Round.objects.filter(pk=round_id, state=RoundState.PUBLISHED).first()
    if round_ is not None:
        _tend(round_, now)


@transaction.atomic
def _tend(round_: Round, now: datetime) -> int:
    # One at a time: the hour and the end of an invitation may come together.
    list(Round.objects.select_for_update(no_key=True).filter(pk=round_.pk).values_list("pk"))
    run = RoundRun.objects.select_related(
        "round__programme__policy", "round__programme__organisation"
    ).get(published_in=round_)
    if today(run.round.programme, now) > run.round.closes_date:
        closed = Round.objects.filter(pk=round_.pk, state=RoundState.PUBLISHED)
        if closed.update(state=RoundState.CLOSED):
            audit.record(verb="matching.round.close", target=round_, by=None, now=now)
            settle_closed(round_=round_, now=now)
        return 1
    gone = [
        proposal.pk
        for proposal in run.round.proposals.filter(state=ProposalState.OPEN).select_related(
            "mentee__person", "mentee__programme__policy", "mentor"
        )
        if not _holds(proposal, now)
    ]
    withdraw_proposals(proposals=Proposal.objects.filter(pk__in=gone), now=now)
    before = run.round.proposals.count()
    _propose(run, first=(), now=now)
    return int(bool(gone) or run.round.proposals.count() > before)


def _propose(run: RoundRun, *, first: Pairs, now: datetime) -> int:
    """Name mentors to whoever has fewer than three; return how many of `first` no longer hold.

    As the round is published, everybody is named somebody; later nobody who waits for an answer
    is. Whoever had none is told. What the office keeps apart by hand stays apart.
    """
    ground = queries.ground_of(run, now=now)
    problem = ground.changed(list(run.changes.filter(hand=Hand.APART)))
    column_of = {mentor: column for column, mentor in enumerate(ground.mentors)}
    row_of = {mentee: row for row, mentee in enumerate(ground.mentees)}
    holds = [
        (row_of[mentee], column_of[mentor])
        for mentee, mentor in first
        if mentee in row_of
        and mentor in column_of
        and problem.pair_of(row_of[mentee], column_of[mentor]) is not None
    ]
    have = _before_them(run.round)
    if not first:
        have |= dict.fromkeys(_waiting(run.round), EACH)
    missing = {row: EACH - have.get(mentee, 0) for mentee, row in row_of.items()}
    named = {
        (row_of[mentee], column_of[mentor])
        for mentee, mentor in run.round.proposals.values_list("mentee_id", "mentor_id")
        if mentee in row_of and mentor in column_of
    }
    new = [
        Proposal(
            round=run.round,
            mentee_id=ground.mentees[row],
            mentor_id=ground.mentors[column],
            position=position,
            proposed_at=now,
        )
        for position, row, column in names(
            problem=problem, mode=Mode(run.mode), missing=missing, named=named, first=holds
        )
    ]
    Proposal.objects.bulk_create(new)
    without = {proposal.mentee_id for proposal in new} - set(have)
    for mentee in Participation.objects.filter(pk__in=without).select_related("person"):
        tell_of_round(
            round_=run.round,
            person=mentee.person,
            kind=emails.SUGGESTED,
            urgency=Urgency.AT_ONCE,
            now=now,
        )
    return len(first) - len(holds)


def _holds(proposal: Proposal, now: datetime) -> bool:
    """Whether the mentee could turn to this mentor, and the mentor has room, as things stand."""
    mentee = proposal.mentee
    try:
        standing = rules.check_can_send(mentee.person, mentee, proposal.mentor, now=now)
    except Refusal:
        return False
    return standing.room.slots > 0


def _before_them(round_: Round) -> Counter[int]:
    """Return how many suggestions each mentee has before them, drafts of invitations included."""
    drafts = Q(state=ProposalState.INVITED, invitation__state=InvitationState.DRAFT)
    standing = round_.proposals.filter(Q(state=ProposalState.OPEN) | drafts)
    return Counter(standing.values_list("mentee_id", flat=True))


def _waiting(round_: Round) -> QuerySet[Invitation, int]:
    """Return the mentees of a round who wait for a mentor's answer."""
    joined = round_.parts.filter(takes_part=True).values("participation")
    sent = Invitation.objects.filter(mentee__in=joined, state=InvitationState.SENT)
    return sent.values_list("mentee_id", flat=True)


def _check_own(proposal: Proposal, by: User) -> None:
    if proposal.mentee.person_id != by.pk:
        raise NotAllowed("Only the person to whom it was suggested can answer this.")


def _must_move(proposal: Proposal, state: ProposalState, **fields: object) -> None:
    movable = Proposal.objects.filter(pk=proposal.pk, state__in=sources(PROPOSAL_MOVES, state))
    if not movable.update(state=state, **fields):
        raise NotPossibleNow("This suggestion is no longer open. Look at the others.")
