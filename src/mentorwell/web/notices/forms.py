"""When we write."""

from typing import Any

from django import forms

from mentorwell.foundation.forms import ChoiceCards, Described, TimeOfDayInput
from mentorwell.notices.models import MailChoice


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class MailForm(forms.Form):
    """Digest and quiet hours, in the words of the page."""

    digest = forms.TypedChoiceField(
        label="Small things",
        choices=[
            ("yes", Described("One mail a week", hint="and none if there is nothing")),
            ("no", Described("No mail", hint="they wait here until you look")),
        ],
        widget=ChoiceCards,
        coerce=lambda answer: answer == "yes",
    )
    digest_weekday = forms.TypedChoiceField(
        label="On",
        help_text="At seven in the morning where you live.",
        choices=list(enumerate(DAYS)),
        coerce=int,
    )
    messages_at_once = forms.TypedChoiceField(
        label="When somebody writes to you in a mentorship",
        choices=[
            (
                "yes",
                Described("Tell me the same day", hint="outside my quiet hours, once until I look"),
            ),
            ("no", Described("With the small things", hint="they wait in the room meanwhile")),
        ],
        widget=ChoiceCards,
        coerce=lambda answer: answer == "yes",
    )
    quiet_from = forms.TimeField(label="Quiet from", widget=TimeOfDayInput)
    quiet_until = forms.TimeField(label="Quiet until", widget=TimeOfDayInput)

    @staticmethod
    def initial_of(choice: MailChoice) -> dict[str, Any]:
        """Return a stored choice as the form shows it."""
        return {
            "digest": "yes" if choice.digest else "no",
            "digest_weekday": choice.digest_weekday,
            "messages_at_once": "yes" if choice.messages_at_once else "no",
            "quiet_from": choice.quiet_from,
            "quiet_until": choice.quiet_until,
        }
