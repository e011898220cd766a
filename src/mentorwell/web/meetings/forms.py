"""What members type about their meetings, cleaned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from mentorwell.foundation.forms import ChoiceCards, MomentInput
from mentorwell.meetings.rules import MINUTES_LEAST, MINUTES_MOST, WHERE_LENGTH


LABELS = ("A time that suits you", "Another, if you like", "And a third")
NAMES = tuple(f"time_{number}" for number in range(1, len(LABELS) + 1))


class TimesForm(forms.Form):
    """One to three times to offer, in the person's own zone."""

    def __init__(self, *args: Any, suggested: Sequence[datetime] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (name, label) in enumerate(zip(NAMES, LABELS, strict=True)):
            self.fields[name] = forms.DateTimeField(
                label=label,
                required=number == 0,
                widget=MomentInput,
                initial=suggested[number] if number < len(suggested) else None,
            )
        # Offered only once a time has turned out to fall on a day that may not suit.
        self.fields["anyway"] = forms.BooleanField(
            label="Offer these times all the same", required=False
        )
        self.order_fields(NAMES)

    @property
    def times(self) -> list[datetime]:
        """The times that were filled in, in their order."""
        filled = {self.cleaned_data[name] for name in NAMES if self.cleaned_data[name]}
        return sorted(filled)


class SettingForm(forms.Form):
    """How long a meeting is, and where."""

    minutes = forms.IntegerField(
        label="How long, in minutes?", min_value=MINUTES_LEAST, max_value=MINUTES_MOST
    )
    where = forms.CharField(
        label="Where?",
        help_text="A room, a café, or a link. Only the two of you see it; no mail carries it.",
        max_length=WHERE_LENGTH,
        required=False,
    )


class MeetingForm(SettingForm, TimesForm):
    """A meeting to propose: times, length, place."""


class LogForm(forms.Form):
    """Whether a meeting took place, and how long it was."""

    held = forms.TypedChoiceField(
        label="Did you meet?",
        choices=[("yes", "We met"), ("no", "Not this time")],
        coerce=lambda word: word == "yes",
        widget=ChoiceCards,
    )
    minutes = forms.IntegerField(
        label="How long, in minutes?",
        help_text="Leave it open if it was as long as planned.",
        min_value=1,
        max_value=MINUTES_MOST,
        required=False,
    )


class ChoiceForm(forms.Form):
    """The time that somebody chose."""

    offer = forms.IntegerField(min_value=1, max_value=2**63 - 1)
