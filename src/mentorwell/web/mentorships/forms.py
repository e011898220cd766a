"""What members type in their room, cleaned."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms

from mentorwell.foundation.forms import ChoiceCards, DayInput, Described
from mentorwell.mentorships.content import Choice, agreement_choices
from mentorwell.mentorships.enums import EndingReason, LinkAnswer
from mentorwell.mentorships.rules import PURPOSE_LENGTH, THANKS_LENGTH, Terms


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


def _cards(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    return [(each.slug, Described(each.name, hint=each.sentence)) for each in choices]


class AgreementForm(forms.Form):
    """The five questions of a first agreement."""

    purpose = forms.CharField(
        label="What do you meet for?",
        help_text="One line is enough. You can change it when you know each other better.",
        max_length=PURPOSE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    relationship = forms.ChoiceField(
        label="What kind of relationship is it?",
        choices=lambda: _cards(agreement_choices().relationship),
        widget=ChoiceCards,
    )
    meetings_like = forms.ChoiceField(
        label="What are your meetings like?",
        choices=lambda: _cards(agreement_choices().meetings),
        widget=ChoiceCards,
    )
    agenda_by = forms.ChoiceField(
        label="Who brings the agenda?",
        choices=lambda: _cards(agreement_choices().agenda),
        widget=ChoiceCards,
    )
    schedules_by = forms.ChoiceField(
        label="Who finds the time?",
        choices=lambda: _cards(agreement_choices().scheduling),
        widget=ChoiceCards,
    )
    review_date = forms.DateField(
        label="When do you look at this again?",
        help_text="Half a year suits most. It is a look, not an exam.",
        widget=DayInput,
    )
    after_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def terms(self) -> Terms:
        """Return what was answered."""
        answers = dict(self.cleaned_data)
        del answers["after_version"]
        return Terms(**answers)


HALF_A_YEAR = 182  # days


def usual_terms(today: date, review_days: Collection[int]) -> dict[str, Any]:
    """Return what most pairs begin with: the first choice of each question, about half a year.

    `review_days` are the programme's own, after which pairs look again.
    """
    days = min(review_days, key=lambda each: abs(each - HALF_A_YEAR), default=HALF_A_YEAR)
    offered = agreement_choices()
    return {
        "relationship": offered.relationship[0].slug,
        "meetings_like": offered.meetings[0].slug,
        "agenda_by": offered.agenda[0].slug,
        "schedules_by": offered.scheduling[0].slug,
        "review_date": today + timedelta(days=days),
    }


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
