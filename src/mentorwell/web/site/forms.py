"""Forms of the pages that belong to no area."""

from django import forms

from mentorwell.foundation.forms import (
    MATTERS,
    ChoiceCards,
    DayInput,
    Described,
    ManyChoiceCards,
    OrderedChoiceField,
    Scale,
    SliderField,
    TimeOfDayInput,
)


class ThemeForm(forms.Form):
    """Colours for this browser."""

    theme = forms.ChoiceField(choices=[("light", "Light"), ("dark", "Dark"), ("device", "Device")])


class GalleryForm(forms.Form):
    """One field of each kind, for the gallery."""

    name = forms.CharField(
        label="What shall people call you?", help_text="As you would say it on the ward."
    )
    story = forms.CharField(
        label="Why this mentor?",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text="Two sentences are plenty. What drew you to them, and what do you bring?",
    )
    stage = forms.ChoiceField(
        label="Where are you now?",
        choices=[
            ("", "Please choose"),
            ("1", "First year"),
            ("2", "Second year"),
            ("3", "Third year"),
        ],
    )
    day = forms.DateField(label="Day", widget=DayInput())
    at = forms.TimeField(label="Time", widget=TimeOfDayInput())
    places = forms.IntegerField(label="How many people can you take on?", min_value=0, max_value=3)
    photo = forms.FileField(label="A roster", required=False)
    agree = forms.BooleanField(
        label="Remind me a day before",
        required=False,
        help_text="By e-mail, outside your quiet hours.",
    )
    how = forms.ChoiceField(
        label="How would you like to meet?",
        widget=forms.RadioSelect,
        choices=[("person", "In person"), ("video", "By video"), ("both", "Either is fine")],
    )
    what_for = forms.ChoiceField(
        label="What are you looking for?",
        widget=ChoiceCards,
        choices=[
            (
                "career",
                Described("Career and direction", hint="Where to go next, and how", icon="compass"),
            ),
            (
                "growth",
                Described(
                    "Growing in the work", hint="Skill, confidence, judgement", icon="sprout"
                ),
            ),
            ("settle", Described("Settling in", hint="New here, or new in the role", icon="home")),
        ],
    )
    kinds = forms.MultipleChoiceField(
        label="What could you offer?",
        required=False,
        widget=ManyChoiceCards,
        choices=[
            ("listen", "An open ear"),
            ("teach", "Teaching a skill"),
            ("doors", "Opening doors"),
        ],
    )
    interests = forms.ChoiceField(
        label="Shared interests", widget=Scale, choices=MATTERS, initial="2"
    )
    structure = SliderField(label="Planning", low="Structure", high="Improvise", initial="-1")
    feedback = SliderField(label="Feedback", low="Direct", high="Gentle", required=False)
    values = OrderedChoiceField(
        label="Your values, most important first",
        help_text="Choose up to five. Only what you both chose is ever shown to the other.",
        choices=[
            ("care", Described("Caring", hint="To look after people well")),
            ("mastery", "Mastery"),
            ("service", "Service"),
            ("honesty", "Honesty"),
            ("growth", "Growth"),
            ("justice", "Justice"),
            ("humour", "Humour"),
        ],
    )
