"""What a director types of a programme, its house and its office."""

import re
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import CheckConstraint

from mentorwell.foundation.forms import ChoiceCards, DayInput, Described
from mentorwell.programmes.content import support_resources, templates
from mentorwell.programmes.enums import Kind, SupportKind, WhoMayInvite
from mentorwell.programmes.models import (
    USUAL_LIMITS,
    Organisation,
    Policy,
    Programme,
    Site,
    SupportResource,
)
from mentorwell.programmes.roles import ROLES, Role
from mentorwell.web.mentorships.words import RHYTHMS
from mentorwell.web.office.words import pairs


ZONES = [
    ("UTC", "UTC"),
    *((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone),
]

DAYS = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)

KINDS = {
    Kind.MENTOR: "Mentor",
    Kind.ADVISOR: "Advisor",
    Kind.COACH: "Coach",
    Kind.BUDDY: "Buddy",
}
WHO_MAY_INVITE = {
    WhoMayInvite.ANYONE: "Anyone may invite any mentor",
    WhoMayInvite.SAME_OR_LATER: "A mentor of the same stage or further along",
    WhoMayInvite.LATER: "Only a mentor further along",
}
SUPPORT_KINDS = {
    SupportKind.EMERGENCY: "Emergency",
    SupportKind.CRISIS: "Crisis line",
    SupportKind.COUNSELLING: "Counselling",
    SupportKind.DOCTOR_HEALTH: "Health service for doctors",
    SupportKind.PEER: "Peer support",
    SupportKind.REPORTING: "Reporting what happened to you",
    SupportKind.SAFETY: "Patient safety",
    SupportKind.OTHER: "Something else",
}


class ProgrammeForm(forms.Form):
    """A new programme from a template."""

    name = forms.CharField(max_length=160, label="What is it called?")
    template = forms.ChoiceField(
        label="What is it most like?",
        help_text="Every figure can be changed afterwards.",
        widget=ChoiceCards,
        choices=lambda: [
            (template.slug, Described(template.name, hint=template.description))
            for template in templates()
        ],
    )


QUESTIONS_MOST = 5
QUESTION_LENGTH = 150


class DatesForm(forms.ModelForm[Programme]):
    """What a programme is called and when it starts."""

    class Meta:
        model = Programme
        fields = ["name", "description", "start_date", "search_opens_date"]
        labels = {
            "description": "In a sentence or two",
            "start_date": "It starts on",
            "search_opens_date": "Mentees may search from",
        }
        help_texts = {
            "search_opens_date": "Leave this empty and the search opens by itself once enough "
            "mentors are ready."
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "start_date": DayInput(),
            "search_opens_date": DayInput(),
        }


class PolicyForm(forms.ModelForm[Policy]):
    """The figures of a programme."""

    kinds = forms.MultipleChoiceField(
        choices=pairs(KINDS),
        widget=forms.CheckboxSelectMultiple,
        label="What a mentor is here",
    )
    review_days = forms.CharField(
        label="Look again after (days)",
        help_text="When a pair is asked to look at its agreement again: days with commas between.",
    )

    agreement_questions = forms.CharField(
        label="Questions of your own for the agreement",
        help_text="One a line, up to five. Each pair answers them in its agreement; you never "
        "see the answers.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Policy
        fields = [
            "kinds",
            "who_may_invite",
            "places_default",
            "places_most",
            "mentors_each",
            "rhythm",
            "meeting_minutes",
            "reminder_days",
            "expiry_days",
            "open_invitations_most",
            "open_invitations_per_place",
            "search_opens_at_ready",
            "agreement_due_days",
            "review_days",
            "agreement_questions",
            "silent_days",
            "closing_days",
            "activity_threshold",
            "wellbeing_threshold",
            "weight_interest",
            "weight_proximity",
            "weight_values",
            "weight_style",
        ]
        labels = {
            "who_may_invite": "Whom may a mentee invite?",
            "places_default": "Places of a new mentor",
            "places_most": "Most places a mentor may open alone",
            "mentors_each": "Mentors a mentee may have at once",
            "rhythm": "How often a pair means to meet",
            "meeting_minutes": "Minutes of a meeting",
            "reminder_days": "Remind a mentor of an invitation after (days)",
            "expiry_days": "An invitation ends unanswered after (days)",
            "open_invitations_most": "Open invitations a mentee may have",
            "open_invitations_per_place": "Unanswered invitations for each free place",
            "search_opens_at_ready": "The search opens at this many ready mentors",
            "agreement_due_days": "Remind a pair of its agreement after (days)",
            "silent_days": "Ask a pair that has not met after (days)",
            "closing_days": "Close a pair that stays silent after (days more)",
            "activity_threshold": "Show counts from this many people",
            "wellbeing_threshold": "Show well-being figures from this many people",
            "weight_interest": "Shared interests",
            "weight_proximity": "Near, or free at the same times",
            "weight_values": "Similar values",
            "weight_style": "Similar working style",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who_may_invite"].widget.choices = pairs(WHO_MAY_INVITE)
        self.fields["rhythm"].widget.choices = pairs(RHYTHMS)
        self.initial["agreement_questions"] = "\n".join(self.instance.agreement_questions)
        self.initial["review_days"] = ", ".join(map(str, self.instance.review_days))
        for name, (least, most) in _ranges().items():
            field = self.fields[name]
            field.validators += [MinValueValidator(least), MaxValueValidator(most)]
            field.widget.attrs.update(min=least, max=most)

    def clean(self) -> dict[str, Any]:
        """Refuse a reminder that would come after the end."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reminder, expiry = cleaned.get("reminder_days"), cleaned.get("expiry_days")
        if reminder and expiry and reminder >= expiry:
            self.add_error("reminder_days", "Remind a mentor before the invitation ends.")
        return cleaned

    def clean_review_days(self) -> list[int]:
        """Return the days in order; refuse what is no whole number of days."""
        words = [word.strip() for word in self.cleaned_data["review_days"].split(",")]
        if not all(DAYS.fullmatch(word) for word in words):
            raise forms.ValidationError("Write whole numbers of days, such as 90, 180, 365.")
        return sorted({int(word) for word in words})

    def clean_agreement_questions(self) -> list[str]:
        """Return the questions, each once; refuse more than five, or a long one."""
        lines = [line.strip() for line in self.cleaned_data["agreement_questions"].splitlines()]
        questions = list(dict.fromkeys(filter(None, lines)))
        if len(questions) > QUESTIONS_MOST or any(len(q) > QUESTION_LENGTH for q in questions):
            raise forms.ValidationError(
                f"Up to {QUESTIONS_MOST} questions, each of up to {QUESTION_LENGTH} letters."
            )
        return questions


class OrganisationForm(forms.ModelForm[Organisation]):
    """The organisation and its neutral person."""

    region = forms.ChoiceField(
        label="Region",
        help_text="It decides which crisis numbers the help page shows. With another region come "
        "its numbers, for you to make sure of.",
        choices=lambda: [(each.slug, each.name) for each in support_resources().region],
    )
    time_zone = forms.ChoiceField(choices=ZONES, label="Time zone")

    class Meta:
        model = Organisation
        fields = [
            "name",
            "region",
            "time_zone",
            "neutral_name",
            "neutral_role",
            "neutral_email",
            "neutral_phone",
            "confidentiality_notice",
        ]
        labels = {
            "neutral_name": "Neutral person",
            "neutral_role": "Their part in the house",
            "neutral_email": "Their e-mail",
            "neutral_phone": "Their telephone",
            "confidentiality_notice": "Where confidentiality ends here",
        }
        help_texts = {
            "neutral_name": "Somebody outside the programme whom either side may ask.",
            "confidentiality_notice": "One or two plain sentences, shown wherever people write: what "
            f"a mentor here may have to pass on. Without yours it says: “{USUAL_LIMITS}”",
        }
        widgets = {"confidentiality_notice": forms.Textarea(attrs={"rows": 3})}


class SupportForm(forms.ModelForm[SupportResource]):
    """One place to turn to."""

    kind = forms.ChoiceField(label="What is it?", choices=pairs(SUPPORT_KINDS))
    link = forms.URLField(label="Address on the web", required=False, assume_scheme="https")

    class Meta:
        model = SupportResource
        fields = ["kind", "name", "how_to_reach", "link", "note"]
        labels = {
            "how_to_reach": "How to reach it",
            "note": "For whom, and when",
        }


class SiteForm(forms.ModelForm[Site]):
    """One site."""

    time_zone = forms.ChoiceField(choices=ZONES, label="Time zone")

    class Meta:
        model = Site
        fields = ["name", "time_zone", "latitude", "longitude"]
        help_texts = {
            "latitude": "Degrees north, such as 41.88. With both, nearness can be judged.",
            "longitude": "Degrees east, such as -87.63.",
        }


class UnitForm(forms.Form):
    """One unit of a site."""

    unit = forms.CharField(max_length=160, label="Unit")


class RoleForm(forms.Form):
    """Somebody's part in the office."""

    email = forms.EmailField(label="Their e-mail")
    role = forms.ChoiceField(
        label="Their part",
        choices=[
            (role.value, Described(ROLES[role].name, hint=ROLES[role].sentence)) for role in Role
        ],
        widget=ChoiceCards,
    )


def _ranges() -> dict[str, tuple[int, int]]:
    """Return the least and the most of every figure that the database keeps in a range."""
    found = {}
    for constraint in Policy._meta.constraints:
        if isinstance(constraint, CheckConstraint) and constraint.name.endswith("_in_range"):
            condition: Any = constraint.condition
            (least_of, least), (_, most) = condition.children
            found[least_of.removesuffix("__gte")] = (least, most)
    return found
