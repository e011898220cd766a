"""What the office types of the people of a programme."""

from typing import Any, cast

from django import forms

from mentorwell.foundation.forms import ChoiceCards, DayInput, Described
from mentorwell.office.queries.participants import Filters
from mentorwell.people.content import stage_choices
from mentorwell.people.enums import Part
from mentorwell.people.queries import topic_groups, topic_tree
from mentorwell.people.rules.participations import PLACES_MOST
from mentorwell.programmes.models import Organisation, Programme, Site, Unit
from mentorwell.web.office.words import PARTS, STANDINGS, pairs


PART_HINTS = {
    Part.MENTEE: "Chooses a mentor and invites them",
    Part.MENTOR: "Gives experience, and time",
    Part.COACH: "Builds expertise in somebody who is well",
    Part.ADVISOR: "Knows the rules and the ways through",
    Part.BUDDY: "A friendly face for the first weeks",
}


class UnitField(forms.ModelChoiceField[Unit]):
    """One unit of an organisation, named with its site; `offer` says of which."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects.none(), empty_label="Not known", **kwargs)

    def offer(self, organisation: Organisation) -> None:
        """Let only units of this organisation be chosen."""
        units = Unit.objects.filter(site__organisation=organisation).select_related("site")
        self.queryset = units.order_by("site__name", "name")

    def label_from_instance(self, obj: Unit) -> str:
        """Return "Riverside Main · Cardiology"."""
        return f"{obj.site.name} · {obj.name}"


class FilterForm(forms.Form):
    """Whom to list; every answer may stay open."""

    q = forms.CharField(label="Name or e-mail", required=False, max_length=120)
    part = forms.ChoiceField(
        label="Part", required=False, choices=[("", "All parts"), *pairs(PARTS)]
    )
    standing = forms.ChoiceField(
        label="State", required=False, choices=[("", "All states"), *pairs(STANDINGS)]
    )
    cohort = forms.ChoiceField(label="Cohort", required=False)

    def __init__(self, *args: Any, cohorts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(name, name) for name in cohorts]
        cast("forms.ChoiceField", self.fields["cohort"]).choices = [("", "All cohorts"), *named]

    def filters(self) -> Filters:
        """Return what is asked for; an answer that is none counts as left open."""
        self.is_valid()
        told = self.cleaned_data
        return Filters(
            words=told.get("q", ""),
            part=told.get("part", ""),
            cohort=told.get("cohort", ""),
            standing=told.get("standing", ""),
        )


class PersonForm(forms.Form):
    """Somebody to bring in by hand."""

    name = forms.CharField(max_length=120, label="Name", help_text="As people call them here.")
    email = forms.EmailField(max_length=254, label="E-mail")
    part = forms.ChoiceField(
        label="Their part",
        widget=ChoiceCards,
        choices=[(part.value, Described(PARTS[part], hint=PART_HINTS[part])) for part in Part],
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label="Site", required=False, empty_label="Not known"
    )
    unit = UnitField(label="Unit", required=False)
    stage = forms.ChoiceField(
        label="Stage",
        required=False,
    )
    cohort = forms.CharField(max_length=60, label="Cohort", required=False)
    start_date = forms.DateField(label="Starts on", required=False, widget=DayInput())

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = programme.organisation
        stage = cast("forms.ChoiceField", self.fields["stage"])
        stage.choices = stage_choices("Not known", first=[programme.policy.stage_list])
        sites = cast("forms.ModelChoiceField[Site]", self.fields["site"])
        sites.queryset = organisation.sites.all()
        cast("UnitField", self.fields["unit"]).offer(organisation)


class MentorForm(forms.Form):
    """What somebody said on the phone: yes, one topic, so many places."""

    name = forms.CharField(max_length=120, label="Name")
    email = forms.EmailField(max_length=254, label="E-mail")
    topic = forms.ChoiceField(
        label="One topic they like to talk about", help_text="They can add others later."
    )
    places = forms.IntegerField(
        label="How many people can they take on?", min_value=1, max_value=PLACES_MOST
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = topic_groups(topic_tree(organisation.pk))
        cast("forms.ChoiceField", self.fields["topic"]).choices = [
            ("", "Please choose"),
            *((g.root.name, [(one.slug, one.name) for one in g.topics]) for g in groups),
        ]


class PlacesForm(forms.Form):
    """How many places a mentor has."""

    places = forms.IntegerField(
        label="Places",
        min_value=0,
        max_value=PLACES_MOST,
        help_text="How many people they take on at a time. None is fine too.",
    )


class BelongsForm(forms.Form):
    """Which unit somebody belongs to."""

    unit = UnitField(label="Unit", required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("UnitField", self.fields["unit"]).offer(organisation)
