"""Run apart: mentor-match on a table of scores. Its package shares its name with another."""

import csv
import sys
from pathlib import Path
from time import perf_counter


sys.path.insert(0, sys.argv[1])
from matching.mentee import Mentee  # type: ignore[import-not-found]
from matching.mentor import Mentor  # type: ignore[import-not-found]
from matching.process import process_data  # type: ignore[import-not-found]


class ByTable:
    """One rule: the score of a pair, by the places that stand as their e-mail addresses."""

    def __init__(self, scores: list[list[int]]) -> None:
        self.scores = scores

    def apply(self, pair: object) -> int:
        return self.scores[pair.mentee.email][pair.mentor.email]  # type: ignore[attr-defined]


with Path(sys.argv[2]).open(newline="") as table:
    scores = [[int(cell) for cell in row] for row in csv.reader(table)]
mentees = [Mentee(email=place, grade=1) for place in range(len(scores))]
mentors = [Mentor(email=place, grade=1) for place in range(len(scores))]
start = perf_counter()
process_data(mentors, mentees, [[ByTable(scores)]])
taken = perf_counter() - start
total = sum(scores[one.email][other.email] for one in mentees for other in one.mentors)
print(taken, total)
