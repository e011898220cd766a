"""What a mentee asks for and what a mentor answers, cleaned."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from mentorwell.core.pairing import Matters, WhatMatters
from mentorwell.foundation.forms import (
    MATTERS,
    MomentInput,
    OrderedChoiceField,
    OrderedPicker,
    Scale,
)
from mentorwell.matching.enums import Answer, Leaning
from mentorwell.matching.models import FirstTalk, MentorWord, RoundWish
from mentorwell.matching.queries import Filters
from mentorwell.matching.services import WISHES_MOST
from mentorwell.people.content import Topic, prompts
from mentorwell.people.models import Participation
from mentorwell.web.matching.rounds import LEANINGS, SCORES


WRITTEN_MOST = 2000
ACCEPT = "accept"


class MattersForm(forms.Form):
    """How much each part matters; the list follows at once."""

    interest = forms.ChoiceField(label="Shared interests", widget=Scale, choices=MATTERS)
    proximity = forms.ChoiceField(label="Near, or free when I am", widget=Scale, choices=MATTERS)
    values = forms.ChoiceField(label="Similar values", widget=Scale, choices=MATTERS)
    style = forms.ChoiceField(label="Similar working style", widget=Scale, choices=MATTERS)

    def levels(self) -> WhatMatters:
        """Return what was chosen."""
        return WhatMatters(
            **{part: Matters(int(self.cleaned_data[part])) for part in WhatMatters._fields}
        )


class LongSelect(forms.Select):
    """A select with hundreds of options, written in one go: a template for each takes long."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        """Return no options to the widget's template; `render` writes them."""
        return []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the select with its options, the chosen one marked."""
        head, tail = super().render(name, value, attrs, renderer).split("</select>")
        groups = (
            format_html('<optgroup label="{}">{}</optgroup>', slug, _options(label, value))
            if isinstance(label, list)
            else _options([(str(slug), str(label))], value)
            for slug, label in self.choices
        )
        return format_html(
            "{}{}</select>{}",
            mark_safe(head),  # noqa: S308 -- Django's own rendering, cut in two
            mark_safe("".join(groups)),  # noqa: S308 -- each escaped above
            mark_safe(tail),  # noqa: S308 -- Django's own rendering, cut in two
        )


def _options(options: Iterable[tuple[str, str]], chosen: Any) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (slug, SafeString(" selected") if slug == (chosen or "") else "", name)
            for slug, name in options
        ),
    )


class FilterForm(forms.Form):
    """What the list is narrowed to; a value that does not exist narrows nothing."""

    topic = forms.ChoiceField(label="Topic", required=False, widget=LongSelect)
    site = forms.TypedChoiceField(label="Site", required=False, coerce=int, empty_value=None)
    meets = forms.ChoiceField(
        label="How to meet",
        required=False,
        choices=[
            ("", "Either way"),
            ("in_person", "In person, at my site"),
            ("remote", "By video"),
        ],
    )

    def __init__(
        self, data: Any = None, *, topics: Sequence[Topic], sites: Iterable[tuple[int, str]]
    ) -> None:
        super().__init__(data)
        self._topics = topics
        self.fields["topic"].choices = _by_branch(topics)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["site"].choices = [("", "Any site"), *sites]  # type: ignore[attr-defined]  # a ChoiceField

    def filters(self) -> Filters:
        """Return the filters; whatever was not understood is left open."""
        self.is_valid()
        chosen = self.cleaned_data.get("topic") or ""
        return Filters(
            topics=_with_all_below(chosen, self._topics) if chosen else frozenset(),
            site_id=self.cleaned_data.get("site"),
            meets=self.cleaned_data.get("meets") or "",
        )


def _by_branch(topics: Sequence[Topic]) -> list[Any]:
    """Return a select's options: each root with what lies below it. Private topics are left out."""
    names = {topic.slug: topic for topic in topics}
    branches: dict[str, list[tuple[str, str]]] = {}
    for topic in topics:
        root = topic
        while root.parent:
            root = names[root.parent]
        if not topic.opt_in:
            branches.setdefault(root.name, []).append((topic.slug, topic.name))
    return [("", "Any topic"), *branches.items()]


def _with_all_below(slug: str, topics: Sequence[Topic]) -> frozenset[str]:
    # Parents stand before their children, so one pass finds all below.
    found = {slug}
    for topic in topics:
        if topic.parent in found and not topic.opt_in:
            found.add(topic.slug)
    return frozenset(found)


class InvitationForm(forms.Form):
    """What a mentee writes to a mentor."""

    why_you = forms.CharField(
        label="Why this mentor?",
        max_length=WRITTEN_MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Two or three honest sentences are plenty.",
    )
    what_i_bring = forms.CharField(
        label="What do you bring?",
        max_length=WRITTEN_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    acknowledges = forms.BooleanField(label="I know this, and would like to ask all the same")

    def __init__(
        self, data: Any = None, *, linked: bool, keeping: bool = False, **more: Any
    ) -> None:
        super().__init__(data, **more)
        if not linked:
            del self.fields["acknowledges"]
        if keeping:
            # What is kept for later need not be finished.
            for field in self.fields.values():
                field.required = False


class AnswerForm(forms.Form):
    """A mentor's answer: three buttons, and what goes with a yes or a no."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[(ACCEPT, "Yes"), (Answer.NOT_NOW, "Not now"), (Answer.DECLINE, "No")],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Press one of the three buttons: yes, not now, or no."
        ),
    )
    time_1 = forms.DateTimeField(label="One time", required=False, widget=MomentInput())
    time_2 = forms.DateTimeField(label="Another", required=False, widget=MomentInput())
    time_3 = forms.DateTimeField(label="A third", required=False, widget=MomentInput())
    where = forms.CharField(
        label="Where?", max_length=200, required=False, help_text="A room, a café, or a video link."
    )
    words = forms.CharField(
        label="What I see in you, what I mean to give",
        max_length=WRITTEN_MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A line or two, if you like. Mentees keep these words for years.",
    )
    acknowledges = forms.BooleanField(label="I know this, and say yes all the same", required=False)
    reason = forms.ChoiceField(
        label="A kind reason, if you like",
        required=False,
        help_text="They read the words, and nothing else. None is fine too.",
    )

    def __init__(self, data: Any = None, *, linked: bool, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "No reason"),
            *((one.slug, one.name) for one in prompts().decline_reason),
        ]
        if not linked:
            del self.fields["acknowledges"]

    def clean(self) -> dict[str, Any]:
        """Let nothing but a yes depend on what goes with a yes."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") != ACCEPT:
            for name in ("time_1", "time_2", "time_3", "where", "words"):
                self.errors.pop(name, None)
        return cleaned

    def times(self) -> list[datetime]:
        """Return the times that were offered, in order, each once."""
        given = (self.cleaned_data[f"time_{n}"] for n in (1, 2, 3))
        return sorted({moment for moment in given if moment})

    def declining(self) -> Answer | None:
        """Return how the mentor declines, or None for a yes."""
        answer = self.cleaned_data["answer"]
        return None if answer == ACCEPT else Answer(answer)


# --- Rounds -------------------------------------------------------------------------------


class WishesForm(forms.Form):
    """Mentors in an order, and some who are only marked."""

    ranked = OrderedChoiceField(
        label="In this order",
        required=False,
        choices=[],
        limit=WISHES_MOST,
        help_text="The first is whom you would like most.",
    )
    marked = forms.MultipleChoiceField(
        label="Or only marked, in no order",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They come behind those with an order.",
    )

    def __init__(
        self, data: Any = None, *, mentors: Sequence[Participation], wishes: Sequence[RoundWish]
    ) -> None:
        super().__init__(data)
        choices = [(str(one.uid), one.person.name) for one in mentors]
        for name in ("ranked", "marked"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices
        self.initial = {
            "ranked": [str(wish.mentor.uid) for wish in wishes if wish.rank],
            "marked": [str(wish.mentor.uid) for wish in wishes if not wish.rank],
        }

    def was_moved(self) -> bool:
        """Tell whether a button of the order was pressed, and not the form's own."""
        return cast("OrderedPicker", self.fields["ranked"].widget).was_moved(self.data, "ranked")

    def only_marked(self) -> list[str]:
        """Return whom they marked and gave no place in the order."""
        ranked = set(self.cleaned_data["ranked"])
        return [uid for uid in self.cleaned_data["marked"] if uid not in ranked]


class JoinForm(forms.Form):
    """Whether mentors may read what one looks for."""

    open_to_doors = forms.BooleanField(
        label="Mentors may read what I look for and my stage, without my name",
        required=False,
        help_text="They may then open their door to you. In a small programme some may guess who you are.",
    )


class WordForm(forms.Form):
    """A mentor's word on one mentee."""

    leaning = forms.ChoiceField(
        label="Would you like to work with them?",
        required=False,
        widget=Scale,
        choices=[(one.value, words) for one, words in LEANINGS.items()],
        help_text="Only you can read this. Runs from now on take it into account.",
    )
    opens_door = forms.BooleanField(
        label="I would gladly talk with someone like this", required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        about: str = "",
        word: MentorWord | None = None,
        met: bool = False,
    ) -> None:
        initial = {
            "leaning": word.leaning if word else Leaning.NEUTRAL,
            "opens_door": bool(word and word.opens_door),
        }
        super().__init__(data, auto_id=f"{about}-%s", initial=initial)
        self.fields[
            "opens_door"
        ].help_text = "They read that your door is open, and may write to you."

    def told(self) -> dict[str, Any]:
        """Return what was said; nothing is neutral."""
        return {
            "leaning": Leaning(self.cleaned_data["leaning"] or Leaning.NEUTRAL),
            "opens_door": self.cleaned_data["opens_door"],
        }


class ReactionForm(forms.Form):
    """How a first talk was."""

    score = forms.TypedChoiceField(
        label="How was it?",
        required=False,
        coerce=int,
        empty_value=None,
        widget=Scale,
        choices=SCORES,
        help_text="From 1, not for me, to 5, very much. Leave it out as long as you like.",
    )
    words = forms.CharField(
        label="A word for yourself",
        required=False,
        max_length=WRITTEN_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, talk: FirstTalk) -> None:
        super().__init__(
            data, auto_id=f"{talk.uid}-%s", initial={"score": talk.score, "words": talk.words}
        )

    def told(self) -> dict[str, Any]:
        """Return what was said."""
        return {"score": self.cleaned_data["score"], "words": self.cleaned_data["words"]}
