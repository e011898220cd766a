"""Who may run a round, speak in one and publish, and when. `check_*` raises with a sentence."""

from datetime import datetime

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ProgrammeState, RoundState, RunState
from mentorwell.core.pairing import Mode, Part, Weights
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow, Refusal
from mentorwell.matching import queries
from mentorwell.matching.models import Round, RoundRun
from mentorwell.matching.rules.inviting import opening_sentence
from mentorwell.people import enums
from mentorwell.people.models import Participation
from mentorwell.programmes import rules as programmes
from mentorwell.programmes.models import Programme
from mentorwell.programmes.queries import today
from mentorwell.programmes.roles import Permission


RUNS_MOST = 12  # of one round: more would not be compared


def check_can_run_rounds(user: User, programme: Programme) -> None:
    """Only the office of an open programme looks at pairs for many at once."""
    programmes.check_can(user, Permission.RUN_ROUNDS, programme)
    if programme.state != ProgrammeState.OPEN:
        raise NotPossibleNow("Open the programme first, then begin a round.")


def can_run_rounds(user: User, programme: Programme) -> bool:
    """Answer whether `check_can_run_rounds` passes."""
    try:
        check_can_run_rounds(user, programme)
    except Refusal:
        return False
    return True


def check_can_close_round(user: User, round_: Round) -> None:
    """The office closes a round, also where the programme has closed meanwhile."""
    programmes.check_can(user, Permission.RUN_ROUNDS, round_.programme)


def check_can_speak_in_round(
    user: User, round_: Round, participation: Participation, *, now: datetime
) -> None:
    """Mentees speak for themselves until the last day for wishes; mentors until it closes."""
    check_can_leave_round(user, round_, participation)
    if participation.part == enums.Part.MENTOR:
        if round_.state == RoundState.CLOSED:
            raise NotPossibleNow("This round has closed.")
        return
    late = today(round_.programme, now) > round_.wishes_until
    if round_.state != RoundState.COLLECTING or late:
        raise NotPossibleNow("This round takes no more wishes. Your own search goes on as ever.")


def check_can_leave_round(user: User, round_: Round, participation: Participation) -> None:
    """Anybody leaves at any time, for themselves."""
    if participation.person_id != user.pk or participation.programme_id != round_.programme_id:
        raise NotAllowed("Everybody takes part in a round by their own word.")


def can_speak_in_round(
    user: User, round_: Round, participation: Participation, *, now: datetime
) -> bool:
    """Answer whether `check_can_speak_in_round` passes."""
    try:
        check_can_speak_in_round(user, round_, participation, now=now)
    except Refusal:
        return False
    return True


def check_can_start_run(user: User, round_: Round) -> None:
    """Runs are tried while wishes come in and once they are in, until pairs are published."""
    check_can_run_rounds(user, round_.programme)
    if round_.state not in (RoundState.COLLECTING, RoundState.PROPOSED):
        raise NotPossibleNow("This round has closed, or its pairs are out already.")


def can_start_run(user: User, round_: Round) -> bool:
    """Answer whether `check_can_start_run` passes."""
    try:
        check_can_start_run(user, round_)
    except Refusal:
        return False
    return True


def check_room_for_run(round_: Round) -> None:
    """Let nobody pile up runs that nobody would compare."""
    kept = round_.runs.exclude(state__in=[RunState.CANCELLED, RunState.FAILED])
    if kept.count() >= RUNS_MOST:
        raise NotPossibleNow(f"There are {RUNS_MOST} runs already. Compare them, then choose one.")


def check_lists_hide_people(round_: Round, mode: Mode) -> None:
    """Let no run by lists tell whose they are: nobody's, or those of enough mentees."""
    wishing = round_.wishes.values("mentee").distinct().count()
    least = round_.programme.policy.activity_threshold
    if mode in (Mode.CHOICE, Mode.STABLE) and 0 < wishing < least:
        raise NotPossibleNow(
            f"Fewer than {least} have said whom they would like, so a run by their lists would "
            "tell whose they are. Choose another way, or wait for more."
        )


def check_weights_stay_near(round_: Round, weights: Weights) -> None:
    """Let no run count one part alone: its pairs would tell what people keep to themselves.

    Only proportions count, so each part's share is held between half and twice its usual one.
    """
    policy = round_.programme.policy
    usual = (
        policy.weight_interest,
        policy.weight_proximity,
        policy.weight_values,
        policy.weight_style,
    )
    asked = (weights.interest, weights.proximity, weights.values, weights.style)
    for part, weight, own in zip(Part, asked, usual, strict=True):
        share, most = weight / sum(asked), 2 * own / sum(usual)
        if not most / 4 <= share <= most:
            raise NotPossibleNow(
                "Let each part count between half and twice as much as in the programme's own "
                f"weights: {part} from {most / 4:.0%} to {min(most, 1):.0%} of all. "
                "Else a run would tell what people keep to themselves."
            )


def check_can_publish(user: User, run: RoundRun, *, now: datetime) -> None:
    """A finished run is published before the round's last day, while the search is open."""
    round_ = run.round
    check_can_run_rounds(user, round_.programme)
    if run.state != RunState.DONE:
        raise NotPossibleNow("This run is not done. Wait for it, or choose another.")
    on_date = today(round_.programme, now)
    if on_date > round_.closes_date:
        raise NotPossibleNow("The last day of this round is over. Close it, and begin another.")
    opening = queries.search_opening(round_.programme, on_date=on_date)
    if not opening.is_open:
        raise NotPossibleNow(opening_sentence(opening))


def check_can_ask_for_talks(user: User, round_: Round, *, now: datetime) -> None:
    """First talks are asked for once, in a round in two stages whose wishes are in."""
    check_can_run_rounds(user, round_.programme)
    if round_.talks_until is None:
        raise NotPossibleNow("This round has no first talks.")
    if round_.state == RoundState.COLLECTING:
        raise NotPossibleNow("Stop the wishes first, then ask for first talks.")
    if round_.state != RoundState.PROPOSED or round_.talks_run_id:
        raise NotPossibleNow("The first talks of this round have been asked for already.")
    if today(round_.programme, now) > round_.talks_until:
        raise NotPossibleNow("The last day for first talks is over. Publish a run instead.")


def can_ask_for_talks(user: User, round_: Round, *, now: datetime) -> bool:
    """Answer whether `check_can_ask_for_talks` passes."""
    try:
        check_can_ask_for_talks(user, round_, now=now)
    except Refusal:
        return False
    return True


def check_still_open(round_: Round) -> None:
    """What people say of each other counts until pairs are published."""
    if round_.state not in (RoundState.COLLECTING, RoundState.PROPOSED):
        raise NotPossibleNow("The suggestions of this round are out, so this changes nothing now.")
