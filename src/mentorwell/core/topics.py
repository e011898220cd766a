"""The tree of topics, and how much one topic says about another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays


SAME = 16  # the credit of a topic with itself; all credits are counted in sixteenths
FARTHEST = 4  # steps, beyond which two topics say nothing about each other


class Topic(NamedTuple):
    """One topic of the tree.

    `parent` is the slug of the topic above, None for a root. `alone` marks a topic that may say
    something private about who picks it: nothing else ever implies it, nor it anything else.
    """

    slug: str
    parent: str | None = None
    alone: bool = False


@dataclass(frozen=True, eq=False)
class TopicTree(FrozenArrays):
    """Topics and their credits: how far one topic stands in for another.

    The credit of two topics is `2 ** -steps`, where steps are the edges between them; a path
    that turns at a root counts two steps more, because a root is a heading ("Clinical areas")
    under which almost everything meets. So a topic gives itself 1, its parent or child 1/2,
    its sibling, grandparent or grandchild 1/4, a child of its sibling 1/8, its cousin or, right
    under a root, its sibling 1/16. Beyond four steps, between trees, and for a topic that stands
    `alone`, the credit is 0. Credits are symmetric, and exact: all are whole sixteenths.

    Build it with `TopicTree.build`. It does not change and may be shared and pickled.
    """

    slugs: tuple[str, ...]
    index: dict[str, int]
    sixteenths: NDArray[np.uint8]  # topic x topic, in the order of `slugs`

    @classmethod
    def build(cls, topics: Iterable[Topic | tuple[str, str | None]]) -> "TopicTree":
        """Read the topics, in any order; parents may follow their children.

        Raises ValueError, naming the topic, for an empty or repeated slug, a parent that is
        not among the topics, and a topic that is its own ancestor. Takes time and memory in the
        square of the number of topics (a few hundred).
        """
        rows = [Topic(*row) for row in topics]
        index: dict[str, int] = {}
        for topic in rows:
            if not topic.slug:
                raise ValueError("A topic has an empty slug.")
            if topic.slug in index:
                raise ValueError(f"The topic {topic.slug!r} is there twice.")
            index[topic.slug] = len(index)
        for topic in rows:
            if topic.parent is not None and topic.parent not in index:
                raise ValueError(
                    f"The parent {topic.parent!r} of the topic {topic.slug!r} is not in the tree."
                )
        sixteenths = _credits(_lineages(rows, index), [topic.alone for topic in rows])
        return cls(tuple(index), index, sixteenths)

    def credit(self, one: str, other: str) -> float:
        """Return the credit of two topics, from 0 to 1; KeyError if one is not in the tree."""
        return int(self.sixteenths[self.index[one], self.index[other]]) / SAME


def _lineages(topics: list[Topic], index: dict[str, int]) -> NDArray[np.bool_]:
    """Mark for each topic (row) itself and its ancestors (columns)."""
    lineages = np.zeros((len(topics), len(topics)), dtype=np.bool_)
    for row, topic in enumerate(topics):
        lineages[row, row] = True
        above = topic.parent
        while above is not None:
            if lineages[row, index[above]]:
                raise ValueError(f"The topic {topic.slug!r} comes back to {above!r} above it.")
            lineages[row, index[above]] = True
            above = topics[index[above]].parent
    return lineages


def _credits(lineages: NDArray[np.bool_], alone: list[bool]) -> NDArray[np.uint8]:
    counts = lineages.astype(np.float32)  # small whole numbers, so the fast product is exact
    depth = lineages.sum(axis=1)  # a root has depth 1
    common = (counts @ counts.T).astype(np.int64)  # depth of the lowest common ancestor, or 0
    steps = depth[:, None] + depth[None, :] - 2 * common
    turns_at_root = (common == 1) & (depth[:, None] > 1) & (depth[None, :] > 1)
    steps += 2 * turns_at_root
    near = (common > 0) & (steps <= FARTHEST)
    apart = np.array(alone, dtype=np.bool_)
    near &= ~(apart[:, None] | apart[None, :])
    result = np.where(near, SAME >> np.minimum(steps, FARTHEST), 0)
    np.fill_diagonal(result, SAME)
    return result.astype(np.uint8)
