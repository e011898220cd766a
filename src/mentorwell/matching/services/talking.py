"""First talks of a round in two stages, and what mentors and mentees say of each other."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mentorwell.accounts.models import User
from mentorwell.audit import services as audit
from mentorwell.core.lifecycles import RoundState, RunState
from mentorwell.core.pairing import Mode
from mentorwell.foundation.errors import NotAllowed, NotPossibleNow
from mentorwell.matching import emails, queries, rules
from mentorwell.matching.enums import Hand, Leaning
from mentorwell.matching.models import FirstTalk, MentorWord, Round, RoundRun
from mentorwell.matching.services.naming import EACH, names
from mentorwell.matching.services.rounds import tell_of_round
from mentorwell.notices.enums import Urgency
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation


SCORES = range(1, 6)


def ask_for_talks(*, run: RoundRun, by: User, now: datetime) -> int:
    """Ask each mentee of a run for up to three first talks; both sides are told. Return how many.

    The run's own pairs come first, then the next best. Each pair is looked at again before
    anything is locked. Nobody is paired by it. Refuses whoever may not run rounds (NotAllowed), a
    round without first talks, one that still takes wishes, has its talks already or is past their
    last day, and a run that is not done (NotPossibleNow).
    """
    rules.check_can_ask_for_talks(by, run.round, now=now)
    if run.state != RunState.DONE:
        raise NotPossibleNow("This run is not done. Wait for it, or choose another.")
    ground = queries.ground_of(run, now=now)
    problem = ground.changed(list(run.changes.filter(hand=Hand.APART)))
    wanted = [
        (ground.mentees.index(pair.mentee_id), ground.mentors.index(pair.mentor_id))
        for pair in run.pairs.order_by("pk")
        if pair.mentee_id in ground.mentees and pair.mentor_id in ground.mentors
    ]
    chosen = names(
        problem=problem,
        mode=Mode(run.mode),
        missing=dict.fromkeys(range(len(ground.mentees)), EACH),
        named=(),
        first=[pair for pair in wanted if problem.pair_of(*pair) is not None],
    )
    talks = [
        FirstTalk(
            round=run.round,
            mentee_id=ground.mentees[row],
            mentor_id=ground.mentors[column],
            asked_at=now,
        )
        for _, row, column in chosen
    ]
    _ask(run, talks, by, now)
    return len(talks)


@transaction.atomic
def _ask(run: RoundRun, talks: Sequence[FirstTalk], by: User, now: datetime) -> None:
    round_ = run.round
    ready = Round.objects.filter(pk=round_.pk, state=RoundState.PROPOSED, talks_run=None)
    if not ready.update(talks_run=run):
        raise NotPossibleNow("The first talks of this round have been asked for already.")
    FirstTalk.objects.bulk_create(talks)
    audit.record(verb="matching.round.ask_for_talks", target=round_, by=by, now=now)
    sides = {pk for talk in talks for pk in (talk.mentee_id, talk.mentor_id)}
    for one in Participation.objects.filter(pk__in=sides).select_related("person").order_by("pk"):
        tell_of_round(
            round_=round_,
            person=one.person,
            kind=emails.FIRST_TALKS,
            urgency=Urgency.AT_ONCE,
            now=now,
        )


@transaction.atomic
def react_to_talk(
    *, talk: FirstTalk, score: int | None, words: str, by: User, now: datetime
) -> None:
    """Say how a first talk was, 1 (not for me) to 5; None takes it back.

    Not audited: reactions are theirs alone. Refuses anybody but the mentee (NotAllowed), a
    score that is none, and a round whose pairs are out (NotPossibleNow).
    """
    if talk.mentee.person_id != by.pk:
        raise NotAllowed("Only the mentee says how their talk was.")
    rules.check_still_open(talk.round)
    if score is not None and score not in SCORES:
        raise NotPossibleNow("Choose a number from 1 to 5.")
    FirstTalk.objects.filter(pk=talk.pk).update(score=score, words=words)


@transaction.atomic
def speak_of_mentee(
    *,
    round_: Round,
    mentor: Participation,
    mentee: Participation,
    leaning: Leaning,
    opens_door: bool,
    by: User,
    now: datetime,
) -> None:
    """Say, as a mentor, whom one would prefer or rather not have, and open one's door.

    Not audited: it is the mentor's own, and only an open door is read by the mentee. Refuses
    anybody but the mentor (NotAllowed); a round whose pairs are out, somebody whom they neither
    meet in a first talk nor read of at an open door, and a door opened to whom one would rather
    not meet (NotPossibleNow).
    """
    if mentor.person_id != by.pk or mentor.part != Part.MENTOR:
        raise NotAllowed("Every mentor speaks for themselves.")
    rules.check_still_open(round_)
    if opens_door and leaning == Leaning.RATHER_NOT:
        raise NotPossibleNow("An open door and “rather not” do not go together. Choose one.")
    there = {talk.mentee_id for talk in queries.talks_of(mentor, round_, now=now)}
    there |= {door.mentee.pk for door in queries.doors_for(mentor, round_, now=now)}
    if mentee.pk not in there:
        raise NotPossibleNow("They do not take part any more, or have found somebody.")
    MentorWord.objects.update_or_create(
        round=round_,
        mentor=mentor,
        mentee=mentee,
        defaults={"leaning": leaning, "opens_door": opens_door},
    )
