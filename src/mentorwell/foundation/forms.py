"""Form controls of the house; each works with the keyboard and without JavaScript.

Forms render through our own templates (`FORM_RENDERER` in the settings): write
`{{ form }}` or `{{ form.topic.as_field_group }}`, and label, help, errors and their wiring come.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _


class Described(str):
    """A choice's label with a second line and an icon: `Described("Mentor", hint="Meets monthly")`."""

    __slots__ = ("hint", "icon")
    hint: str
    icon: str

    def __new__(cls, label: str, *, hint: str = "", icon: str = "") -> Self:
        """Return the label as a string that also knows its hint and icon."""
        made = super().__new__(cls, label)
        made.hint = hint
        made.icon = icon
        return made


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, in the person's time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TimeOfDayInput(forms.TimeInput):
    """The browser's own field for a time of day."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class ChoiceCards(forms.RadioSelect):
    """One of a few, each a large card; labels may be `Described`."""

    template_name = "foundation/widgets/choice_cards.html"


class ManyChoiceCards(forms.CheckboxSelectMultiple):
    """Any of a few, each a large card; labels may be `Described`."""

    template_name = "foundation/widgets/choice_cards.html"


class Scale(forms.RadioSelect):
    """Three to five short answers in one pill: No, A bit, Yes, Most."""

    template_name = "foundation/widgets/scale.html"


MATTERS = [("0", _("No")), ("1", _("A bit")), ("2", _("Yes")), ("3", _("Most"))]


class Slider(forms.RadioSelect):
    """Five dots between two words, from -2 (all of `low`) to +2 (all of `high`)."""

    template_name = "foundation/widgets/slider.html"

    def __init__(self, *, low: str, high: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.low = low
        self.high = high

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the words at both ends."""
        return {**super().get_context(name, value, attrs), "low": self.low, "high": self.high}


class SliderField(forms.TypedChoiceField):
    """A working-style slider; cleans to an int from -2 to 2, or None where left open."""

    def __init__(self, *, low: str, high: str, **kwargs: Any) -> None:
        words = {
            -2: _("Clearly: %(end)s") % {"end": low},
            -1: _("Rather: %(end)s") % {"end": low},
            0: _("In between"),
            1: _("Rather: %(end)s") % {"end": high},
            2: _("Clearly: %(end)s") % {"end": high},
        }
        super().__init__(
            choices=[(str(place), label) for place, label in words.items()],
            coerce=int,
            empty_value=None,
            widget=Slider(low=low, high=high),
            **kwargs,
        )


MOVES = ("up", "down", "add", "remove")


class OrderedPicker(forms.Widget):
    """An ordered choice from a deck, by buttons: up, down, add, remove.

    Each button posts the form (`<name>_up`, `<name>_down`, `<name>_add`, `<name>_remove` with the
    value it moves) and the list comes back moved; with JavaScript the same buttons move in place.
    A view asks `was_moved` first and, if so, shows the form again instead of saving.
    """

    template_name = "foundation/widgets/ordered_picker.html"
    use_fieldset = True

    choices: Iterable[tuple[str, str]] = ()

    def __init__(self, *, limit: int = 5, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.limit = limit

    def was_moved(self, data: Mapping[str, Any], name: str) -> bool:
        """Tell whether a button of this picker, and not the form's own button, was pressed."""
        return any(f"{name}_{move}" in data for move in MOVES)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        """Return the posted order with the pressed button's move done."""
        chosen = (
            data.getlist(name) if isinstance(data, MultiValueDict) else list(data.get(name, []))
        )
        for move in MOVES:
            value = data.get(f"{name}_{move}")
            if value is not None:
                chosen = moved(chosen, move, value, limit=self.limit)
        return chosen

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Split the deck into what is chosen, in order, and what is left."""
        context = super().get_context(name, value, attrs)
        labels = {str(key): label for key, label in self.choices}
        chosen = [str(key) for key in value or [] if str(key) in labels]
        context["widget"].update(
            chosen=[(key, labels[key]) for key in chosen],
            deck=[(key, label) for key, label in labels.items() if key not in chosen],
            full=len(chosen) >= self.limit,
            limit=self.limit,
        )
        return context


def moved(chosen: list[str], move: str, value: str, *, limit: int) -> list[str]:
    """Return `chosen` after one move; a move that makes no sense changes nothing."""
    rest = [key for key in chosen if key != value]
    if move == "remove":
        return rest
    if move == "add":
        return chosen if value in chosen or len(chosen) >= limit else [*chosen, value]
    if value not in chosen:
        return chosen
    place = chosen.index(value) + (-1 if move == "up" else 1)
    place = min(max(place, 0), len(rest))
    return [*rest[:place], value, *rest[place:]]


class OrderedChoiceField(forms.MultipleChoiceField):
    """Up to `limit` choices, whose order counts; cleans to the list of values in order."""

    widget = OrderedPicker

    def __init__(
        self, *, choices: Iterable[tuple[str, str]], limit: int = 5, **kwargs: Any
    ) -> None:
        super().__init__(choices=list(choices), widget=OrderedPicker(limit=limit), **kwargs)
        self.limit = limit

    def validate(self, value: list[str]) -> None:
        """Refuse an unknown value, the same value twice, and more than the limit."""
        super().validate(value)
        if len(set(value)) != len(value) or len(value) > self.limit:
            raise forms.ValidationError(
                _("Please choose at most %(limit)d, each once."), params={"limit": self.limit}
            )


def speak_plainly() -> None:
    """Replace Django's "This field is required." by words a person would use, for every form."""
    forms.Field.default_error_messages["required"] = _("Please fill this in.")
    forms.ChoiceField.default_error_messages["required"] = _("Please choose one.")
    forms.MultipleChoiceField.default_error_messages["required"] = _("Please choose at least one.")
    forms.BooleanField.default_error_messages = {"required": _("Please tick this to go on.")}
