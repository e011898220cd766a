"""What members type about their meetings, cleaned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from mentorwell.foundation.forms import (
    ChoiceCards,
    DayInput,
    Described,
    MomentInput,
    SliderField,
)
from mentorwell.meetings.enums import MeetingKind, MissedReason
from mentorwell.meetings.rules import (
    MINUTES_LEAST,
    MINUTES_MOST,
    POINT_LENGTH,
    POINTS_MOST,
    STEP_LENGTH,
    STEPS_MOST,
    TAKEAWAY_LENGTH,
    WHERE_LENGTH,
)
from mentorwell.meetings.services import NextStep


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


KINDS = [
    (MeetingKind.TALK, Described("A talk", hint="You sit down, or walk, and one of you asks.")),
    (
        MeetingKind.SHOW_ME,
        Described("Show me", hint="Watch once, try it once, then say what you saw."),
    ),
]
MISSED = [
    (MissedReason.BUSY, "The ward decided otherwise"),
    (MissedReason.UNWELL, "One of us was unwell"),
    (MissedReason.AWAY, "One of us was away"),
    (MissedReason.MIXED_UP, "We mixed up the time"),
    (MissedReason.OTHER, "Something else"),
]


class SettingForm(forms.Form):
    """How long a meeting is, where, and what it is."""

    minutes = forms.IntegerField(
        label="How long, in minutes?", min_value=MINUTES_LEAST, max_value=MINUTES_MOST
    )
    where = forms.CharField(
        label="Where?",
        help_text="A room, a café, or a link. Only the two of you see it; no mail carries it.",
        max_length=WHERE_LENGTH,
        required=False,
    )
    kind = forms.ChoiceField(label="What is it?", choices=KINDS, required=False, widget=ChoiceCards)

    def clean_kind(self) -> MeetingKind:
        """Return what it is; a talk unless it was said otherwise."""
        return MeetingKind(self.cleaned_data["kind"] or MeetingKind.TALK)


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
    because = forms.ChoiceField(
        label="If not: what came between?",
        help_text="Only if you like. It is nobody’s fault, and only the two of you read it.",
        choices=[("", "I’d rather not say"), *MISSED],
        required=False,
    )

    def clean_because(self) -> MissedReason | None:
        """Return the reason as a word of the house, if there is one."""
        word = self.cleaned_data["because"]
        return MissedReason(word) if word else None


class AgendaForm(forms.Form):
    """The points of an agenda, one a line."""

    points = forms.CharField(
        label="What would make it worth it?",
        help_text="One point a line. Two or three are best.",
        required=False,
        max_length=POINTS_MOST * (POINT_LENGTH + 2),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def lines(self) -> list[str]:
        """Return the points that were written."""
        return [line.strip() for line in self.cleaned_data["points"].splitlines() if line.strip()]


STEPS = ("A next step", "Another step", "A third step")


class KeepForm(forms.Form):
    """What stays of a meeting; everything may be left open."""

    takeaway = forms.CharField(
        label="What do you take with you?",
        help_text="A line or two. The others of you read it.",
        required=False,
        max_length=TAKEAWAY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    listened = SliderField(
        low="I talked more",
        high="I listened more",
        label="Did you listen longer than you talked?",
        help_text="For yourself alone. Nobody else ever reads it.",
        required=False,
    )

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, STEPS_MOST + 1):
            self.fields[f"step_{number}"] = forms.CharField(
                label=STEPS[number - 1], required=False, max_length=STEP_LENGTH
            )
            self.fields[f"owner_{number}"] = forms.TypedChoiceField(
                label="Whose?", choices=list(members), coerce=int, required=False
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label="By when, if you like", required=False, widget=DayInput
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The fields of each step, side by side."""
        return [
            (self[f"step_{number}"], self[f"owner_{number}"], self[f"due_{number}"])
            for number in range(1, STEPS_MOST + 1)
        ]

    def steps(self) -> list[NextStep]:
        """Return the steps that were written."""
        told = self.cleaned_data
        return [
            NextStep(told[f"step_{n}"], told[f"owner_{n}"], told[f"due_{n}"])
            for n in range(1, STEPS_MOST + 1)
            if told[f"step_{n}"].strip() and told[f"owner_{n}"]
        ]


class ChoiceForm(forms.Form):
    """The time that somebody chose."""

    offer = forms.IntegerField(min_value=1, max_value=2**63 - 1)
