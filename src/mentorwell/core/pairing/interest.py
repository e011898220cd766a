"""Interest: what the mentee seeks against what the mentor offers, and shared interests.

Each topic sought earns its best credit with any topic offered (`core.topics`), times how much
it is sought. Only the best three count, over the best three that could be: a mentor need not
cover a long list. Each further interest that both share closes a quarter of the gap that is
left, two or more close half; having none in common is no lack.

With nothing sought, nothing offered and no shared interest the part is unknown. One more topic
sought and offered, or one more shared interest, never lowers it: a full credit joins the mean
or takes the place of a smaller one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.profiles import (
    STRENGTH_MOST,
    MenteeProfile,
    MentorProfile,
    Profile,
)
from mentorwell.core.pairing.reasons import Reason, ReasonCode, sides
from mentorwell.core.pairing.scale import NEUTRAL, lifted
from mentorwell.core.pairing.slots import Levels, Millionths, Places, filled, marked
from mentorwell.core.topics import SAME, TopicTree


COUNTED = 3  # topics of one mentee that count
SHARED_COUNTED = 2  # shared interests that count
NOT_OFFERED = COUNTED * STRENGTH_MOST * SAME + 1  # stands for "the mentor offers no topic yet"


def interest_part(strength: int, earned: int, shared: int) -> int:
    """Return the part in millionths, negative if unknown.

    `strength` is the sum of the three largest strengths sought (0: nothing sought), `earned`
    the three largest products of strength and credit in sixteenths (`NOT_OFFERED`: nothing
    offered), `shared` the number of shared interests, at most two.
    """
    closed = shared / (2 * SHARED_COUNTED)
    if strength == 0 or earned == NOT_OFFERED:
        return lifted(closed) or -NEUTRAL
    met = min(1.0, earned / (strength * SAME))
    return lifted(met + (1 - met) * closed)


_PARTS: Millionths = np.array(
    [
        interest_part(strength, earned, shared)
        for strength in range(COUNTED * STRENGTH_MOST + 1)
        for earned in range(NOT_OFFERED + 1)
        for shared in range(SHARED_COUNTED + 1)
    ],
    dtype=np.int32,
)
_STRENGTH_STRIDE = (NOT_OFFERED + 1) * (SHARED_COUNTED + 1)
_EARNED_STRIDE = SHARED_COUNTED + 1


@dataclass(frozen=True, eq=False)
class Seekers(FrozenArrays):
    """Mentees as columns: topics and interests by place in the tree, blank = one past its end."""

    topics: Places  # mentee x slot
    strengths: Levels  # mentee x slot
    interests: Places  # mentee x slot
    offset: Places  # mentee: where their strength begins in the table

    @classmethod
    def build(cls, mentees: Sequence[MenteeProfile], tree: TopicTree) -> "Seekers":
        """Raise ValueError, naming person and topic, for a topic that is not in the tree."""
        blank = len(tree.slugs)
        strengths = filled(((topic.strength for topic in m.sought) for m in mentees), 0)
        best = np.sort(strengths, axis=1)[:, -COUNTED:].sum(axis=1)
        return cls(
            topics=filled(
                (_places(m, "seeks", [t.slug for t in m.sought], tree) for m in mentees), blank
            ),
            strengths=strengths.astype(np.uint8),
            interests=filled((_cared_for(m, tree) for m in mentees), blank),
            offset=best.astype(np.intp) * _STRENGTH_STRIDE,
        )


@dataclass(frozen=True, eq=False)
class Offers(FrozenArrays):
    """Mentors as columns. The last row of each array stands for "no topic" and is 0."""

    credits: Levels  # topic x mentor: best credit with what is offered, in sixteenths
    interests: Levels  # topic x mentor: 1 if the mentor cares for it
    silent: Levels  # mentor: NOT_OFFERED if nothing is offered, else 0

    @classmethod
    def build(cls, mentors: Sequence[MentorProfile], tree: TopicTree) -> "Offers":
        """Raise ValueError, naming person and topic, for a topic that is not in the tree."""
        size = len(tree.slugs)
        with_none = np.zeros((size + 1, size + 1), dtype=np.uint8)
        with_none[:size, :size] = tree.sixteenths
        offered = filled((_places(m, "offers", m.offered, tree) for m in mentors), size)
        credits_ = np.zeros((len(mentors), size + 1), dtype=np.uint8)
        for slot in offered.T:
            np.maximum(credits_, with_none[slot], out=credits_)
        interests = marked((_cared_for(mentor, tree) for mentor in mentors), size)
        silent = [0 if mentor.offered else NOT_OFFERED for mentor in mentors]
        return cls(np.ascontiguousarray(credits_.T), interests, np.array(silent, dtype=np.uint8))

    def parts(self, seekers: Seekers, rows: slice, columns: slice) -> Millionths:
        """Return the part of each mentee (row) with each mentor (column), negative if unknown.

        Time is proportional to pairs times the longest list sought; all steps are in whole
        numbers.
        """
        topics, strengths = seekers.topics[rows], seekers.strengths[rows]
        shape = (len(topics), len(self.silent[columns]))
        first, second, third = (np.zeros(shape, dtype=np.uint8) for _ in range(COUNTED))
        for slot in range(topics.shape[1]):
            worth = self.credits[topics[:, slot], columns]
            worth *= strengths[:, slot, None]
            # keep the three largest, in order
            lower = np.minimum(first, worth)
            np.maximum(first, worth, out=first)
            np.minimum(second, lower, out=worth)
            np.maximum(second, lower, out=second)
            np.maximum(third, worth, out=third)
        earned = np.maximum(first + second + third, self.silent[columns])
        shared = self._shared(seekers.interests[rows], columns, shape)
        return _PARTS.take(_place(earned, shared, seekers.offset[rows, None]))

    def _shared(self, interests: Places, columns: slice, shape: tuple[int, int]) -> Levels:
        shared = np.zeros(shape, dtype=np.uint8)
        for slot in interests.T:
            shared += self.interests[slot, columns]
            np.minimum(shared, SHARED_COUNTED, out=shared)
        return shared


def parts_at(earned: Places, shared: Places, offset: Places) -> Millionths:
    """Return the part of pairs by what they earn, what they share and `Seekers.offset`."""
    return np.abs(_PARTS.take(_place(earned, shared, offset)))


def _place(earned: NDArray[Any], shared: NDArray[Any], offset: Places) -> Places:
    place: Places = earned.astype(np.intp) * _EARNED_STRIDE
    place += shared
    place += offset
    return place


def interest_reasons(
    mentee: MenteeProfile, mentor: MentorProfile, tree: TopicTree
) -> tuple[Reason, ...]:
    """Say which topics meet (or come close), then which interests they share, if any."""
    shared = tuple(topic for topic in mentee.interests if topic in mentor.interests)
    own = (Reason(ReasonCode.SHARED_INTERESTS, slugs=shared),) if shared else ()
    return (_topic_reason(mentee, mentor, tree), *own)


def _topic_reason(mentee: MenteeProfile, mentor: MentorProfile, tree: TopicTree) -> Reason:
    if not (mentee.sought and mentor.offered):
        missing = sides(mentee=not mentee.sought, mentor=not mentor.offered)
        return Reason(ReasonCode.TOPICS_NOT_KNOWN, missing=missing)
    # Sorting is stable: topics equally sought stay in the mentee's order.
    by_strength = sorted(mentee.sought, key=lambda topic: -topic.strength)
    met = tuple(topic.slug for topic in by_strength if topic.slug in mentor.offered)
    if met:
        return Reason(ReasonCode.OFFERS_WHAT_YOU_SEEK, slugs=met)
    pairs = [_closest(topic.slug, mentor.offered, tree) for topic in by_strength]
    close = sorted((pair for pair in pairs if pair[0] > 0), key=lambda pair: -pair[0])
    if not close:
        return Reason(ReasonCode.NO_SHARED_TOPIC)
    return Reason(
        ReasonCode.OFFERS_SOMETHING_CLOSE,
        slugs=tuple(sought for _, sought, _ in close),
        others=tuple(offered for _, _, offered in close),
    )


def _closest(sought: str, offered: Sequence[str], tree: TopicTree) -> tuple[float, str, str]:
    """Return the credit of a topic with the closest offered, and both; the first of equals."""
    closest = max(offered, key=lambda other: tree.credit(sought, other))
    return tree.credit(sought, closest), sought, closest


def _cared_for(person: Profile, tree: TopicTree) -> list[int]:
    return _places(person, "cares for", person.interests, tree)


def _places(person: Profile, verb: str, slugs: Sequence[str], tree: TopicTree) -> list[int]:
    try:
        return [tree.index[slug] for slug in slugs]
    except KeyError as unknown:
        raise ValueError(
            f"Person {person.id!r} {verb} the topic {unknown.args[0]!r}, which is not in the tree."
        ) from None
