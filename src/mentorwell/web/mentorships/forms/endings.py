"""Ending, pausing, and a question about a link."""

from django import forms

from mentorwell.foundation.forms import ChoiceCards, DayInput, Described
from mentorwell.mentorships.enums import EndingReason, LinkAnswer
from mentorwell.mentorships.rules import THANKS_LENGTH


REASONS = [
    ("", "I’d rather not say"),
    (EndingReason.GOALS_REACHED, "We reached what we set out for"),
    (EndingReason.LIFE_CHANGE, "Life or work has changed"),
    (EndingReason.TIME_UP, "Its time was up"),
    (EndingReason.NOT_A_FIT, "It was not the right fit"),
]

LINK_ANSWERS = [
    (
        LinkAnswer.PAUSE,
        Described("Pause for now", hint="Nothing goes either way until you come back."),
    ),
    (LinkAnswer.CLOSE, Described("Finish", hint="In two taps, with an hour to think again.")),
    (
        LinkAnswer.ACKNOWLEDGE,
        Described("Go on, knowing it", hint="You keep meeting, and take care what you bring."),
    ),
]


class EndingForm(forms.Form):
    """Ending needs nothing; a word of thanks and a reason for oneself are welcome."""

    thanks = forms.CharField(
        label="A word of thanks",
        help_text="The other reads it together with the news, an hour from now.",
        required=False,
        max_length=THANKS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.ChoiceField(
        label="Why, for yourself",
        help_text="Only you can read this.",
        choices=REASONS,
        required=False,
        widget=forms.RadioSelect,
    )
    told_office = forms.BooleanField(
        label="Count my reason in the programme’s figures",
        help_text="Without any name, and only where enough people have given one.",
        required=False,
    )


class PauseForm(forms.Form):
    """Until when, and whether meetings are called off."""

    until_date = forms.DateField(
        label="Until when?",
        help_text="Leave it open and it rests until you come back.",
        required=False,
        widget=DayInput,
    )
    cancel_meetings = forms.BooleanField(
        label="Call off the meetings that lie ahead", required=False
    )


class LinkAnswerForm(forms.Form):
    """What to do about a new evaluation link."""

    answer = forms.ChoiceField(
        label="What would you like to do?", choices=LINK_ANSWERS, widget=ChoiceCards
    )

    def clean_answer(self) -> LinkAnswer:
        """Return the answer as a word of the house."""
        return LinkAnswer(self.cleaned_data["answer"])
