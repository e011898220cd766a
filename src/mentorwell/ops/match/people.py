"""Two files of people and a programme's rules: who takes part, and a scorer of all pairs."""

import re
from dataclasses import dataclass

import numpy as np

from mentorwell.core.pairing import (
    Fit,
    FitScorer,
    MenteeProfile,
    MentorPool,
    MentorProfile,
    People,
    Scorer,
    Site,
    Sought,
    fit,
)
from mentorwell.core.pairing.profiles import VALUES_MOST
from mentorwell.core.pairing.rules import Rules
from mentorwell.core.pairing.rulescores import RuleScorer, UnknownStep, blocks_of
from mentorwell.core.reading.columns import Field, guess
from mentorwell.core.reading.values import clean
from mentorwell.core.topics import TopicTree
from mentorwell.ops.match.sheets import BadInput, Sheet


GUESSED = {
    "id": Field.EMAIL,
    "topics": Field.TOPICS,
    "site": Field.SITE,
    "seats": Field.PLACES,
}
_YES = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
}


@dataclass(frozen=True, eq=False)
class Roster:
    """The people of two files, as a programme's rules read them."""

    mentees: Sheet
    mentors: Sheet
    mentee_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    wants: list[int]
    seats: list[int]
    rules: Rules
    rule_scorer: RuleScorer
    profiles: tuple[tuple[MenteeProfile, ...], tuple[MentorProfile, ...]]
    tree: TopicTree

    @classmethod
    def read(cls, mentees: Sheet, mentors: Sheet, rules: Rules) -> "Roster":
        """Read both files under the rules; raises BadInput naming file, line and column."""
        reading = _Reading(mentees, mentors, rules)
        ids = reading.ids()
        profiles, tree = reading.profiles(*ids)
        return cls(
            mentees=mentees,
            mentors=mentors,
            mentee_ids=ids[0],
            mentor_ids=ids[1],
            wants=reading.counts("wants", mentees, rules.wants, 1, of_mentor=False),
            seats=reading.counts("seats", mentors, rules.seats, 0, of_mentor=True),
            rules=rules,
            rule_scorer=reading.rule_scorer(*ids, profiles, tree),
            profiles=profiles,
            tree=tree,
        )

    def scorer(self) -> Scorer:
        """Return what scores all pairs: the fast one where only the four parts count."""
        rules = self.rules
        if rules.parts is None or rules.points or rules.only or rules.never:
            return self.rule_scorer
        return FitScorer.build(
            self.profiles[0], MentorPool.build(self.profiles[1], self.tree), rules.parts
        )

    def people(self, fixed: list[tuple[int, int]], seed: int) -> People:
        """Return who takes part, with the pairs that are kept."""
        return People(
            mentee_ids=self.mentee_ids,
            mentor_ids=self.mentor_ids,
            wants=np.array(self.wants, dtype=np.int64),
            seats=np.array(self.seats, dtype=np.int64),
            at_least=np.zeros(len(self.seats), dtype=np.int64),
            fixed=np.array(fixed, dtype=np.int64).reshape(-1, 2),
            seed=seed,
        )

    def fit(self, mentee: int, mentor: int) -> Fit | None:
        """Return the four parts of one pair, None where only points count."""
        if self.rules.parts is None:
            return None
        own, theirs = self.profiles[0][mentee], self.profiles[1][mentor]
        return fit(own, theirs, self.tree, self.rules.parts)


class _Reading:
    """The two files and which of their columns is what."""

    def __init__(self, mentees: Sheet, mentors: Sheet, rules: Rules) -> None:
        self.mentees, self.mentors, self.rules = mentees, mentors, rules
        self.named = rules.columns or {}
        self.guesses = [
            {found.field: found.column for found in guess(sheet.table.header) if found.field}
            for sheet in (mentees, mentors)
        ]

    def column(self, name: str, *, of_mentor: bool) -> str | None:
        """Return the column for something: as the rules name it, else a guess, else None."""
        if name in self.named:
            return self.named[name].mentor if of_mentor else self.named[name].mentee
        return self.guesses[of_mentor].get(GUESSED[name]) if name in GUESSED else None

    def ids(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found = []
        for of_mentor, sheet in enumerate((self.mentees, self.mentors)):
            column = self.column("id", of_mentor=bool(of_mentor))
            if column is None:
                raise BadInput(
                    f"{sheet.name}, line 1: no column looks like an e-mail address. Say under "
                    '[columns] in the rules which column names a person: id = "…".'
                )
            found.append(sheet.ids(column))
        return found[0], found[1]

    def counts(
        self, name: str, sheet: Sheet, default: int, least: int, *, of_mentor: bool
    ) -> list[int]:
        column = self.column(name, of_mentor=of_mentor)
        return [default] * len(sheet) if column is None else sheet.counts(column, least, default)

    def profiles(
        self, mentee_ids: tuple[str, ...], mentor_ids: tuple[str, ...]
    ) -> tuple[tuple[tuple[MenteeProfile, ...], tuple[MentorProfile, ...]], TopicTree]:
        if self.rules.parts is None:
            return ((), ()), TopicTree.build([])
        own, theirs = self._answers(of_mentor=False), self._answers(of_mentor=True)
        if not any(own.values()) or not any(theirs.values()):
            raise BadInput(
                f"{self.mentees.name} and {self.mentors.name}: no column tells topics, values or "
                "a site, so there is nothing to compare. Name them under [columns] in the rules, "
                "or give [[points]]."
            )
        topics = sorted(
            {
                t
                for answers in (own, theirs)
                for kind in ("topics", "interests")
                for row in answers[kind]
                for t in row
            }
        )
        tree = TopicTree.build([(topic, None) for topic in topics])
        mentees = tuple(
            MenteeProfile(
                id=one,
                sought=tuple(Sought(topic) for topic in _at(own["topics"], row)),
                values=_at(own["values"], row)[:VALUES_MOST],
                interests=_at(own["interests"], row),
                site=_site(_at(own["site"], row)),
                remote=_remote(_at(own["remote"], row)),
            )
            for row, one in enumerate(mentee_ids)
        )
        mentors = tuple(
            MentorProfile(
                id=one,
                offered=_at(theirs["topics"], row),
                shown_values=_at(theirs["values"], row)[:VALUES_MOST],
                interests=_at(theirs["interests"], row),
                site=_site(_at(theirs["site"], row)),
                remote=_remote(_at(theirs["remote"], row)),
            )
            for row, one in enumerate(mentor_ids)
        )
        return (mentees, mentors), tree

    def rule_scorer(
        self,
        mentee_ids: tuple[str, ...],
        mentor_ids: tuple[str, ...],
        profiles: tuple[tuple[MenteeProfile, ...], tuple[MentorProfile, ...]],
        tree: TopicTree,
    ) -> RuleScorer:
        compared = [
            rule.test.columns
            for kind in (self.rules.never, self.rules.only, self.rules.points)
            for rule in kind
        ]
        pools = [
            MentorPool.build([profiles[1][one] for one in block], tree)
            for block in (blocks_of(len(profiles[1])) if profiles[1] else ())
        ]
        try:
            return RuleScorer.build(
                self.rules,
                {columns.mentee: self.mentees.cells(columns.mentee) for columns in compared},
                {columns.mentor: self.mentors.cells(columns.mentor) for columns in compared},
                mentee_ids=mentee_ids,
                mentor_ids=mentor_ids,
                profiles=profiles[0],
                pools=pools,
            )
        except UnknownStep as wrong:
            sheet = self.mentors if wrong.of_mentor else self.mentees
            raise sheet.fault(
                wrong.person, wrong.column, f"“{wrong.cell}” is on no step of its ladder."
            ) from None

    def _answers(self, *, of_mentor: bool) -> dict[str, list[tuple[str, ...]]]:
        """Return what the file tells for each part: lists of values by row, or nothing."""
        sheet = self.mentors if of_mentor else self.mentees
        answers: dict[str, list[tuple[str, ...]]] = {}
        for name in ("topics", "interests", "values", "site", "remote"):
            column = self.column(name, of_mentor=of_mentor)
            if column is None:
                answers[name] = []
                continue
            cells = sheet.cells(column)
            if name == "remote":
                for row, cell in enumerate(cells):
                    if cell and cell.casefold() not in _YES:
                        raise sheet.fault(row, column, f"“{cell}” is neither yes nor no.")
            whole = name in ("site", "remote")
            answers[name] = [
                ((cell.casefold(),) if cell else ()) if whole else _listed(cell) for cell in cells
            ]
        return answers


def _listed(cell: str) -> tuple[str, ...]:
    values = (clean(part).casefold() for part in re.split(r"[;|]", cell))
    return tuple(dict.fromkeys(value for value in values if value))


def _at(answers: list[tuple[str, ...]], row: int) -> tuple[str, ...]:
    return answers[row] if answers else ()


def _site(answer: tuple[str, ...]) -> Site | None:
    return Site(answer[0]) if answer else None


def _remote(answer: tuple[str, ...]) -> bool | None:
    return _YES[answer[0]] if answer else None
