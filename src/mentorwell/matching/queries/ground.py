"""The market that a run looks at: read afresh, and kept so that a run can be repeated."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import numpy as np
from django.db.models import QuerySet

from mentorwell.core.pairing import ONE, Mode, Problem, Weights
from mentorwell.core.pairing.ragged import Index
from mentorwell.core.pairing.ranked import Ranking, ranked
from mentorwell.matching.enums import Hand, Leaning
from mentorwell.matching.models import (
    FirstTalk,
    MentorWord,
    Round,
    RoundPart,
    RoundRun,
    RoundWish,
    RunChange,
)
from mentorwell.matching.queries.shortlist import search
from mentorwell.matching.queries.slots import knows_free_place
from mentorwell.matching.queries.standing import SEARCHING_STATES
from mentorwell.people.enums import Part
from mentorwell.people.models import Participation


NOT_FOR_ME = 1  # a mentee's lowest word on a first talk: the two are named to each other no more
GOOD_TALK, BEST_TALK = 3, 5
LEANING = ONE // 10
"""What a mentor's "prefer" adds to a fit, in millionths."""

ARRAYS = ("mentees", "mentors", "fits", "wants", "seats")


Pair = tuple[int, int]
"""A mentee and a mentor, by the primary keys of their participations."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What one run stands on: the people by primary key, in the order of the problem.

    The problem's fits hold what the two sides have said in the round; `bases` are those without
    it, per pair, and all that the office is ever told of. `by_fit_alone` says that nobody had
    said anything. `holds` are those of the pairs watched that could still come about.
    """

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    problem: Problem
    bases: Index
    by_fit_alone: bool = True
    holds: frozenset[Pair] = frozenset()

    def base(self, row: int, column: int) -> int:
        """Return the fit of an eligible pair, by places, without what the two have said."""
        place = self.problem.pair_of(row, column)
        if place is None:
            raise KeyError((row, column))
        return int(self.bases[place])

    @property
    def hash(self) -> str:
        """Tell this ground from any other: everything that the solver is given."""
        told = sha256()
        problem = self.problem
        for ids in (problem.mentee_ids, problem.mentor_ids):
            told.update("\n".join(ids).encode() + b"\0")
        for row in (
            *(getattr(problem, name) for name in ARRAYS),
            problem.mentee_ranks,
            problem.mentor_ranks,
        ):
            told.update(b"none" if row is None else row.astype("<i8").tobytes())
        told.update(str(problem.seed).encode())
        return told.hexdigest()

    def packed(self) -> str:
        """Return the ground as text, to be kept; `unpacked` reads it back, equal in every bit."""
        problem = self.problem
        held = {
            "ids_of_mentees": np.array(problem.mentee_ids, dtype=np.str_),
            "ids_of_mentors": np.array(problem.mentor_ids, dtype=np.str_),
            "keys_of_mentees": np.array(self.mentees, dtype=np.int64),
            "keys_of_mentors": np.array(self.mentors, dtype=np.int64),
            "seed": np.array(problem.seed),
            "bases": self.bases,
            "by_fit_alone": np.array(self.by_fit_alone),
            **{name: getattr(problem, name) for name in ARRAYS},
        }
        for name in ("mentee_ranks", "mentor_ranks"):
            if getattr(problem, name) is not None:
                held[name] = getattr(problem, name)
        file = BytesIO()
        np.savez_compressed(file, **held)
        return b64encode(file.getvalue()).decode()

    def changed(self, changes: Sequence[RunChange]) -> Problem:
        """Return the problem with pairs put together or kept apart by hand.

        A change of somebody who is not in it is passed over. Raises Infeasible where those put
        together ask for more places than there are.
        """
        rows = {pk: row for row, pk in enumerate(self.mentees)}
        columns = {pk: column for column, pk in enumerate(self.mentors)}
        keep = np.ones(len(self.problem.fits), dtype=bool)
        fixed = []
        for change in changes:
            row, column = rows.get(change.mentee_id), columns.get(change.mentor_id)
            if row is None or column is None:
                continue
            place = self.problem.pair_of(row, column)
            if place is None:
                continue
            if change.hand == Hand.APART:
                keep[place] = False
            else:
                fixed.append((row, column))
        problem = self.problem.only(keep)
        return replace(problem, fixed=np.array(fixed, dtype=np.int64).reshape(-1, 2))


def unpacked(text: str) -> Ground:
    """Return a ground that was kept."""
    held = np.load(BytesIO(b64decode(text)), allow_pickle=False)
    problem = Problem.build(
        mentee_ids=held["ids_of_mentees"].tolist(),
        mentor_ids=held["ids_of_mentors"].tolist(),
        **{name: held[name] for name in ARRAYS},
        mentee_ranks=held.get("mentee_ranks"),
        mentor_ranks=held.get("mentor_ranks"),
        seed=int(held["seed"]),
    )
    return Ground(
        tuple(held["keys_of_mentees"].tolist()),
        tuple(held["keys_of_mentors"].tolist()),
        problem,
        held["bases"],
        by_fit_alone=bool(held["by_fit_alone"]),
    )


def nothing_told(_share: float) -> None:
    """Take no note of how far the reading is."""


def ground_of(
    run: RoundRun,
    *,
    now: datetime,
    tell: Callable[[float], None] = nothing_told,
    watch: Collection[Pair] = (),
) -> Ground:
    """Return what a run stands on, read afresh.

    Every mentee who joined, in a state to search and with a place to fill, with the mentors whom
    they could invite at this moment: the same fit, bars, links and places as on the find page,
    and what the two have said of each other in this round (`_Said`). A pair with an evaluation
    link that both would have to acknowledge is left to the two. Mentors who sit the round out
    are not in it. Wishes count in the modes that go by lists; whom a mentee did not name comes
    behind, by fit. Of the pairs to `watch` it is noted which could still come about, also where
    so many have asked a mentor that nobody can just now.

    Several queries a mentee: for a job, not a page, and outside any transaction. `tell` is told,
    between mentees, the share that has been read.
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
    said = _Said(round_)
    watched = frozenset(watch)
    holds: set[Pair] = set()
    rows: list[tuple[int, int, int, int]] = []
    seats: dict[int, int] = {}
    for place, mentee in enumerate(mentees):
        tell(place / len(mentees))
        found = search(mentee, now=now, weights=weights)
        if found.table is None:
            continue
        for column in found.columns:
            mentor = found.snapshot.mentors[column].participation_id
            standing = found.standings[mentor]
            if mentor in out or standing.bar or standing.links or not standing.room.places:
                continue
            if said.against(mentee.pk, mentor):
                continue
            if (mentee.pk, mentor) in watched:
                holds.add((mentee.pk, mentor))
            if not standing.room.slots:
                continue
            seats[mentor] = min(standing.room.places, run.places_most or standing.room.places)
            base = int(found.table.scores[0, column])
            rows.append((place, mentor, said.fit(mentee.pk, mentor, base), base))
    mentors = tuple(sorted(seats))
    column_of = {mentor: column for column, mentor in enumerate(mentors)}
    # In the order of the problem's own pairs, so that the bases keep to theirs.
    rows.sort(key=lambda row: (row[0], column_of[row[1]]))
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
        place_of = {mentee.pk: place for place, mentee in enumerate(mentees)}
        problem = ranked(
            problem,
            mentees=said.mentees_ranking(place_of, column_of),
            mentors=said.mentors_ranking(place_of, column_of) if run.mode == Mode.STABLE else None,
            only_listed=False,
        )
    return Ground(
        tuple(one.pk for one in mentees),
        mentors,
        problem,
        np.array([row[3] for row in rows], dtype=np.int64),
        by_fit_alone=said.nothing,
        holds=frozenset(holds),
    )


class _Said:
    """What mentees and mentors of a round have said of each other, and what it does to a pair.

    A mentor's "rather not" and a mentee's 1 after a first talk leave the pair out. A talk's 1 to 5 counts half,
    the fit the other half; a mentor's "prefer" adds a tenth. Saying nothing changes nothing.
    """

    def __init__(self, round_: Round) -> None:
        words = MentorWord.objects.filter(round=round_)
        self.leanings = {(word.mentee_id, word.mentor_id): word.leaning for word in words}
        talks = FirstTalk.objects.filter(round=round_, score__isnull=False)
        self.scores = {
            (mentee, mentor): score
            for mentee, mentor, score in talks.values_list("mentee_id", "mentor_id", "score")
            if score is not None
        }
        self.wishes = list(RoundWish.objects.filter(round=round_).order_by("pk"))

    @property
    def nothing(self) -> bool:
        """Whether nobody has said anything of anybody."""
        return not (self.leanings or self.scores)

    def against(self, mentee: int, mentor: int) -> bool:
        """Whether one of the two would rather not."""
        pair = (mentee, mentor)
        return self.leanings.get(pair) == Leaning.RATHER_NOT or self.scores.get(pair) == NOT_FOR_ME

    def fit(self, mentee: int, mentor: int, fit: int) -> int:
        """Return the fit of a pair with what they said, in millionths, at most 1."""
        score = self.scores.get((mentee, mentor))
        if score is not None:
            liked = ONE * (score - NOT_FOR_ME) // (BEST_TALK - NOT_FOR_ME)
            fit = (fit + liked) // 2
        if self.leanings.get((mentee, mentor)) == Leaning.PREFER:
            fit = min(fit + LEANING, ONE)
        return fit

    def mentees_ranking(self, place_of: dict[int, int], column_of: dict[int, int]) -> Ranking:
        """Return the mentees' lists: talks that went well, then as they wished, then the others.

        Marked ones come behind those with an order, and a talk of 2 behind all of them.
        """
        talked = BEST_TALK if self.scores else 0
        marked = 1 + max((wish.rank or 0 for wish in self.wishes), default=0)
        ranks = {
            (wish.mentee_id, wish.mentor_id): talked + (wish.rank or marked) for wish in self.wishes
        }
        for pair, score in self.scores.items():
            ranks[pair] = BEST_TALK + 1 - score if score >= GOOD_TALK else talked + marked + 1
        return [
            (place_of[mentee], rank, column_of[mentor])
            for (mentee, mentor), rank in sorted(ranks.items())
            if mentee in place_of and mentor in column_of
        ]

    def mentors_ranking(
        self, place_of: dict[int, int], column_of: dict[int, int]
    ) -> Ranking | None:
        """Return whom mentors would prefer, all alike, before everybody else; None for nobody."""
        preferred = [
            (column_of[mentor], 1, place_of[mentee])
            for (mentee, mentor), leaning in sorted(self.leanings.items())
            if leaning == Leaning.PREFER and mentee in place_of and mentor in column_of
        ]
        return preferred or None


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
