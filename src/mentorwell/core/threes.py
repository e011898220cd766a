"""Three of many, again and again, and never the same three twice while there are others."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations
from typing import TypeVar


Thing = TypeVar("Thing")
A_TIME = 3


def in_an_order(things: Collection[str], *, seed: str) -> list[str]:
    """Return names in an order that looks random and is always the same for a seed."""
    return sorted(things, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).digest())


def all_threes(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every set of three of these different names once.

    First those that share no name with an earlier one, in the order given; then the others. With
    fewer than three names the only set is all of them.
    """
    if len(names) <= A_TIME:
        if names:
            yield tuple(names)
        return
    fresh = {
        frozenset(names[start : start + A_TIME])
        for start in range(0, len(names) - A_TIME + 1, A_TIME)
    }
    for start in range(0, len(names) - A_TIME + 1, A_TIME):
        yield tuple(names[start : start + A_TIME])
    for three in combinations(names, A_TIME):
        if frozenset(three) not in fresh:
            yield three


def threes_for(
    occasion: int, *, fitting: Callable[[int], Sequence[str]], each: int
) -> list[tuple[str, ...]]:
    """Return `each` sets of three for the occasion with this number, counted from 0.

    `fitting(number)` names what fits an occasion, the best first. No occasion before had one of
    these sets, as far as enough sets fit; after that those that fit begin anew. Nothing is remembered:
    the earlier occasions are worked out again, so the same question has the same answer.
    """
    used: set[frozenset[str]] = set()
    chosen: list[tuple[str, ...]] = []
    for number in range(occasion + 1):
        chosen = _unused(fitting(number), used, each)
        if len(chosen) < each:
            used.difference_update(frozenset(three) for three in all_threes(fitting(number)))
            chosen = _unused(fitting(number), used, each)
        used.update(frozenset(three) for three in chosen)
    return chosen


def _unused(names: Sequence[str], used: set[frozenset[str]], each: int) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for three in all_threes(names):
        if len(found) == each:
            break
        if frozenset(three) not in used:
            found.append(three)
    return found
