"""What the office types of a round: its days, and one try at its pairs."""

from typing import Any

from django import forms

from mentorwell.core.pairing import Mode, Weights
from mentorwell.core.pairing.weights import WEIGHT_MOST
from mentorwell.foundation.forms import ChoiceCards, DayInput, Described
from mentorwell.matching.enums import Hand
from mentorwell.matching.models import RoundRun
from mentorwell.programmes.models import Policy
from mentorwell.web.office.round_words import MODES


PARTS = ("interest", "proximity", "values", "style")


class RoundForm(forms.Form):
    """A name and the days of a round."""

    name = forms.CharField(
        label="Name", max_length=80, help_text="As people would say it: “Autumn 2027”."
    )
    wishes_until = forms.DateField(
        label="Last day to join and wish",
        widget=DayInput(),
        help_text="Two weeks give everybody a free evening.",
    )
    talks_until = forms.DateField(
        label="Last day of first talks",
        required=False,
        widget=DayInput(),
        help_text="Only if people shall talk before you suggest. Empty: no first talks.",
    )
    closes_date = forms.DateField(
        label="The round closes on",
        widget=DayInput(),
        help_text="Until then suggestions are renewed by themselves.",
    )


class RunForm(forms.Form):
    """One try: how to choose, what counts how much, and how many places."""

    mode = forms.ChoiceField(
        label="How shall it choose?",
        widget=ChoiceCards,
        choices=[
            (mode.value, Described(words.name, hint=words.hint)) for mode, words in MODES.items()
        ],
    )
    interest = forms.FloatField(label="Shared interests")
    proximity = forms.FloatField(label="Near, or free at the same times")
    values = forms.FloatField(label="Similar values")
    style = forms.FloatField(label="Similar working style")
    places_most = forms.IntegerField(
        label="At most so many mentees for one mentor",
        required=False,
        min_value=1,
        max_value=100,
        help_text="Empty: as many as each has places.",
    )
    seed = forms.IntegerField(
        label="Number for ties",
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="Equal pairs are decided by this number and nothing else. The same number gives the same pairs.",
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"mode": Mode.BEST.value, "seed": 0}
        self.initial |= {part: getattr(policy, f"weight_{part}") for part in PARTS}
        for part in PARTS:
            field = self.fields[part]
            field.widget.attrs.update(min=0, max=WEIGHT_MOST, step="any")

    def clean(self) -> dict[str, Any]:
        """Put the four weights together; they must count for something."""
        told = self.cleaned_data
        if all(part in told for part in PARTS):
            try:
                told["weights"] = Weights(*(told[part] for part in PARTS))
            except ValueError as reason:
                raise forms.ValidationError(str(reason)) from None
        return told

    def told(self) -> dict[str, Any]:
        """Return what a run needs."""
        return {
            "mode": Mode(self.cleaned_data["mode"]),
            "weights": self.cleaned_data["weights"],
            "places_most": self.cleaned_data["places_most"],
            "seed": self.cleaned_data["seed"] or 0,
        }


class ChangeForm(forms.Form):
    """One pair to be put together or kept apart, by the random ids of the two."""

    mentee = forms.UUIDField()
    mentor = forms.UUIDField()
    hand = forms.ChoiceField(choices=[(hand.value, hand.value) for hand in Hand])


class CompareForm(forms.Form):
    """Two runs of one round."""

    a = forms.ModelChoiceField(label="First", queryset=RoundRun.objects.none(), to_field_name="uid")
    b = forms.ModelChoiceField(
        label="Second", queryset=RoundRun.objects.none(), to_field_name="uid"
    )

    def __init__(self, *args: Any, runs: list[tuple[RoundRun, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = RoundRun.objects.filter(pk__in=[run.pk for run, _ in runs])
        for name in ("a", "b"):
            field = self.fields[name]
            field.queryset = there  # type: ignore[attr-defined]  # a ModelChoiceField
            field.choices = [(run.uid, label) for run, label in runs]  # type: ignore[attr-defined]  # as above
