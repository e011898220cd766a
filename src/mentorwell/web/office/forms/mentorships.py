"""Which mentorships the office lists."""

from django import forms

from mentorwell.web.office.words import MENTORSHIP_STATES, pairs


class StateForm(forms.Form):
    """Mentorships in one state, or in all."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All states"), *pairs(MENTORSHIP_STATES)]
    )

    def chosen(self) -> str:
        """Return the state asked for; an answer that is none counts as all."""
        return str(self.cleaned_data.get("state", "")) if self.is_valid() else ""
