"""The file of pairs: whole or not at all, and safe to open in a spreadsheet program."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from mentorwell.core.pairing import Problem, Result
from mentorwell.core.pairing.scale import ONE, PARTS
from mentorwell.ops.match.people import Roster
from mentorwell.ops.match.words import reason_words, rule_words


HEADER = ("mentee", "mentor", "fit", *(str(part) for part in PARTS), "why")


def pair_rows(
    problem: Problem, result: Result, roster: Roster | None, without: Mapping[int, str]
) -> Iterator[tuple[str, ...]]:
    """Yield a row per pair in the mentees' order, the best first, then the mentees without.

    `without` says of each of these, by place, why they have nobody.
    """
    pairs = result.pairs(problem)
    places = [problem.pair_of(*pair) for pair in pairs.tolist()]
    fits = np.array(
        [0 if place is None else problem.fits[place] for place in places], dtype=np.int64
    )
    order = np.lexsort((pairs[:, 1], -fits, pairs[:, 0]))
    kept = len(problem.fixed)
    for number in order:
        mentee, mentor = pairs[number].tolist()
        score = "" if places[number] is None else _decimal(int(fits[number]))
        why = [*(["kept"] if number < kept else []), *_why(roster, mentee, mentor)]
        yield (
            problem.mentee_ids[mentee],
            problem.mentor_ids[mentor],
            score,
            *_parts(roster, mentee, mentor),
            "; ".join(why),
        )
    for mentee, reason in without.items():
        yield (problem.mentee_ids[mentee], "", "", *[""] * len(PARTS), reason)


def write_rows(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file in place of what is there, only once all of it is written."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as part:
        try:
            writer = csv.writer(part, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows([_safe(cell) for cell in row] for row in rows)
        except BaseException:
            Path(part.name).unlink()
            raise
    Path(part.name).replace(path)


def write_text(path: Path, text: str) -> None:
    """Write a text file in place of what is there, only once all of it is written."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as part:
        part.write(text)
    Path(part.name).replace(path)


def _parts(roster: Roster | None, mentee: int, mentor: int) -> list[str]:
    fit = roster.fit(mentee, mentor) if roster else None
    if fit is None:
        return [""] * len(PARTS)
    parts = [fit.part(part) for part in PARTS]
    return ["" if part.unknown else _decimal(part.millionths) for part in parts]


def _why(roster: Roster | None, mentee: int, mentor: int) -> list[str]:
    if roster is None:
        return []
    own, theirs = np.array([mentee]), np.array([mentor])
    earned = [
        f"{rule_words(rule.rule)} (+{rule.rule.points:g})"
        for rule in roster.rule_scorer.points
        if rule.holds(own, theirs)[0, 0]
    ]
    fit = roster.fit(mentee, mentor)
    told = (
        [reason_words(reason) for part in PARTS for reason in fit.part(part).reasons] if fit else []
    )
    return [*filter(None, told), *earned]


def _decimal(millionths: int) -> str:
    whole, rest = divmod(millionths, ONE)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")


def _safe(cell: str) -> str:
    """Keep a spreadsheet program from taking text for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell
