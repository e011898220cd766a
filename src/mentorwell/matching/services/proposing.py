"""Proposals: published once, answered by their mentees alone, and renewed until the round closes."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

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
from mentorwell.core.pairing import Mode, solve
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.matching import queries, rules
from mentorwell.matching.models import Invitation, Proposal, Round, RoundRun
from mentorwell.matching.services.inviting import draft_invitation
from mentorwell.programmes.queries import today


EACH = 3  # mentors named to one mentee at a time

Pairs = Sequence[tuple[int, int]]


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
    next mentors to whoever has neither an open proposal nor an invitation on its way.
    """
    published = Round.objects.filter(state=RoundState.PUBLISHED).order_by("pk")
    return in_turn(partial(_tend, one, now) for one in published)


@transaction.atomic
def _tend(round_: Round, now: datetime) -> int:
    run = RoundRun.objects.select_related(
        "round__programme__policy", "round__programme__organisation"
    ).get(published_in=round_)
    if today(run.round.programme, now) > run.round.closes_date:
        _end(run.round.proposals.all(), now)
        closed = Round.objects.filter(pk=round_.pk, state=RoundState.PUBLISHED)
        closed.update(state=RoundState.CLOSED, closed_at=now)
        audit.record(verb="matching.round.close", target=round_, by=None, now=now)
        return 1
    gone = [
        proposal.pk
        for proposal in run.round.proposals.filter(state=ProposalState.OPEN).select_related(
            "mentee__person", "mentee__programme__policy", "mentor"
        )
        if not _holds(proposal, now)
    ]
    _end(Proposal.objects.filter(pk__in=gone), now)
    before = run.round.proposals.count()
    _propose(run, first=(), now=now)
    return int(bool(gone) or run.round.proposals.count() > before)


def _propose(run: RoundRun, *, first: Pairs, now: datetime) -> int:
    """Name mentors to whoever has none; return how many of `first` no longer hold."""
    ground = queries.ground_of(run, now=now)
    problem = ground.problem
    column_of = {mentor: column for column, mentor in enumerate(ground.mentors)}
    row_of = {mentee: row for row, mentee in enumerate(ground.mentees)}
    waiting = set(ground.mentees) - _served(run.round)
    named = {
        (row_of[mentee], column_of[mentor])
        for mentee, mentor in run.round.proposals.values_list("mentee_id", "mentor_id")
        if mentee in row_of and mentor in column_of
    }
    holds = [
        (row_of[mentee], column_of[mentor])
        for mentee, mentor in first
        if mentee in row_of
        and mentor in column_of
        and problem.pair_of(row_of[mentee], column_of[mentor]) is not None
    ]
    for position in range(1, EACH + 1):
        chosen = holds if position == 1 else []
        asking = np.array([one in waiting for one in ground.mentees], dtype=bool)
        asking[[mentee for mentee, _ in chosen]] = False
        keep = asking[problem.mentees]
        keep &= [
            pair not in named
            for pair in zip(problem.mentees.tolist(), problem.mentors.tolist(), strict=True)
        ]
        rest = problem.only(keep)
        result = solve(rest, Mode(run.mode))
        chosen = [*chosen, *map(tuple, result.pairs(rest).tolist())]
        named |= set(chosen)
        Proposal.objects.bulk_create(
            Proposal(
                round=run.round,
                mentee_id=ground.mentees[mentee],
                mentor_id=ground.mentors[mentor],
                position=position,
                proposed_at=now,
            )
            for mentee, mentor in chosen
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


def _served(round_: Round) -> set[int]:
    """Mentees who have an open proposal here, or an invitation of theirs that waits or was taken."""
    proposals = round_.proposals.filter(state=ProposalState.OPEN)
    drafts = round_.proposals.filter(
        invitation__state__in=[
            InvitationState.DRAFT,
            InvitationState.SENT,
            InvitationState.ACCEPTED,
        ]
    )
    return {
        *proposals.values_list("mentee_id", flat=True),
        *drafts.values_list("mentee_id", flat=True),
    }


def _check_own(proposal: Proposal, by: User) -> None:
    if proposal.mentee.person_id != by.pk:
        raise NotAllowed("Only the person to whom it was suggested can answer this.")


def _must_move(proposal: Proposal, state: ProposalState, **fields: object) -> None:
    movable = Proposal.objects.filter(pk=proposal.pk, state__in=sources(PROPOSAL_MOVES, state))
    if not movable.update(state=state, **fields):
        raise NotPossibleNow("This suggestion is no longer open. Look at the others.")


def _end(proposals: QuerySet[Proposal], now: datetime) -> None:
    open_ones = proposals.filter(state=ProposalState.OPEN)
    open_ones.update(state=ProposalState.WITHDRAWN, ended_at=now)
