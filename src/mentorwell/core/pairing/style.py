"""Style: how alike two people stand on the sliders of working style.

Over the sliders that both have answered, each weighed by how much it matters to the one plus
how much to the other, the part is 1 - (weighted mean of |difference|) / 4: 1 where they stand
alike, 0 where they stand at opposite ends of everything. Anything above 0 counts at least 0.3.
It is symmetric. With no slider in common, or where none of those in common matters to either,
the part is unknown. One more slider on which both stand alike never lowers it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorwell.core.frozen import FrozenArrays
from mentorwell.core.pairing.profiles import Profile, Slider, StyleAnswer
from mentorwell.core.pairing.reasons import Reason, ReasonCode, sides
from mentorwell.core.pairing.scale import NEUTRAL, ONE
from mentorwell.core.pairing.slots import Millionths, Places


POSITIONS = range(-2, 3)
LEVELS = range(3)
WIDEST = 4  # between the two ends of a slider
_ANSWERS = [(position, matters) for position in POSITIONS for matters in LEVELS]
_NO_ANSWER = len(_ANSWERS)
CODES = _NO_ANSWER + 1  # of one slider
_HEAVIEST = len(Slider) * 2 * max(LEVELS)  # all sliders matter much to both
_STRIDE = _HEAVIEST + 1


def style_part(apart: int, weight: int) -> int:
    """Return the part in millionths, negative if unknown.

    `apart` is the weighted sum of differences, `weight` the sum of the weights.
    """
    if weight == 0:
        return -NEUTRAL
    alike = 1 - apart / (WIDEST * weight)
    return max(NEUTRAL, round(ONE * alike)) if alike > 0 else 0


# One place for each (apart, weight): apart * _STRIDE + weight.
_PARTS: Millionths = np.array(
    [style_part(a, w) for a in range(WIDEST * _HEAVIEST + 1) for w in range(_STRIDE)],
    dtype=np.int32,
)
TOTALS = len(_PARTS)
_SLIDER_ROW = {str(slider): CODES * number for number, slider in enumerate(Slider)}


def style_codes(people: Sequence[Profile]) -> Places:
    """Return for each person (row) and slider (column) the row of `Styles` that answers it."""
    codes = np.empty((len(people), len(Slider)), dtype=np.intp)
    codes[:] = [row + _NO_ANSWER for row in _SLIDER_ROW.values()]
    answered = [len(person.style) for person in people]
    answers = np.fromiter(
        (
            _SLIDER_ROW[slider] + (position + 2) * len(LEVELS) + matters
            for person in people
            for slider, position, matters in person.style
        ),
        dtype=np.intp,
    )
    codes[np.repeat(np.arange(len(people)), answered), answers // CODES] = answers
    return codes


@dataclass(frozen=True, eq=False)
class Styles(FrozenArrays):
    """Mentors as columns.

    For each slider and possible answer of a mentee, what it adds with each mentor:
    weighted difference * _STRIDE + weight. Sums over all sliders fit in 16 bits.
    """

    added: NDArray[np.uint16]  # slider and answer x mentor

    @classmethod
    def build(cls, mentors: Sequence[Profile]) -> "Styles":
        """Read the mentors' answers."""
        one_slider = np.zeros((CODES, CODES), dtype=np.uint16)
        for row, (position, matters) in enumerate(_ANSWERS):
            for column, (other, other_matters) in enumerate(_ANSWERS):
                weight = matters + other_matters
                one_slider[row, column] = weight * abs(position - other) * _STRIDE + weight
        answers = style_codes(mentors) % CODES
        added = np.concatenate([one_slider[:, column] for column in answers.T])
        return cls(np.ascontiguousarray(added))  # row by row, as it is read

    def parts(self, codes: Places, rows: slice, columns: slice) -> Millionths:
        """Return the part of each mentee (row) with each mentor (column), negative if unknown."""
        chosen = codes[rows]
        total = self.added[chosen[:, 0], columns]
        for slider in chosen.T[1:]:
            total += self.added[slider, columns]
        return _PARTS.take(total)


def parts_at(totals: NDArray[Any]) -> Millionths:
    """Return the part of pairs by the sum of what `Styles.added` holds for each slider."""
    return np.abs(_PARTS.take(totals))


def style_reasons(mentee: Profile, mentor: Profile) -> tuple[Reason, ...]:
    """Name the sliders on which both lean alike and those on which they lean opposite ways.

    Alike means the same side, or both in the middle, so that the mentee's own answer tells the
    side; opposite means one on each side. Those that matter most to both come first.
    """
    theirs = {answer.slider: answer for answer in mentor.style}
    common = [(own, theirs[own.slider]) for own in mentee.style if own.slider in theirs]
    if not common:
        missing = sides(mentee=not mentee.style, mentor=not mentor.style)
        return (Reason(ReasonCode.STYLE_NOT_KNOWN, missing=missing),)
    weighed = sorted(
        (pair for pair in common if _weight(pair) > 0),
        key=lambda pair: (-_weight(pair), _SLIDER_ROW[pair[0].slider]),
    )
    if not weighed:
        return (Reason(ReasonCode.STYLE_DOES_NOT_MATTER),)
    alike = tuple(own.slider for own, other in weighed if _side(own) == _side(other))
    opposite = tuple(own.slider for own, other in weighed if _side(own) * _side(other) < 0)
    if alike:
        return (Reason(ReasonCode.STYLE_AGREES, slugs=alike, others=opposite),)
    if opposite:
        return (Reason(ReasonCode.STYLE_DIFFERS, others=opposite),)
    return (Reason(ReasonCode.STYLE_BETWEEN),)


def _weight(pair: tuple[StyleAnswer, StyleAnswer]) -> int:
    return pair[0].matters + pair[1].matters


def _side(answer: StyleAnswer) -> int:
    return (answer.position > 0) - (answer.position < 0)
