"""A scorer that reads a table, to give a market any scores whatever."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from mentorwell.core.pairing import Scored


@dataclass(frozen=True)
class TableScorer:
    """Scores in millionths, mentee x mentor, -1 where ineligible; mentors cut into blocks."""

    scores: Any
    blocks: tuple[Any, ...]

    @classmethod
    def cut(cls, scores, chance):
        """The table with its mentors in one to three blocks, mixed."""
        parts = np.array_split(chance.permutation(scores.shape[1]), chance.integers(1, 4))
        return cls(scores, tuple(part for part in parts if len(part)))

    @property
    def mentee_count(self):
        return len(self.scores)

    def similar(self):
        return np.arange(len(self.scores))

    def view(self, mentees):
        return TableView(self, mentees)


@dataclass(frozen=True)
class TableView:
    table: TableScorer
    mentees: Any

    def first_block(self):
        return len(self.table.blocks) - 1

    def every(self, block):
        return self.table.scores[np.ix_(self.mentees, self.table.blocks[block])]

    def at_least(self, block, mentee_floors, mentor_floors):
        scores = self.every(block)
        reached = (scores >= mentee_floors[:, None]) | (scores >= mentor_floors)
        rows, columns = np.nonzero(reached & (scores >= 0))
        mentors = self.table.blocks[block][columns]
        return Scored(self.mentees[rows], mentors, scores[rows, columns])
