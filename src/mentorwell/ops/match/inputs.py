"""All options of `mentorwell match`, read and checked before anything is solved or written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from mentorwell.core.pairing import Infeasible, Mode, People, Problem, Scored, Scorer
from mentorwell.core.pairing.given import RANK_MOST
from mentorwell.core.pairing.ranked import Ranking, ranked
from mentorwell.core.pairing.rules import BadRules, Rules, read_rules
from mentorwell.core.pairing.scale import ONE
from mentorwell.core.pairing.scoring import joined
from mentorwell.ops.match.people import Roster
from mentorwell.ops.match.sheets import BadInput, Sheet, places_of


Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    mentees: Path | None = None
    mentors: Path | None = None
    rules: Path | None = None
    scores: Path | None = None
    mentor_seats: Path | None = None
    mentee_ranks: Path | None = None
    mentor_ranks: Path | None = None
    keep: Path | None = None
    avoid: Path | None = None
    mode: Mode = Mode.BEST
    seats: int | None = None
    mentors_each: int | None = None
    seed: int = 0
    most_mentors: bool = False


@dataclass(frozen=True, eq=False)
class Market:
    """Who takes part, how pairs are scored, and what must or must not be.

    Either `roster` (two files of people) or `listed` (a file of scores) says which pairs are
    eligible; `avoid` are left out, `rankings` laid over.
    """

    people: People
    roster: Roster | None
    listed: Scored | None
    avoid: Pairs
    rankings: tuple[Ranking | None, Ranking | None]
    scorer: Scorer | None

    @property
    def size(self) -> int:
        """How many pairs there are to score."""
        return len(self.people.mentee_ids) * len(self.people.mentor_ids)

    def problem(self) -> Problem:
        """Return the problem of all eligible pairs, lists laid over it."""
        problem = self.people.problem(self._without(self._all()))
        if self.rankings == (None, None):
            return problem
        return ranked(problem, mentees=self.rankings[0], mentors=self.rankings[1])

    def _all(self) -> Scored:
        if self.listed is not None:
            return self.listed
        assert self.scorer is not None  # noqa: S101 -- one of the two is there
        everyone = np.arange(len(self.people.mentee_ids))
        floors = np.zeros(len(everyone), dtype=np.int64)
        view = self.scorer.view(everyone)
        return joined(
            [
                view.at_least(number, floors, np.zeros(len(block), dtype=np.int64))
                for number, block in enumerate(self.scorer.blocks)
            ]
        )

    def _without(self, pairs: Scored) -> Scored:
        width = len(self.people.mentor_ids)
        ruled_out = [mentee * width + mentor for mentee, mentor in self.avoid]
        return pairs.where(~np.isin(pairs.mentees * width + pairs.mentors, ruled_out))


def read_market(options: Options) -> Market:
    """Read all files; raises BadInput naming file, line and column, and Infeasible.

    Infeasible where what must be kept asks for more places than there are, or is to be avoided.
    """
    _check_combination(options)
    roster = _roster(options)
    if roster is None:
        people, listed = _listed(options)
    else:
        people, listed = roster.people([], options.seed), None
    people = _overridden(people, options)
    keep = _pairs(options.keep, people) if options.keep else []
    avoid = _pairs(options.avoid, people) if options.avoid else []
    for mentee, mentor in sorted(set(keep) & set(avoid))[:1]:
        raise Infeasible(
            f"“{people.mentee_ids[mentee]}” with “{people.mentor_ids[mentor]}” is both to be kept "
            "and to be avoided."
        )
    people = replace(people, fixed=np.array(keep, dtype=np.int64).reshape(-1, 2))
    nothing = np.zeros(0, dtype=np.int64)
    people.problem(Scored(nothing, nothing, nothing))  # kept pairs against places, before long work
    return Market(
        people=people,
        roster=roster,
        listed=listed,
        avoid=avoid,
        rankings=(
            _ranking(options.mentee_ranks, people.mentee_ids, people.mentor_ids, "mentee"),
            _ranking(options.mentor_ranks, people.mentor_ids, people.mentee_ids, "mentor"),
        ),
        scorer=roster.scorer() if roster else None,
    )


def _check_combination(options: Options) -> None:
    if options.scores is None:
        if options.mentees is None or options.mentors is None:
            raise BadInput("Give two files, MENTEES and MENTORS, or --scores and --mentor-seats.")
        if options.mentor_seats is not None:
            raise BadInput("--mentor-seats goes with --scores.")
    elif options.mentees is not None or options.mentors is not None:
        raise BadInput("Give either two files of people or --scores, not both.")
    elif options.rules is not None:
        raise BadInput("--rules scores people; with --scores the scores are given already.")
    elif options.mentor_seats is None and options.seats is None:
        raise BadInput("--scores needs --mentor-seats, or --seats for the same number everywhere.")
    if options.most_mentors and options.mode is not Mode.BEST:
        raise BadInput("--most-mentors goes with --mode best.")
    if options.mode is Mode.CHOICE and options.mentee_ranks is None:
        raise BadInput("--mode choice needs --mentee-ranks: it goes by the mentees' own lists.")


def _roster(options: Options) -> Roster | None:
    if options.mentees is None or options.mentors is None:
        return None
    return Roster.read(
        Sheet.read(options.mentees), Sheet.read(options.mentors), _rules(options.rules)
    )


def _rules(path: Path | None) -> Rules:
    if path is None:
        return Rules()
    try:
        return read_rules(path.read_text(encoding="utf-8"))
    except BadRules as wrong:
        raise BadInput(f"{path.name}: {wrong}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path.name}: this is not text in UTF-8.") from None
    except OSError as wrong:
        raise BadInput(f"{path.name}: cannot be read ({wrong.strerror}).") from None


def _listed(options: Options) -> tuple[People, Scored]:
    """Read a ready list of pairs with scores, and the mentors' seats."""
    assert options.scores is not None  # noqa: S101 -- checked before
    sheet = Sheet.read(options.scores)
    names = sheet.cells("mentee"), sheet.cells("mentor")
    for row, (mentee, mentor) in enumerate(zip(*names, strict=True)):
        if not mentee or not mentor:
            raise sheet.fault(row, "mentor" if mentee else "mentee", "this is empty.")
        if mentee.casefold() == mentor.casefold():
            raise sheet.fault(row, "mentor", f"“{mentor}” cannot be their own mentor.")
    mentee_ids = _distinct(names[0])
    if options.mentor_seats is None:
        mentor_ids, seats = _distinct(names[1]), [0] * len(_distinct(names[1]))
    else:
        of_seats = Sheet.read(options.mentor_seats)
        mentor_ids, seats = of_seats.ids("mentor"), of_seats.counts("seats", 0)
    mentees = sheet.known("mentee", places_of(mentee_ids), "mentee")
    mentors = sheet.known("mentor", places_of(mentor_ids), "mentor with seats")
    _once(sheet, "mentor", list(zip(mentees, mentors, strict=True)))
    steps = np.rint(np.array(sheet.scores("score")) * ONE).astype(np.int64)
    people = People(
        mentee_ids=mentee_ids,
        mentor_ids=mentor_ids,
        wants=np.ones(len(mentee_ids), dtype=np.int64),
        seats=np.array(seats, dtype=np.int64),
        at_least=np.zeros(len(mentor_ids), dtype=np.int64),
        fixed=np.zeros((0, 2), dtype=np.int64),
        seed=options.seed,
    )
    return people, Scored(np.array(mentees), np.array(mentors), steps)


def _overridden(people: People, options: Options) -> People:
    if options.seats is not None:
        people = replace(people, seats=np.full_like(people.seats, options.seats))
    if options.mentors_each is not None:
        people = replace(people, wants=np.full_like(people.wants, options.mentors_each))
    return people


def _pairs(path: Path, people: People) -> Pairs:
    sheet = Sheet.read(path)
    mentees = sheet.known("mentee", places_of(people.mentee_ids), "mentee")
    mentors = sheet.known("mentor", places_of(people.mentor_ids), "mentor")
    pairs = list(zip(mentees, mentors, strict=True))
    _once(sheet, "mentor", pairs)
    return pairs


def _ranking(
    path: Path | None, people: Sequence[str], others: Sequence[str], kind: str
) -> Ranking | None:
    if path is None:
        return None
    sheet = Sheet.read(path)
    other = "mentor" if kind == "mentee" else "mentee"
    who = sheet.known("person", places_of(people), kind)
    whom = sheet.known("other", places_of(others), other)
    ranks = sheet.counts("rank", 1)
    for row, rank in enumerate(ranks):
        if rank > RANK_MOST:
            raise sheet.fault(row, "rank", f"{rank:,} is above {RANK_MOST:,}.")
    _once(sheet, "other", list(zip(who, whom, strict=True)))
    return list(zip(who, ranks, whom, strict=True))


def _once(sheet: Sheet, column: str, pairs: Pairs) -> None:
    seen: dict[tuple[int, int], int] = {}
    for row, pair in enumerate(pairs):
        earlier = seen.setdefault(pair, row)
        if earlier != row:
            line = sheet.table.rows[earlier].number
            raise sheet.fault(row, column, f"this pair is in line {line} already.")


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    return tuple({name.casefold(): name for name in reversed(names)}.values())[::-1]
