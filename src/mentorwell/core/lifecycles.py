"""Which state may follow which.

Plain tables: no framework, no database, no clock. Each table names every state of its
lifecycle as a key; a state with an empty set is an end. The drawings in
`docs/reference/states.md` are generated from these tables and compared by a test.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar


class ParticipationState(StrEnum):
    """One person's part in one programme."""

    INVITED = "invited"  # brought in by the office, has not answered yet
    APPLIED = "applied"  # asked to take part
    READY = "ready"  # has answered enough to be found or to search
    ACTIVE = "active"  # has had at least one mentorship here
    PAUSED = "paused"
    LEFT = "left"


class InvitationState(StrEnum):
    """A mentee's question to a mentor."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    RELEASED = "released"  # the last place went, or the mentor paused: nobody's choice


class MentorshipState(StrEnum):
    """The relationship. Why it closed is known to its writer only and is no state."""

    FORMING = "forming"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSING = "closing"
    CLOSED = "closed"
    REDEFINED = "redefined"


class MembershipState(StrEnum):
    """One person's membership of one mentorship."""

    JOINED = "joined"
    PAUSED = "paused"
    LEFT = "left"


class AgreementState(StrEnum):
    """What the members of a mentorship agree on."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REPLACED = "replaced"


class MeetingState(StrEnum):
    """One conversation with a date."""

    PROPOSED = "proposed"
    SCHEDULED = "scheduled"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


class StepState(StrEnum):
    """A next step that somebody took on in a conversation. Letting it go is no failure."""

    OPEN = "open"
    DONE = "done"
    LET_GO = "let_go"


class GoalState(StrEnum):
    """What somebody wants to grow into. Letting a goal go is as good an end as reaching it."""

    ACTIVE = "active"
    PAUSED = "paused"
    REACHED = "reached"
    LET_GO = "let_go"


class ProgrammeState(StrEnum):
    """A programme from its set-up to its end."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class ImportState(StrEnum):
    """One roster file on its way in."""

    UPLOADED = "uploaded"
    STAGING = "staging"
    CHECKED = "checked"
    APPLYING = "applying"
    DONE = "done"
    FAILED = "failed"


class RoundState(StrEnum):
    """The office looks at many pairs at once. No run in it changes anybody's state."""

    DRAFT = "draft"
    COLLECTING = "collecting"  # mentees join and say whom they would like
    PROPOSED = "proposed"  # wishes are in; the office compares runs
    PUBLISHED = "published"  # mentees see their proposals
    CLOSED = "closed"


class RunState(StrEnum):
    """One try at the pairs of a round."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ProposalState(StrEnum):
    """A mentor named to a mentee in a round. Only the mentee makes an invitation of it."""

    OPEN = "open"
    INVITED = "invited"
    PASSED = "passed"  # the mentee would rather not
    WITHDRAWN = "withdrawn"  # its ground has changed


State = TypeVar("State", bound=StrEnum)
Moves = Mapping[State, frozenset[State]]

PARTICIPATION_MOVES: Moves[ParticipationState] = {
    ParticipationState.INVITED: frozenset(
        {ParticipationState.APPLIED, ParticipationState.READY, ParticipationState.LEFT}
    ),
    ParticipationState.APPLIED: frozenset({ParticipationState.READY, ParticipationState.LEFT}),
    ParticipationState.READY: frozenset(
        {ParticipationState.ACTIVE, ParticipationState.PAUSED, ParticipationState.LEFT}
    ),
    ParticipationState.ACTIVE: frozenset({ParticipationState.PAUSED, ParticipationState.LEFT}),
    ParticipationState.PAUSED: frozenset(
        {ParticipationState.READY, ParticipationState.ACTIVE, ParticipationState.LEFT}
    ),
    # Who left may come back, by their own answer.
    ParticipationState.LEFT: frozenset({ParticipationState.APPLIED}),
}

INVITATION_MOVES: Moves[InvitationState] = {
    InvitationState.DRAFT: frozenset({InvitationState.SENT, InvitationState.WITHDRAWN}),
    InvitationState.SENT: frozenset(
        {
            InvitationState.ACCEPTED,
            InvitationState.DECLINED,
            InvitationState.WITHDRAWN,
            InvitationState.EXPIRED,
            InvitationState.RELEASED,
        }
    ),
    InvitationState.ACCEPTED: frozenset(),
    InvitationState.DECLINED: frozenset(),
    InvitationState.WITHDRAWN: frozenset(),
    InvitationState.EXPIRED: frozenset(),
    InvitationState.RELEASED: frozenset(),
}

MENTORSHIP_MOVES: Moves[MentorshipState] = {
    MentorshipState.FORMING: frozenset(
        {MentorshipState.ACTIVE, MentorshipState.PAUSED, MentorshipState.CLOSING}
    ),
    MentorshipState.ACTIVE: frozenset({MentorshipState.PAUSED, MentorshipState.CLOSING}),
    MentorshipState.PAUSED: frozenset(
        {MentorshipState.FORMING, MentorshipState.ACTIVE, MentorshipState.CLOSING}
    ),
    # An ending is undone within the hour, before the other side is told.
    MentorshipState.CLOSING: frozenset(
        {
            MentorshipState.FORMING,
            MentorshipState.ACTIVE,
            MentorshipState.PAUSED,
            MentorshipState.CLOSED,
        }
    ),
    MentorshipState.CLOSED: frozenset({MentorshipState.REDEFINED}),
    MentorshipState.REDEFINED: frozenset(),
}

MEMBERSHIP_MOVES: Moves[MembershipState] = {
    MembershipState.JOINED: frozenset({MembershipState.PAUSED, MembershipState.LEFT}),
    MembershipState.PAUSED: frozenset({MembershipState.JOINED, MembershipState.LEFT}),
    MembershipState.LEFT: frozenset(),
}

AGREEMENT_MOVES: Moves[AgreementState] = {
    AgreementState.PROPOSED: frozenset({AgreementState.AGREED, AgreementState.REPLACED}),
    AgreementState.AGREED: frozenset({AgreementState.REPLACED}),
    AgreementState.REPLACED: frozenset(),
}

MEETING_MOVES: Moves[MeetingState] = {
    MeetingState.PROPOSED: frozenset({MeetingState.SCHEDULED, MeetingState.CANCELLED}),
    MeetingState.SCHEDULED: frozenset(
        {
            MeetingState.PROPOSED,
            MeetingState.HELD,
            MeetingState.MISSED,
            MeetingState.CANCELLED,
        }
    ),
    MeetingState.HELD: frozenset({MeetingState.MISSED}),
    MeetingState.MISSED: frozenset({MeetingState.HELD}),
    MeetingState.CANCELLED: frozenset(),
}

STEP_MOVES: Moves[StepState] = {
    StepState.OPEN: frozenset({StepState.DONE, StepState.LET_GO}),
    StepState.DONE: frozenset({StepState.OPEN}),  # ticked by mistake
    StepState.LET_GO: frozenset({StepState.OPEN}),  # thought better of
}

GOAL_MOVES: Moves[GoalState] = {
    GoalState.ACTIVE: frozenset({GoalState.PAUSED, GoalState.REACHED, GoalState.LET_GO}),
    GoalState.PAUSED: frozenset({GoalState.ACTIVE, GoalState.REACHED, GoalState.LET_GO}),
    GoalState.REACHED: frozenset({GoalState.ACTIVE}),  # said too soon
    GoalState.LET_GO: frozenset({GoalState.ACTIVE}),  # thought better of
}

PROGRAMME_MOVES: Moves[ProgrammeState] = {
    ProgrammeState.DRAFT: frozenset({ProgrammeState.OPEN}),
    ProgrammeState.OPEN: frozenset({ProgrammeState.CLOSED}),
    ProgrammeState.CLOSED: frozenset({ProgrammeState.OPEN}),
}

IMPORT_MOVES: Moves[ImportState] = {
    ImportState.UPLOADED: frozenset({ImportState.STAGING, ImportState.FAILED}),
    ImportState.STAGING: frozenset({ImportState.CHECKED, ImportState.FAILED}),
    ImportState.CHECKED: frozenset({ImportState.STAGING, ImportState.APPLYING, ImportState.FAILED}),
    ImportState.APPLYING: frozenset({ImportState.DONE, ImportState.FAILED}),
    ImportState.DONE: frozenset(),
    ImportState.FAILED: frozenset({ImportState.STAGING}),
}

ROUND_MOVES: Moves[RoundState] = {
    RoundState.DRAFT: frozenset({RoundState.COLLECTING, RoundState.CLOSED}),
    RoundState.COLLECTING: frozenset({RoundState.PROPOSED, RoundState.CLOSED}),
    RoundState.PROPOSED: frozenset(
        {RoundState.COLLECTING, RoundState.PUBLISHED, RoundState.CLOSED}
    ),
    RoundState.PUBLISHED: frozenset({RoundState.CLOSED}),
    RoundState.CLOSED: frozenset(),
}

RUN_MOVES: Moves[RunState] = {
    RunState.QUEUED: frozenset({RunState.RUNNING, RunState.CANCELLED}),
    RunState.RUNNING: frozenset({RunState.DONE, RunState.FAILED, RunState.CANCELLED}),
    RunState.DONE: frozenset(),
    RunState.FAILED: frozenset({RunState.QUEUED}),
    RunState.CANCELLED: frozenset({RunState.QUEUED}),
}

PROPOSAL_MOVES: Moves[ProposalState] = {
    ProposalState.OPEN: frozenset(
        {ProposalState.INVITED, ProposalState.PASSED, ProposalState.WITHDRAWN}
    ),
    # From here on the invitation tells; a draft that is thrown away leads back.
    ProposalState.INVITED: frozenset({ProposalState.OPEN}),
    ProposalState.PASSED: frozenset({ProposalState.OPEN}),  # thought better of
    ProposalState.WITHDRAWN: frozenset({ProposalState.OPEN}),  # possible again
}

LIFECYCLES: Mapping[str, Mapping[StrEnum, frozenset[StrEnum]]] = {
    "participation": PARTICIPATION_MOVES,  # type: ignore[dict-item]  # Mapping keys are invariant; read-only here
    "invitation": INVITATION_MOVES,  # type: ignore[dict-item]  # as above
    "mentorship": MENTORSHIP_MOVES,  # type: ignore[dict-item]  # as above
    "membership": MEMBERSHIP_MOVES,  # type: ignore[dict-item]  # as above
    "agreement": AGREEMENT_MOVES,  # type: ignore[dict-item]  # as above
    "meeting": MEETING_MOVES,  # type: ignore[dict-item]  # as above
    "step": STEP_MOVES,  # type: ignore[dict-item]  # as above
    "goal": GOAL_MOVES,  # type: ignore[dict-item]  # as above
    "programme": PROGRAMME_MOVES,  # type: ignore[dict-item]  # as above
    "import": IMPORT_MOVES,  # type: ignore[dict-item]  # as above
    "round": ROUND_MOVES,  # type: ignore[dict-item]  # as above
    "run": RUN_MOVES,  # type: ignore[dict-item]  # as above
    "proposal": PROPOSAL_MOVES,  # type: ignore[dict-item]  # as above
}


def sources(moves: Moves[State], target: State) -> list[State]:
    """Return the states from which `target` may follow, for a compare-and-set update."""
    return [state for state, targets in moves.items() if target in targets]


def drawing(moves: Moves[State]) -> str:
    """Return a lifecycle as a Mermaid state diagram, in the order of its table."""
    lines = ["stateDiagram-v2", f"    [*] --> {next(iter(moves))}"]
    for state, targets in moves.items():
        lines += [f"    {state} --> {target}" for target in moves if target in targets]
        if not targets:
            lines.append(f"    {state} --> [*]")
    return "\n".join(lines)
