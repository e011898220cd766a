"""The office begins and ends a round; people join it and say whom they would like."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import (
    ROUND_MOVES,
    RUN_MOVES,
    ProposalState,
    RoundState,
    RunState,
    sources,
)
from mentorwell.foundation.errors import NotPossibleNow
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.models import (
    MentorWord,
    Proposal,
    Round,
    RoundPart,
    RoundWish,
    RunGround,
)
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.programmes.models import Programme
from mentorwell.programmes.queries import today


WISHES_MOST = 20
A_DIGEST = timedelta(days=8)  # with fewer days left, the week's digest might come too late


@transaction.atomic
def begin_round(
    *,
    programme: Programme,
    name: str,
    wishes_until: date,
    closes_date: date,
    talks_until: date | None = None,
    by: User,
    now: datetime,
) -> Round:
    """Begin a round: from now on mentees may join it and say whom they would like.

    They are told, and so are mentors with a free place, who are in it unless they sit it out.

    With `talks_until` it has two stages: first talks until that day, then the last runs.
    Refuses whoever may not run rounds (NotAllowed); a programme that is not open, a second round
    beside an open one, and dates that are past or the wrong way round (NotPossibleNow).
    """
    rules.check_can_run_rounds(by, programme)
    if not name.strip():
        raise NotPossibleNow("Give the round a name, such as “Autumn 2027”.")
    if wishes_until < today(programme, now):
        raise NotPossibleNow("The last day for wishes is over already. Choose a later one.")
    if closes_date < wishes_until:
        raise NotPossibleNow("The round would close before its wishes are in. Choose a later day.")
    if talks_until and not wishes_until <= talks_until <= closes_date:
        raise NotPossibleNow(
            "First talks lie between the last day for wishes and the day on which the round closes."
        )
    try:
        with transaction.atomic():
            round_ = Round.objects.create(
                programme=programme,
                name=name.strip(),
                state=RoundState.COLLECTING,
                wishes_until=wishes_until,
                talks_until=talks_until,
                closes_date=closes_date,
                begun_at=now,
            )
    except IntegrityError:
        raise NotPossibleNow(
            "A round is open already. Close it before you begin another."
        ) from None
    audit.record(verb="matching.round.begin", target=round_, by=by, now=now)
    soon = wishes_until - today(programme, now) <= A_DIGEST
    there = Participation.objects.filter(
        programme=programme,
        part__in=[Part.MENTEE, Part.MENTOR],
        state__in=queries.SEARCHING_STATES,
        person__is_active=True,
    )
    with_place = queries.rooms(programme.pk, per_place=1)
    for one in there.filter(pk__in=with_place).select_related("person").order_by("pk"):
        tell_of_round(
            round_=round_,
            person=one.person,
            kind=emails.ROUND_BEGUN if one.part == Part.MENTEE else emails.IN_A_ROUND,
            urgency=Urgency.AT_ONCE if soon and one.part == Part.MENTEE else Urgency.DIGEST,
            now=now,
        )
    return round_


@transaction.atomic
def stop_wishes(*, round_: Round, by: User, now: datetime) -> None:
    """Take no more wishes: the office now looks at pairs. Refuses as `begin_round` does."""
    _move(round_, RoundState.PROPOSED, "matching.round.stop_wishes", by=by, now=now)


@transaction.atomic
def reopen_wishes(*, round_: Round, by: User, now: datetime) -> None:
    """Take wishes again before first talks are asked for or anything is published.

    Refuses as `begin_round` does.
    """
    if round_.talks_run_id:
        raise NotPossibleNow("First talks have been asked for. Whoever joined now would have none.")
    _move(round_, RoundState.COLLECTING, "matching.round.reopen_wishes", by=by, now=now)


@transaction.atomic
def close_round(*, round_: Round, by: User, now: datetime) -> None:
    """End a round; what it has led to goes on.

    Refuses whoever may not run rounds (NotAllowed) and one that has closed (NotPossibleNow).
    """
    rules.check_can_close_round(by, round_)
    _move(round_, RoundState.CLOSED, "matching.round.close", by=by, now=now)
    settle_closed(round_=round_, now=now)


@transaction.atomic
def show_to_mentors(
    *, round_: Round, mentee: Participation, shown: bool, by: User, now: datetime
) -> None:
    """Let mentors of a round read what one looks for, without a name, or no more.

    Taking it back is possible at any time. Not audited: it is theirs. Refuses anybody but the
    mentee (NotAllowed), who has not joined, and to show it once suggestions are out
    (NotPossibleNow).
    """
    rules.check_can_leave_round(by, round_, mentee)
    if shown:
        rules.check_still_open(round_)
    joined = RoundPart.objects.filter(round=round_, participation=mentee, takes_part=True)
    if not joined.update(open_to_doors=shown, said_at=now):
        raise NotPossibleNow("Join the round first.")


def settle_closed(*, round_: Round, now: datetime) -> None:
    """Let go of what a closed round no longer needs: open proposals, runs under way, their ground.

    Not audited: the caller's own line says that the round closed.
    """
    Round.objects.filter(pk=round_.pk).update(closed_at=now)
    withdraw_proposals(proposals=round_.proposals.all(), now=now)
    under_way = round_.runs.filter(state__in=sources(RUN_MOVES, RunState.CANCELLED))
    under_way.update(state=RunState.CANCELLED, finished_at=now)
    RunGround.objects.filter(run__round=round_).delete()


def withdraw_proposals(*, proposals: QuerySet[Proposal], now: datetime) -> None:
    """Withdraw those of some proposals that are open. Not audited: they are the mentee's alone."""
    open_ones = proposals.filter(state=ProposalState.OPEN)
    open_ones.update(state=ProposalState.WITHDRAWN, ended_at=now)


@transaction.atomic
def speak_in_round(
    *,
    round_: Round,
    participation: Participation,
    takes_part: bool,
    open_to_doors: bool = False,
    by: User,
    now: datetime,
) -> None:
    """Join a round or leave it, as a mentee; sit it out or be in it again, as a mentor.

    With `open_to_doors` mentors of the round may read what a mentee looks for, without a name.
    Leaving is possible at any time; the wishes and open proposals of who leaves go with them, and
    so does what mentors said of them. Not audited: it says who is looking, which is theirs to
    tell. Refuses anybody but the person (NotAllowed); to join, also a round that takes no more
    wishes, somebody who cannot search, and a mentee who has found their mentor (NotPossibleNow).
    """
    if takes_part:
        rules.check_can_speak_in_round(by, round_, participation, now=now)
    else:
        rules.check_can_leave_round(by, round_, participation)
    if takes_part and participation.state not in queries.SEARCHING_STATES:
        raise NotPossibleNow("Finish your first answers, then join the round.")
    if takes_part and participation.part == Part.MENTEE:
        rules.check_has_place_to_fill(participation)
    RoundPart.objects.update_or_create(
        round=round_,
        participation=participation,
        defaults={
            "takes_part": takes_part,
            "open_to_doors": open_to_doors and takes_part,
            "said_at": now,
        },
    )
    if not takes_part:
        RoundWish.objects.filter(round=round_, mentee=participation).delete()
        MentorWord.objects.filter(round=round_, mentee=participation).delete()
        own = Proposal.objects.filter(Q(mentee=participation) | Q(mentor=participation))
        withdraw_proposals(proposals=own.filter(round=round_), now=now)


@transaction.atomic
def wish_in_round(
    *,
    round_: Round,
    mentee: Participation,
    ranked: Sequence[Participation],
    marked: Sequence[Participation] = (),
    by: User,
    now: datetime,
) -> None:
    """Say whom one would like, the ranked ones in order; it replaces what was said before.

    Not audited: wishes are theirs alone. Refuses as `speak_in_round`; also who has not joined,
    somebody named twice, more than twenty, and whom they may not see (NotPossibleNow).
    """
    rules.check_can_speak_in_round(by, round_, mentee, now=now)
    if mentee.part != Part.MENTEE or not queries.takes_part(round_, mentee):
        raise NotPossibleNow("Join the round first, then say whom you would like.")
    named = [*ranked, *marked]
    if len({one.pk for one in named}) < len(named):
        raise NotPossibleNow("You have named somebody twice.")
    if len(named) > WISHES_MOST:
        raise NotPossibleNow(f"Name at most {WISHES_MOST}: those you would really like.")
    before = RoundWish.objects.filter(round=round_, mentee=mentee)
    new = {one.pk for one in named} - set(before.values_list("mentor_id", flat=True))
    if new and not new <= set(queries.search(mentee, now=now).listed()):
        raise NotPossibleNow("Somebody on your list cannot be found any more. Take them off it.")
    before.delete()
    RoundWish.objects.bulk_create(
        RoundWish(round=round_, mentee=mentee, mentor=mentor, rank=rank)
        for mentor, rank in [
            *((mentor, rank) for rank, mentor in enumerate(ranked, start=1)),
            *((mentor, None) for mentor in marked),
        ]
    )


def tell_of_round(
    *, round_: Round, person: User, kind: str, urgency: Urgency, now: datetime
) -> None:
    """Tell somebody of what has happened in a round, once a day and kind at most.

    Not audited: that they are told follows from what happened.
    """
    notices.tell(
        person=person,
        kind=kind,
        ids={"round": str(round_.uid)},
        now=now,
        urgency=urgency,
        key=f"{kind}:{round_.uid}:{person.uid}:{now:%Y-%m-%d}",
    )


def _move(round_: Round, state: RoundState, verb: str, *, by: User, now: datetime) -> None:
    if state != RoundState.CLOSED:
        rules.check_can_run_rounds(by, round_.programme)
    moved = Round.objects.filter(pk=round_.pk, state__in=sources(ROUND_MOVES, state))
    if not moved.update(state=state):
        raise NotPossibleNow("This round has moved on meanwhile. Look at it again.")
    audit.record(verb=verb, target=round_, by=by, now=now)
