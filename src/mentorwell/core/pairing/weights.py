"""How much each part counts: the programme's weights times what the mentee says matters."""

from dataclasses import dataclass
from math import isfinite

from mentorwell.core.pairing.profiles import WhatMatters
from mentorwell.core.pairing.scale import PARTS


WEIGHT_MOST = 1000
WEIGHT_LEAST = 0.01  # the least that counts at all


@dataclass(frozen=True, slots=True)
class Weights:
    """A programme's weight of each part, from 0 to 1000, read to the hundredth.

    Only their proportions count. Raises ValueError, naming the part, for a weight that is
    negative, too large or not a number, and if none is at least 0.01.
    """

    interest: float = 1.0
    proximity: float = 1.0
    values: float = 1.0
    style: float = 1.0

    def __post_init__(self) -> None:
        for part, weight in zip(PARTS, self._all(), strict=True):
            if not (isfinite(weight) and 0 <= weight <= WEIGHT_MOST):
                raise ValueError(f"The weight of {part} is {weight}, not from 0 to {WEIGHT_MOST}.")
        if not any(self.hundredths):
            raise ValueError("All weights of the programme are 0: at least one part must count.")

    @property
    def hundredths(self) -> tuple[int, ...]:
        """The weights as whole hundredths: whole weights keep every fit exact."""
        return tuple(round(100 * weight) for weight in self._all())

    def for_mentee(self, matters: WhatMatters) -> tuple[int, ...]:
        """Return the whole weights of the four parts for one mentee; never all 0.

        Each is the programme's weight times the mentee's level (no 0, a bit 1, yes 2, most 3).
        Where every product is 0, because nothing matters to the mentee of what counts in the
        programme, the levels say nothing about order and the programme's weights stand alone.
        """
        own = tuple(w * level for w, level in zip(self.hundredths, matters, strict=True))
        return own if any(own) else self.hundredths

    def _all(self) -> tuple[float, ...]:
        return (self.interest, self.proximity, self.values, self.style)
