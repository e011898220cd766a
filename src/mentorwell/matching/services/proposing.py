"""Proposals: published once, answered by their mentees alone, and renewed until the round closes."""

from collections import Counter
from collections.abc import Collection, Iterable
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
    sources,
)
from mentorwell.core.pairing import Mode
from mentorwell.foundation import jobs
from mentorwell.foundation.clockwork import in_turn
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import Invitation, Proposal, Round, RoundRun
from mentorwell.matching.services.holding import TEND
from mentorwell.matching.services.inviting import draft_invitation
from mentorwell.matching.services.naming import EACH, names
from mentorwell.matching.services.rounds import settle_closed, tell_of_round
from mentorwell.notices.enums import Urgency
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import today


@transaction.atomic
def publish_run(*, run: RoundRun, by: User, now: datetime) -> None:
    """Publish the pairs of a run; a job then names to each mentee up to three mentors.

    The run's own pairs come first, then the next best. Nobody is paired by it, and no invitation
    is sent. Each pair is looked at again as it is named: what no longer holds is left out.
    Refuses whoever may not run rounds (NotAllowed); a run that is not done, a round that still
    takes wishes, is published already or is past its last day, and a programme whose search is
    not open (NotPossibleNow).
    """
    rules.check_can_publish(by, run, now=now)
    ready = Round.objects.filter(
        pk=run.round_id, state__in=sources(ROUND_MOVES, RoundState.PUBLISHED)
    )
    if not ready.update(state=RoundState.PUBLISHED, published_run=run):
        raise NotPossibleNow("Stop the wishes first. A round is published once.")
    audit.record(verb="matching.round.publish", target=run.round, by=by, now=now)
    jobs.enqueue(TEND, round_id=run.round_id, since=str(now))


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
    if proposal.round.state != RoundState.PUBLISHED or not _may_be(proposal, now):
        raise NotPossibleNow("This suggestion is not possible any more. Look at the others.")
    aside = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.PASSED)
    if not aside.update(state=ProposalState.OPEN, ended_at=None):
        raise NotPossibleNow("You have not put this suggestion aside. Look at it again.")


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
    """Look after every open round, each by itself; return how many moved.

    By the hour: closes a round whose last day is over, published or not. In a published one it
    withdraws what can no longer be, and names the next mentors to whoever has fewer than three and
    no invitation on its way. While the search is not open, nothing is named or withdrawn.
    """
    open_ones = Round.objects.exclude(state=RoundState.CLOSED).order_by("pk")
    return in_turn(partial(_tend, one, now) for one in open_ones)


def tend_round(*, round_id: int, since: datetime, now: datetime) -> None:
    """Look after one round at once: it was published, or an invitation from it ended, at `since`.

    Not audited beyond what `tend_rounds` is. Does nothing where it has been looked after since.
    """
    round_ = Round.objects.filter(pk=round_id, state=RoundState.PUBLISHED).first()
    if round_ is not None and not (round_.tended_at and round_.tended_at > since):
        _tend(round_, now)


def _tend(round_: Round, now: datetime) -> int:
    """Close or renew one round. What takes long is read before anything is locked."""
    on_date = today(round_.programme, now)
    if on_date > round_.closes_date:
        return _close(round_, now)
    opening = queries.search_opening(round_.programme, on_date=on_date)
    if round_.state != RoundState.PUBLISHED or not opening.is_open:
        return 0
    run = RoundRun.objects.select_related(
        "round__programme__policy", "round__programme__organisation"
    ).get(published_in=round_)
    named = run.round.proposals.filter(state=ProposalState.OPEN)
    watch = set(named.values_list("mentee_id", "mentor_id"))
    ground = queries.ground_of(run, now=now, watch=watch)
    return _renew(run, ground, watch - ground.holds, now)


@transaction.atomic
def _close(round_: Round, now: datetime) -> int:
    open_one = Round.objects.filter(pk=round_.pk).exclude(state=RoundState.CLOSED)
    if not open_one.update(state=RoundState.CLOSED):
        return 0
    audit.record(verb="matching.round.close", target=round_, by=None, now=now)
    settle_closed(round_=round_, now=now)
    return 1


@transaction.atomic
def _renew(
    run: RoundRun, ground: queries.Ground, gone: Collection[tuple[int, int]], now: datetime
) -> int:
    """Withdraw what is gone and name mentors to whoever has fewer than three; 1 if any moved.

    As the round is published, the run's own pairs come first and everybody is named somebody;
    later nobody who waits for an answer is. Whoever had none is told. What was withdrawn may be
    named again. What changes between the reading and this is seen by the next hour, and at the
    latest when somebody would write.
    """
    # One at a time: the hour and the end of an invitation may come together.
    list(Round.objects.select_for_update(no_key=True).filter(pk=run.round_id).values_list("pk"))
    current = Round.objects.filter(pk=run.round_id, state=RoundState.PUBLISHED)
    is_first = current.filter(tended_at=None).exists()
    if not current.update(tended_at=now):
        return 0  # closed meanwhile
    withdrawn = 0
    for mentee, mentor in gone:
        named = run.round.proposals.filter(mentee=mentee, mentor=mentor, state=ProposalState.OPEN)
        withdrawn += named.update(state=ProposalState.WITHDRAWN, ended_at=now)
    before = _before_them(run.round)
    new = _to_name(run, ground, is_first=is_first)
    for position, mentee, mentor in new:
        Proposal.objects.update_or_create(
            round=run.round,
            mentee_id=mentee,
            mentor_id=mentor,
            defaults={
                "state": ProposalState.OPEN,
                "position": position,
                "proposed_at": now,
                "ended_at": None,
                "invitation": None,
            },
        )
    without = {mentee for _, mentee, _ in new} - set(before)
    for one in Participation.objects.filter(pk__in=without).select_related("person"):
        tell_of_round(
            round_=run.round,
            person=one.person,
            kind=emails.SUGGESTED,
            urgency=Urgency.AT_ONCE,
            now=now,
        )
    return int(bool(withdrawn or new))


def _to_name(
    run: RoundRun, ground: queries.Ground, *, is_first: bool
) -> list[tuple[int, int, int]]:
    """Return (position, mentee, mentor) of whom to name now, by primary keys.

    What the office keeps apart by hand stays apart.
    """
    problem = ground.changed(list(run.changes.filter(hand=Hand.APART)))
    have = _before_them(run.round)
    if not is_first:
        have |= dict.fromkeys(_waiting(run.round), EACH)
    row_of = {mentee: row for row, mentee in enumerate(ground.mentees)}
    column_of = {mentor: column for column, mentor in enumerate(ground.mentors)}

    def places(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        return [
            (row_of[mentee], column_of[mentor])
            for mentee, mentor in pairs
            if mentee in row_of and mentor in column_of
        ]

    named = run.round.proposals.exclude(state=ProposalState.WITHDRAWN)
    wanted = run.pairs.order_by("pk").values_list("mentee_id", "mentor_id") if is_first else ()
    chosen = names(
        problem=problem,
        mode=Mode(run.mode),
        missing={row: EACH - have.get(mentee, 0) for mentee, row in row_of.items()},
        named=places(named.values_list("mentee_id", "mentor_id")),
        first=[pair for pair in places(wanted) if problem.pair_of(*pair) is not None],
    )
    return [
        (position, ground.mentees[row], ground.mentors[column]) for position, row, column in chosen
    ]


def _may_be(proposal: Proposal, now: datetime) -> bool:
    """Whether both still take part, nothing stands between them, and the mentor has room."""
    mentee, round_ = proposal.mentee, proposal.round
    if not all(queries.takes_part(round_, one) for one in (mentee, proposal.mentor)):
        return False
    try:
        standing = rules.check_can_send(mentee.person, mentee, proposal.mentor, now=now)
    except Refusal:
        return False
    return standing.room.slots > 0 and not standing.links and not standing.hidden


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
