"""A programme's rules, as a TOML file: who must not be paired, and what earns points.

Read with `read_rules`. Every fault is told with where it stands in the file.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from mentorwell.core.pairing.scale import PARTS
from mentorwell.core.pairing.weights import Weights


POINTS_MOST = 1_000_000


class BadRules(ValueError):  # noqa: N818 -- reads better at the raise
    """A fault in a file of rules; the sentence says where and what was expected."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a test compares: one of the mentees' file, one of the mentors'."""

    mentee: str
    mentor: str


@dataclass(frozen=True, slots=True)
class Same:
    """True where both cells hold the same value. A blank cell is like no other."""

    columns: Columns


@dataclass(frozen=True, slots=True)
class Share:
    """True where the cells, each a list, have a value in common. One value is a list of one."""

    columns: Columns


@dataclass(frozen=True, slots=True)
class Steps:
    """True where the mentor stands `least` to `most` steps above the mentee on a ladder."""

    columns: Columns
    ladder: tuple[str, ...]
    least: int
    most: int


Test = Same | Share | Steps


@dataclass(frozen=True, slots=True)
class Rule:
    """A test and what follows: `points` where it is true; of a hard rule `points` is 0.

    `blank_passes` lets pairs through a hard rule of which a cell is blank, so that it cannot be
    told.
    """

    test: Test
    points: float = 0.0
    blank_passes: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a programme.

    `never` pairs are those for which any test is true; of `only`, every test must be true.
    `parts` are the weights of the four parts of the fit, None where only points count.
    `columns` names the columns for what the parts and the counts are read from; what is not named
    is guessed. `wants` and `seats` are numbers for all, where no column tells.
    """

    never: tuple[Rule, ...] = ()
    only: tuple[Rule, ...] = ()
    points: tuple[Rule, ...] = ()
    parts: Weights | None = field(default=Weights())
    columns: Mapping[str, Columns] | None = None
    wants: int = 1
    seats: int = 1


NAMED = ("id", "topics", "interests", "values", "site", "remote", "wants", "seats")
"""What a column may be named for under [columns]."""


def read_rules(text: str) -> Rules:
    """Read rules; raises BadRules, naming the place in the file, for whatever is not understood."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadRules(f"This is not TOML: {wrong}.") from None
    _only_keys("", data, ("ladders", "columns", "people", "parts", "never", "only", "points"))
    ladders = _ladders(data.get("ladders", {}))
    people = _table("people", data.get("people", {}), ("wants", "seats"))
    rules = {
        kind: tuple(
            _rule(f"{kind} {number}", entry, ladders, earns=kind == "points")
            for number, entry in enumerate(_list(kind, data.get(kind, [])), start=1)
        )
        for kind in ("never", "only", "points")
    }
    return Rules(
        **rules,
        parts=_parts(data.get("parts"), has_points=bool(rules["points"])),
        columns=_columns(data.get("columns", {})),
        wants=_count("people, wants", people.get("wants", 1), 1),
        seats=_count("people, seats", people.get("seats", 1), 0),
    )


def _ladders(given: Any) -> dict[str, tuple[str, ...]]:
    ladders = {}
    for name, steps in _table("ladders", given, None).items():
        where = f"ladders, {name}"
        if not isinstance(steps, list) or not all(isinstance(one, str) and one for one in steps):
            raise BadRules(f"{where}: a ladder is a list of names, the lowest first.")
        folded = [one.casefold() for one in steps]
        if len(set(folded)) < len(folded):
            twice = next(one for one in steps if folded.count(one.casefold()) > 1)
            raise BadRules(f"{where}: {twice!r} stands on it twice.")
        if not steps:
            raise BadRules(f"{where}: it has no steps.")
        ladders[name] = tuple(steps)
    return ladders


def _rule(where: str, given: Any, ladders: Mapping[str, tuple[str, ...]], *, earns: bool) -> Rule:
    extra = ("add",) if earns else ("blank",)
    entry = _table(where, given, ("same", "share", "steps", "ladder", "from", "to", *extra))
    tests = [kind for kind in ("same", "share", "steps") if kind in entry]
    if len(tests) != 1:
        raise BadRules(f"{where}: give exactly one of same, share and steps, not {len(tests)}.")
    kind = tests[0]
    columns = _pair(f"{where}, {kind}", entry[kind])
    stray = [key for key in ("ladder", "from", "to") if key in entry]
    if kind != "steps" and stray:
        raise BadRules(f"{where}: {stray[0]!r} goes with steps only.")
    test: Test
    if kind == "steps":
        test = _steps(where, entry, columns, ladders)
    else:
        test = Same(columns) if kind == "same" else Share(columns)
    blank = entry.get("blank", "stays out")
    if blank not in ("passes", "stays out"):
        raise BadRules(f"{where}, blank: {blank!r} is neither 'passes' nor 'stays out'.")
    return Rule(test, _points(where, entry) if earns else 0.0, blank_passes=blank == "passes")


def _steps(
    where: str,
    entry: Mapping[str, Any],
    columns: Columns,
    ladders: Mapping[str, tuple[str, ...]],
) -> Steps:
    ladder = entry.get("ladder", columns.mentee)
    if ladder not in ladders:
        known = ", ".join(map(repr, ladders)) or "none at all"
        raise BadRules(f"{where}, ladder: there is no ladder {ladder!r}; there is {known}.")
    least, most = entry.get("from"), entry.get("to")
    for name, bound in (("from", least), ("to", most)):
        if not isinstance(bound, int) or isinstance(bound, bool):
            raise BadRules(f"{where}, {name}: {bound!r} is not a whole number of steps.")
    assert isinstance(least, int)  # noqa: S101 -- narrows the types
    assert isinstance(most, int)  # noqa: S101 -- the same
    if least > most:
        raise BadRules(f"{where}: from {least} to {most} leaves no step.")
    return Steps(columns, ladders[ladder], least, most)


def _points(where: str, entry: Mapping[str, Any]) -> float:
    add = entry.get("add")
    if (
        not isinstance(add, int | float)
        or isinstance(add, bool)
        or not isfinite(add)
        or not 0 < add <= POINTS_MOST
    ):
        raise BadRules(f"{where}, add: {add!r} is not a number above 0, up to {POINTS_MOST:,}.")
    return float(add)


def _parts(given: Any, *, has_points: bool) -> Weights | None:
    if given is None:
        return None if has_points else Weights()
    weights = _table("parts", given, tuple(str(part) for part in PARTS))
    for name, weight in weights.items():
        if not isinstance(weight, int | float) or isinstance(weight, bool):
            raise BadRules(f"parts, {name}: {weight!r} is not a number.")
    zero = {str(part): 0.0 for part in PARTS}
    if not any(weights.values()):
        return None
    try:
        return Weights(**(zero | weights))
    except ValueError as wrong:
        raise BadRules(f"parts: {wrong}") from None


def _columns(given: Any) -> dict[str, Columns]:
    return {
        name: _pair(f"columns, {name}", names)
        for name, names in _table("columns", given, NAMED).items()
    }


def _pair(where: str, given: Any) -> Columns:
    if isinstance(given, str) and given:
        return Columns(given, given)
    if (
        isinstance(given, dict)
        and set(given) == {"mentee", "mentor"}
        and all(isinstance(one, str) and one for one in given.values())
    ):
        return Columns(given["mentee"], given["mentor"])
    raise BadRules(f"{where}: name a column, or one of each file as {{ mentee = …, mentor = … }}.")


def _table(where: str, given: Any, keys: tuple[str, ...] | None) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise BadRules(f"{where}: this should be a table.")
    if keys is not None:
        _only_keys(where, given, keys)
    return given


def _list(where: str, given: Any) -> list[Any]:
    if not isinstance(given, list):
        raise BadRules(f"{where}: write each rule under [[{where}]].")
    return given


def _only_keys(where: str, given: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in given:
        if key not in keys:
            place = f"{where}: " if where else ""
            raise BadRules(f"{place}{key!r} is not known here; known are {', '.join(keys)}.")


def _count(where: str, given: Any, least: int) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= POINTS_MOST:
        raise BadRules(f"{where}: {given!r} is not a whole number from {least} to {POINTS_MOST:,}.")
    return given
