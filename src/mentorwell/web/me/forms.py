"""What people tell of themselves, cleaned."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.conf import settings

from mentorwell.accounts.models import User
from mentorwell.foundation.forms import (
    ChoiceCards,
    DayInput,
    Described,
    ManyChoiceCards,
    OrderedChoiceField,
    Scale,
    SliderField,
)
from mentorwell.people import queries
from mentorwell.people.content import Topic, purposes, stage_choices, styles, values
from mentorwell.people.enums import BlockKind, ExclusionReason
from mentorwell.people.models import Profile, StyleAnswer, ValueChoice
from mentorwell.programmes.models import Site
from mentorwell.web.me.words import BLOCKS, EXCLUSIONS, LANGUAGES


REMOTE = {"yes": True, "no": False, "": None}
REMOTE_CHOICES = [
    ("yes", Described("By video too", hint="More mentors come into reach.")),
    ("no", Described("In person only", hint="Only people near you are suggested first.")),
]
STORY_MOST = 2000
LINE_MOST = 300


class WhereForm(forms.Form):
    """Where a person works, and whether they would meet by video."""

    site = forms.ModelChoiceField(
        Site.objects.none(),
        label="Where do you work most?",
        required=False,
        empty_label="I would rather not say",
    )
    remote = forms.ChoiceField(
        label="How would you meet?", choices=REMOTE_CHOICES, widget=ChoiceCards, required=False
    )

    def __init__(
        self, data: Any = None, *, profile: Profile, initial: Mapping[str, Any] | None = None
    ) -> None:
        told = {True: "yes", False: "no", None: ""}[profile.remote]
        super().__init__(data, initial={"site": profile.site_id, "remote": told, **(initial or {})})
        self.fields["site"].queryset = profile.organisation.sites.all()  # type: ignore[attr-defined]  # it is the ModelChoiceField above

    def clean_remote(self) -> bool | None:
        """Return yes, no or not said."""
        return REMOTE[self.cleaned_data["remote"]]


def find_people(typed: str, *, asked_by: User) -> list[User]:
    """Return the people named, one a line; raise a sentence for the first line that fails."""
    found = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        hits = queries.people_by_exact(line, asked_by=asked_by)
        if not hits:
            raise forms.ValidationError(
                "We do not find “%(line)s”. Write the whole name, or the e-mail address.",
                params={"line": line},
            )
        if len(hits) > 1:
            raise forms.ValidationError(
                "More than one person is called “%(line)s”. Please write the e-mail address.",
                params={"line": line},
            )
        found.append(hits[0])
    return found


class FirstQuestionsForm(WhereForm):
    """The three answers after which a mentee sees mentors."""

    purposes = forms.MultipleChoiceField(
        label="What for?",
        help_text="Choose as many as you like. You can change this at any time.",
        widget=ManyChoiceCards,
        error_messages={"required": "Please choose at least one. A rough guess is fine."},
    )
    apart = forms.CharField(
        label="Is there anyone you would rather not meet here?",
        help_text="Such as someone who evaluates you. One name or e-mail address a line. They "
        "never learn of it, nobody asks why, and you do not appear to each other.",
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        profile: Profile,
        chosen: Collection[str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(
            data, profile=profile, initial={"purposes": list(chosen), **(initial or {})}
        )
        self.person = profile.person
        self.fields["purposes"].choices = [  # type: ignore[attr-defined]  # a MultipleChoiceField
            (one.slug, Described(one.name, hint=one.sentence)) for one in purposes()
        ]

    def clean_apart(self) -> list[User]:
        """Return the people to keep away."""
        return find_people(self.cleaned_data["apart"], asked_by=self.person)


class StoryForm(forms.Form):
    """Story, strengths and hopes; the labels depend on the part."""

    story = forms.CharField(
        required=False, max_length=STORY_MOST, widget=forms.Textarea(attrs={"rows": 6})
    )
    strengths = forms.CharField(
        label="What are you good at?",
        required=False,
        max_length=STORY_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hopes = forms.CharField(
        label="What do you hope for?",
        required=False,
        max_length=STORY_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, for_mentor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["story"].label = (
            "A little of your path" if for_mentor else "What should a mentor know about you?"
        )
        self.fields["hopes"].label = (
            "What do you like to give?" if for_mentor else "What do you hope for?"
        )


class TopicsForm(forms.Form):
    """Topics out of the tree; the picker is laid out in the template."""

    topics = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, tree: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(topic.slug, topic.name) for topic in tree]  # type: ignore[attr-defined]  # a MultipleChoiceField


class MentorForm(forms.Form):
    """Yes, one topic, places: all a mentor needs to be ready."""

    topic = forms.ChoiceField(
        error_messages={"required": "Please choose one topic. More can come later."}
    )
    places = forms.TypedChoiceField(
        label="How many mentees would you like at a time?",
        help_text="One is a good beginning. You can change this at any time.",
        coerce=int,
        widget=Scale,
    )

    def __init__(self, *args: Any, tree: Iterable[Topic], most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [(topic.slug, topic.name) for topic in tree]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["places"].choices = [(n, str(n)) for n in range(1, most + 1)]  # type: ignore[attr-defined]  # a TypedChoiceField


class PlacesForm(forms.Form):
    """How many mentees at a time."""

    places = forms.TypedChoiceField(label="How many mentees at a time?", coerce=int)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = [  # type: ignore[attr-defined]  # a TypedChoiceField
            (0, "None for now"),
            *((n, str(n)) for n in range(1, most + 1)),
        ]


class PauseForm(forms.Form):
    """A pause, with or without a last day."""

    until = forms.DateField(
        label="Until",
        help_text="On this day you are back by yourself. Leave it empty to come back when you like.",
        widget=DayInput(),
        required=False,
    )


class BasicsForm(forms.Form):
    """A line, a stage and languages."""

    headline = forms.CharField(
        label="You in a line",
        help_text="Such as “Second-year resident, drawn to hearts and teaching”.",
        max_length=160,
        required=False,
    )
    stage = forms.ChoiceField(
        label="How far along are you?",
        required=False,
        help_text="Decides whom you can invite where a programme asks for somebody further along.",
    )
    languages = forms.MultipleChoiceField(
        label="In which languages can you talk?",
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, stage_lists: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage = cast("forms.ChoiceField", self.fields["stage"])
        stage.choices = stage_choices("I would rather not say", first=stage_lists)


class ValuesForm(forms.Form):
    """Five of forty, in order."""

    values = OrderedChoiceField(
        label="Choose five, the first the one that matters most",
        choices=[(value.slug, Described(value.name, hint=value.gloss)) for value in values()],
        limit=5,
        required=False,
    )


class ShownValuesForm(forms.Form):
    """Which of one's values a mentor shows, each with a line."""

    def __init__(self, *args: Any, chosen: Iterable[ValueChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {value.slug: value.name for value in values()}
        self.rows = [choice.value for choice in chosen if choice.value in names]
        for choice in chosen:
            if choice.value not in names:
                continue
            self.fields[f"show_{choice.value}"] = forms.BooleanField(
                label=f"Show {names[choice.value]}", required=False, initial=choice.shown
            )
            self.fields[f"line_{choice.value}"] = forms.CharField(
                label=f"How you live {names[choice.value].lower()}",
                required=False,
                max_length=LINE_MOST,
                initial=choice.line,
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each value, in their order."""
        return [(self[f"show_{slug}"], self[f"line_{slug}"]) for slug in self.rows]

    def lines(self) -> dict[str, str]:
        """Return the lines of the values to show, by slug."""
        return {
            slug: self.cleaned_data[f"line_{slug}"]
            for slug in self.rows
            if self.cleaned_data[f"show_{slug}"]
        }


HOW_MUCH = [("0", "No"), ("1", "Somewhat"), ("2", "Much")]


class StyleForm(forms.Form):
    """Eight sliders, and how much each matters."""

    def __init__(self, *args: Any, told: Mapping[str, StyleAnswer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for style in styles():
            answer = told.get(style.slug)
            self.fields[style.slug] = SliderField(
                label=style.explanation,
                low=style.left,
                high=style.right,
                required=False,
                initial=answer.position if answer else None,
            )
            self.fields[f"matters_{style.slug}"] = forms.TypedChoiceField(
                label="Does it matter to you?",
                choices=HOW_MUCH,
                coerce=int,
                widget=Scale,
                initial=answer.matters if answer else 1,
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each slider, in their order."""
        return [(self[style.slug], self[f"matters_{style.slug}"]) for style in styles()]

    def answers(self) -> dict[str, tuple[int, int]]:
        """Return the answered sliders as (position, how much it matters)."""
        return {
            style.slug: (self.cleaned_data[style.slug], self.cleaned_data[f"matters_{style.slug}"])
            for style in styles()
            if self.cleaned_data[style.slug] is not None
        }


class AwayForm(forms.Form):
    """Days on which somebody cannot meet."""

    kind = forms.ChoiceField(label="What is it?", choices=[(k.value, w) for k, w in BLOCKS.items()])
    start_date = forms.DateField(label="First day", widget=DayInput())
    end_date = forms.DateField(label="Last day", widget=DayInput())

    def clean_kind(self) -> BlockKind:
        """Return the kind as its word."""
        return BlockKind(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order beside the field that is wrong."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("start_date"), cleaned.get("end_date")
        if first and last and last < first:
            self.add_error("end_date", "The last day cannot be before the first.")
        return cleaned


class ApartForm(forms.Form):
    """Somebody to keep away."""

    who = forms.CharField(
        label="Their whole name, or their e-mail address",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        max_length=254,
    )
    reason = forms.ChoiceField(
        label="For your own memory",
        help_text="Only you read this.",
        choices=[(reason.value, words) for reason, words in EXCLUSIONS.items()],
        widget=forms.RadioSelect,
        initial=ExclusionReason.PLEASE_NOT.value,
    )

    def __init__(self, *args: Any, asked_by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_by = asked_by

    def clean_who(self) -> User:
        """Return the one person who is called so."""
        return find_people(self.cleaned_data["who"], asked_by=self.asked_by)[0]

    def clean_reason(self) -> ExclusionReason:
        """Return the reason as its word."""
        return ExclusionReason(self.cleaned_data["reason"])


ZONES = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]


class TimeZoneForm(forms.Form):
    """Where the person's days begin and end."""

    time_zone = forms.ChoiceField(
        label="Your time zone",
        help_text="Your weekly times and quiet hours follow it.",
        choices=[("UTC", "UTC"), *ZONES],
    )


class LanguageForm(forms.Form):
    """The language of pages and mails."""

    language = forms.ChoiceField(label="Language of pages and mails")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]  # a ChoiceField
