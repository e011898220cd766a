"""The usual week as a grid of boxes: seven days, six parts of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from mentorwell.people.models import Window
from mentorwell.web.me.words import DAYS


HOUR = 60
BANDS = ((6, 8), (8, 12), (12, 14), (14, 17), (17, 20), (20, 22))  # hours of the day


@dataclass(frozen=True)
class Box:
    """One box of the grid."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Day:
    """One row of the grid."""

    name: str
    boxes: tuple[Box, ...]


class WeekForm(forms.Form):
    """Which parts of the week usually suit; neighbouring boxes become one time."""

    boxes = forms.MultipleChoiceField(
        choices=[
            (f"{day}-{band}", DAYS[day]) for day in range(len(DAYS)) for band in range(len(BANDS))
        ],
        required=False,
    )
    times_change = forms.BooleanField(
        label="My times change weekly",
        help_text="Then your week is not compared with anyone's. You find a time by asking.",
        required=False,
    )

    def __init__(self, data: Any = None, *, windows: Iterable[Window], times_change: bool) -> None:
        initial = {"boxes": list(boxes_of(windows)), "times_change": times_change}
        super().__init__(data, initial=initial)

    def days(self) -> list[Day]:
        """Return the grid as it stands: as typed, or as told before."""
        checked = set(self["boxes"].value() or [])
        return [
            Day(
                name,
                tuple(
                    Box(
                        value=f"{day}-{band}",
                        label=f"{name}, {start} to {end}",
                        checked=f"{day}-{band}" in checked,
                    )
                    for band, (start, end) in enumerate(BANDS)
                ),
            )
            for day, name in enumerate(DAYS)
        ]

    def windows(self) -> list[tuple[int, int, int]]:
        """Return the times as (weekday, start, end) in minutes, neighbours joined."""
        joined: list[tuple[int, int, int]] = []
        for box in sorted(self.cleaned_data["boxes"]):
            weekday, band = map(int, box.split("-"))
            start, end = (hour * HOUR for hour in BANDS[band])
            if joined and joined[-1][0] == weekday and joined[-1][2] == start:
                start = joined.pop()[1]
            joined.append((weekday, start, end))
        return joined


def boxes_of(windows: Iterable[Window]) -> set[str]:
    """Return the boxes at least half of which the windows cover."""
    return {
        f"{window.weekday}-{band}"
        for window in windows
        for band, (start, end) in enumerate(BANDS)
        if 2 * _common(window, start * HOUR, end * HOUR) >= (end - start) * HOUR
    }


def _common(window: Window, start: int, end: int) -> int:
    return max(0, min(window.end_minute, end) - max(window.start_minute, start))
