"""What the office types of who evaluates whom."""

from typing import Any, cast

from django import forms

from mentorwell.accounts.models import User
from mentorwell.accounts.queries import person_by_email
from mentorwell.foundation.forms import ChoiceCards, DayInput, Described
from mentorwell.people.enums import LinkKind
from mentorwell.programmes.models import Programme
from mentorwell.programmes.roles import Role
from mentorwell.web.office.forms.people import UnitField
from mentorwell.web.office.words import LINK_KINDS, RELATIONS, ROLE_HOLDERS, pairs


KIND_HINTS = {
    LinkKind.NEVER: "The two can never be mentor and mentee here, on any path.",
    LinkKind.DISCLOSE: "They can, once both have seen it and said that it is fine.",
}
NO_ACCOUNT = "Nobody has an account with this address yet."
ONE_OF_THEM = "Please fill in one of these three, and one alone."


class LinkForm(forms.Form):
    """One link: on either side stands a person, a unit, or all of the programme."""

    kind = forms.ChoiceField(
        label="What does it mean for the two?",
        widget=ChoiceCards,
        choices=[
            (kind.value, Described(LINK_KINDS[kind], hint=KIND_HINTS[kind])) for kind in LinkKind
        ],
    )
    relation = forms.ChoiceField(label="How do they evaluate?", choices=pairs(RELATIONS))
    evaluator_email = forms.EmailField(label="A person, by e-mail", required=False)
    evaluator_unit = UnitField(label="Everyone of a unit", required=False)
    evaluator_role = forms.ChoiceField(
        label="Who holds a part in the office",
        required=False,
        choices=[("", "Not this"), *pairs(ROLE_HOLDERS)],
    )
    evaluated_email = forms.EmailField(label="A person, by e-mail", required=False)
    evaluated_unit = UnitField(label="Everyone of a unit", required=False)
    evaluated_all = forms.BooleanField(label="Everyone in this programme", required=False)
    start_date = forms.DateField(label="From", widget=DayInput())
    end_date = forms.DateField(
        label="Until", required=False, widget=DayInput(), help_text="Empty: until you end it."
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        for name in ("evaluator_unit", "evaluated_unit"):
            field = cast("UnitField", self.fields[name])
            field.offer(programme.organisation)
            field.empty_label = "Not this"

    def clean_evaluator_email(self) -> User | None:
        """Return the account of this address; refuse one that has none."""
        return self._account("evaluator_email")

    def clean_evaluated_email(self) -> User | None:
        """Return the account of this address; refuse one that has none."""
        return self._account("evaluated_email")

    def _account(self, name: str) -> User | None:
        address = self.cleaned_data[name]
        person = person_by_email(address) if address else None
        if address and person is None:
            raise forms.ValidationError(NO_ACCOUNT)
        return person

    def clean(self) -> dict[str, Any]:
        """Put each side together: exactly one of its three answers."""
        told = self.cleaned_data
        role, everyone = told.get("evaluator_role"), told.get("evaluated_all")
        self._side("evaluator", Role(role) if role else None)
        self._side("evaluated", self.programme if everyone else None)
        return told

    def _side(self, side: str, third: Role | Programme | None) -> None:
        told = self.cleaned_data
        if f"{side}_email" in self.errors or f"{side}_unit" in self.errors:
            return
        answers = [told.get(f"{side}_email"), told.get(f"{side}_unit"), third]
        given = [answer for answer in answers if answer is not None]
        if len(given) == 1:
            told[side] = given[0]
        else:
            self.add_error(f"{side}_email", ONE_OF_THEM)


class EndForm(forms.Form):
    """The last day of a link."""

    end_date = forms.DateField(label="Its last day", widget=DayInput())


class ExceptionForm(forms.Form):
    """The pair for whom a link shall be lifted."""

    mentee_email = forms.EmailField(label="The mentee's e-mail")
    mentor_email = forms.EmailField(label="The mentor's e-mail")
