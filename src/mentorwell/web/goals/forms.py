"""What somebody types about a goal, cleaned."""

from collections.abc import Sequence
from typing import Any

from django import forms

from mentorwell.core.lifecycles import GoalState
from mentorwell.foundation.forms import ChoiceCards, DayInput, Described, ManyChoiceCards
from mentorwell.goals.content import goal_words
from mentorwell.goals.rules import WORDS_LENGTH, GoalText


def _line(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=WORDS_LENGTH
    )


class GoalForm(forms.Form):
    """A goal: one line is enough, the rest helps."""

    words = forms.CharField(
        label="What would you like?",
        help_text="One line, in your own words. It may be small.",
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(
        label="What is it about?",
        choices=lambda: [
            (each.slug, Described(each.name, hint=each.sentence)) for each in goal_words().kind
        ],
        widget=ChoiceCards,
    )
    next_step = _line("What is the smallest next step?")
    due_date = forms.DateField(label="By when, if you like", required=False, widget=DayInput)
    measure = _line("How will you know?", "Something you could see or count.")
    help_needed = _line("What help would you like?")
    factor = forms.ChoiceField(
        label="What will keep you upright on the way?",
        help_text="If one of these fits.",
        choices=lambda: [("", "None of these"), *((f.slug, f.name) for f in goal_words().factor)],
        required=False,
    )

    def text(self) -> GoalText:
        """Return what was written."""
        return GoalText(**self.cleaned_data)


class SettleForm(forms.Form):
    """A goal is paused, reached, let go or taken up again."""

    to = forms.TypedChoiceField(
        choices=[(state.value, state.value) for state in GoalState],
        coerce=GoalState,
        error_messages={"invalid_choice": "Choose one of the buttons on the page."},
    )
    kept = forms.CharField(
        label="What do you keep from it?",
        help_text="A line for yourself, if you like.",
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ShareForm(forms.Form):
    """In which mentorships a goal may be read."""

    mentorships = forms.TypedMultipleChoiceField(
        label="Who may read it?",
        help_text="The members of what you tick. You can take it back at any time.",
        coerce=int,
        required=False,
        widget=ManyChoiceCards,
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentorships"].choices = list(offered)  # type: ignore[attr-defined]  # a choice field
