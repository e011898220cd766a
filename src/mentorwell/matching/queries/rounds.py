"""Rounds as people may see them, and the market that a run looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import numpy as np
from django.db.models import QuerySet

from mentorwell.accounts.models import User
from mentorwell.core.lifecycles import ProposalState, RoundState
from mentorwell.core.pairing import Mode, Problem, Weights
from mentorwell.core.pairing.ranked import ranked
from mentorwell.matching.models import Proposal, Round, RoundPart, RoundRun, RoundWish
from mentorwell.matching.queries.shortlist import search
from mentorwell.matching.queries.slots import knows_free_place
from mentorwell.matching.queries.standing import SEARCHING_STATES
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation
from mentorwell.programmes.queries import programmes_run_by
from mentorwell.programmes.roles import Permission


@dataclass(frozen=True)
class Ground:
    """What one run stands on: the people by primary key, in the order of the problem."""

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    problem: Problem

    @property
    def hash(self) -> str:
        """Tell this ground from any other: everything that the solver is given."""
        told = sha256()
        problem = self.problem
        for ids in (problem.mentee_ids, problem.mentor_ids):
            told.update("\n".join(ids).encode() + b"\0")
        for row in (
            problem.mentees,
            problem.mentors,
            problem.fits,
            problem.wants,
            problem.seats,
            problem.mentee_ranks,
        ):
            told.update(b"none" if row is None else row.astype("<i8").tobytes())
        told.update(str(problem.seed).encode())
        return told.hexdigest()


def rounds_visible_to(user: User) -> QuerySet[Round]:
    """Return the rounds of the programmes that somebody runs."""
    programmes = programmes_run_by(user, Permission.RUN_ROUNDS)
    return Round.objects.filter(programme__in=programmes).order_by("-begun_at", "-pk")


def round_for(participation: Participation) -> Round | None:
    """Return the round that a participant could take part in or is in now."""
    return (
        Round.objects.filter(programme=participation.programme)
        .exclude(state__in=[RoundState.DRAFT, RoundState.CLOSED])
        .first()
    )


def takes_part(round_: Round, participation: Participation) -> bool:
    """Answer whether somebody is in a round: a mentee who joined, a mentor who did not decline."""
    row = RoundPart.objects.filter(round=round_, participation=participation).first()
    return row.takes_part if row else participation.part == Part.MENTOR


def wishes_of(round_: Round, mentee: Participation) -> QuerySet[RoundWish]:
    """Return whom a mentee would like, ranked ones first, in order."""
    wishes = RoundWish.objects.filter(round=round_, mentee=mentee).select_related("mentor__person")
    return wishes.order_by("rank", "pk")


def proposals_for(mentee: Participation) -> QuerySet[Proposal]:
    """Return the mentors named to a mentee in the round that is on, open ones, in their order."""
    proposals = Proposal.objects.filter(
        mentee=mentee, state=ProposalState.OPEN, round__state=RoundState.PUBLISHED
    )
    return proposals.select_related("mentor__person", "round").order_by("proposed_at", "position")


def ground_of(run: RoundRun, *, now: datetime) -> Ground:
    """Return what a run stands on, read afresh.

    Every mentee who joined, in a state to search and with a place to fill, with the mentors whom they could invite at
    this moment: the same fit, bars, links and places as on the find page, nothing else. A
    pair with an evaluation link that both would have to acknowledge is left to the two.
    Mentors who sit the round out are not in it. Wishes count in the modes that go by lists;
    whom a mentee did not name comes behind, by fit. Several queries a mentee: for a job, not a page.
    """
    round_ = run.round
    mentees = [one for one in _joined(round_) if knows_free_place(one)]
    out = set(
        RoundPart.objects.filter(round=round_, takes_part=False).values_list(
            "participation_id", flat=True
        )
    )
    weights = Weights(
        run.weight_interest, run.weight_proximity, run.weight_values, run.weight_style
    )
    rows: list[tuple[int, int, int]] = []
    seats: dict[int, int] = {}
    for place, mentee in enumerate(mentees):
        found = search(mentee, now=now, weights=weights)
        if found.table is None:
            continue
        for column in found.columns:
            mentor = found.snapshot.mentors[column].participation_id
            standing = found.standings[mentor]
            if mentor in out or standing.bar or standing.links or not standing.room.slots:
                continue
            seats[mentor] = min(standing.room.places, run.places_most or standing.room.places)
            rows.append((place, mentor, int(found.table.scores[0, column])))
    mentors = tuple(sorted(seats))
    column_of = {mentor: column for column, mentor in enumerate(mentors)}
    problem = Problem.build(
        mentee_ids=[str(one.uid) for one in mentees],
        mentor_ids=_uids(mentors),
        mentees=[row[0] for row in rows],
        mentors=[column_of[row[1]] for row in rows],
        fits=np.array([row[2] for row in rows], dtype=np.int64),
        seats=[seats[mentor] for mentor in mentors],
        seed=run.seed,
    )
    if run.mode in (Mode.CHOICE, Mode.STABLE):
        ranking = _ranking(round_, mentees, column_of)
        problem = ranked(problem, mentees=ranking, only_listed=False)
    return Ground(tuple(one.pk for one in mentees), mentors, problem)


def _joined(round_: Round) -> QuerySet[Participation]:
    return (
        Participation.objects.filter(
            pk__in=round_.parts.filter(takes_part=True).values("participation_id"),
            part=Part.MENTEE,
            state__in=SEARCHING_STATES,
            person__is_active=True,
        )
        .select_related("person", "programme__policy", "programme__organisation")
        .order_by("pk")
    )


def _uids(mentors: Sequence[int]) -> list[str]:
    uids = dict(Participation.objects.filter(pk__in=mentors).values_list("pk", "uid"))
    return [str(uids[mentor]) for mentor in mentors]


def _ranking(
    round_: Round, mentees: Sequence[Participation], column_of: dict[int, int]
) -> list[tuple[int, int, int]]:
    place_of = {mentee.pk: place for place, mentee in enumerate(mentees)}
    wishes = RoundWish.objects.filter(round=round_, mentee__in=mentees, mentor__in=column_of)
    last = 1 + max((wish.rank or 0 for wish in wishes), default=0)
    return [
        (place_of[wish.mentee_id], wish.rank or last, column_of[wish.mentor_id])
        for wish in wishes.order_by("pk")
    ]
