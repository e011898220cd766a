"""What each expects, and what all agree on."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from mentorwell.foundation.forms import ChoiceCards, DayInput, Described
from mentorwell.mentorships.content import Choice, Clause, agreement_choices
from mentorwell.mentorships.rules import (
    CLAUSE_LENGTH,
    MINUTES,
    PURPOSE_LENGTH,
    WORDS_LENGTH,
    Answers,
    Terms,
)
from mentorwell.programmes.enums import Rhythm
from mentorwell.web.mentorships.words import RHYTHMS


HALF_A_YEAR = 182  # days


def cards(choices: Iterable[Choice], only: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return choices as cards: all of them, or only those named."""
    return [
        (each.slug, Described(each.name, hint=each.sentence))
        for each in choices
        if not only or each.slug in only
    ]


def _own_words() -> forms.CharField:
    return forms.CharField(
        label="In your own words",
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswersForm(forms.Form):
    """The three questions that each answers alone."""

    relationship = forms.ChoiceField(
        label="What kind of relationship would you like?",
        choices=lambda: cards(agreement_choices().relationship),
        widget=ChoiceCards,
    )
    relationship_words = _own_words()
    meetings_like = forms.ChoiceField(
        label="What should your meetings be like?",
        choices=lambda: cards(agreement_choices().meetings),
        widget=ChoiceCards,
    )
    meetings_words = _own_words()
    agenda_by = forms.ChoiceField(
        label="Who should bring the agenda?",
        choices=lambda: cards(agreement_choices().agenda),
        widget=ChoiceCards,
    )
    agenda_words = _own_words()

    def answers(self) -> Answers:
        """Return what was answered."""
        return Answers(**self.cleaned_data)


class AgreementForm(forms.Form):
    """An agreement on one page: what was settled, and everything else as most would have it.

    `given` are the answers to choose from where the members settle their first agreement, by
    field; without it every choice is offered. `questions` are the programme's own.
    """

    purpose = forms.CharField(
        label="What do you meet for?",
        help_text="One line is enough. You can change it when you know each other better.",
        max_length=PURPOSE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    relationship = forms.ChoiceField(label="What kind of relationship is it?", widget=ChoiceCards)
    relationship_words = _own_words()
    meetings_like = forms.ChoiceField(label="What are your meetings like?", widget=ChoiceCards)
    meetings_words = _own_words()
    agenda_by = forms.ChoiceField(label="Who brings the agenda?", widget=ChoiceCards)
    agenda_words = _own_words()
    rhythm = forms.ChoiceField(label="How often do you meet?", choices=list(RHYTHMS.items()))
    minutes = forms.IntegerField(
        label="For how many minutes?", min_value=MINUTES.start, max_value=MINUTES.stop - 1
    )
    schedules_by = forms.ChoiceField(
        label="Who finds the time?",
        choices=lambda: cards(agreement_choices().scheduling),
        widget=ChoiceCards,
    )
    review_date = forms.DateField(
        label="When do you look at this again?",
        help_text="Half a year suits most. It is a look, not an exam.",
        widget=DayInput,
    )
    after_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,
        given: Mapping[str, Collection[str]] | None = None,
        questions: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = agreement_choices()
        for name, choices in (
            ("relationship", offered.relationship),
            ("meetings_like", offered.meetings),
            ("agenda_by", offered.agenda),
        ):
            self.fields[name].choices = cards(choices, (given or {}).get(name, ()))  # type: ignore[attr-defined]  # a ChoiceField
        self.questions = list(questions)
        for clause in offered.clause:
            self.fields[f"clause_{clause.slug}"] = _clause_field(clause)
        for number, question in enumerate(self.questions):
            self.fields[f"extra_{number}"] = forms.CharField(
                label=question,
                required=False,
                max_length=CLAUSE_LENGTH,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def clauses(self) -> list[forms.BoundField]:
        """The clauses that belong to every agreement."""
        return [
            self[f"clause_{each.slug}"] for each in agreement_choices().clause if not each.only_for
        ]

    @property
    def special_clauses(self) -> list[forms.BoundField]:
        """The clauses for research and scholarship; left out of any other agreement."""
        return [self[f"clause_{each.slug}"] for each in agreement_choices().clause if each.only_for]

    @property
    def extras(self) -> list[forms.BoundField]:
        """The programme's own questions."""
        return [self[f"extra_{number}"] for number in range(len(self.questions))]

    def terms(self) -> Terms:
        """Return what was answered."""
        told = self.cleaned_data
        kind = told["relationship"]
        clauses = {
            each.slug: told[f"clause_{each.slug}"]
            for each in agreement_choices().clause
            if each.only_for in ("", kind)
        }
        plain = (
            "purpose",
            "relationship",
            "relationship_words",
            "meetings_like",
            "meetings_words",
            "agenda_by",
            "agenda_words",
            "schedules_by",
            "review_date",
        )
        return Terms(
            **{name: told[name] for name in plain},
            clauses={"rhythm": told["rhythm"], "minutes": str(told["minutes"]), **clauses},
            extra=[
                (question, told[f"extra_{number}"])
                for number, question in enumerate(self.questions)
            ],
        )


def _clause_field(clause: Clause) -> forms.Field:
    if clause.options:
        return forms.ChoiceField(
            label=clause.title, choices=[(each.slug, each.name) for each in clause.options]
        )
    return forms.CharField(
        label=clause.title,
        required=False,
        max_length=CLAUSE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def usual_terms(
    today: date, review_days: Collection[int], *, rhythm: Rhythm, minutes: int
) -> dict[str, Any]:
    """Return what most pairs begin with: the first choice of each question, about half a year.

    `review_days` are the programme's own, after which pairs look again; rhythm and minutes too.
    """
    days = min(review_days, key=lambda each: abs(each - HALF_A_YEAR), default=HALF_A_YEAR)
    offered = agreement_choices()
    return {
        "schedules_by": offered.scheduling[0].slug,
        "review_date": today + timedelta(days=days),
        "rhythm": rhythm,
        "minutes": minutes,
        **{f"clause_{each.slug}": each.default for each in offered.clause},
    }
