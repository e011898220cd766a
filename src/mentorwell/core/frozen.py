"""Frozen dataclasses that hold arrays."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class FrozenArrays:
    """Base of frozen dataclasses: arrays that are their fields cannot be written to either.

    This also holds after unpickling, which by itself forgets that an array was read-only.
    """

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.__post_init__()
