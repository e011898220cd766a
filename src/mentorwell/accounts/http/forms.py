"""The sign-in forms, with the question whether others use this computer too."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context as allauth_context
from django import forms
from django.utils.translation import gettext_lazy as _

from mentorwell.accounts.http import SHARED_COMPUTER


class SharedComputerMixin(forms.Form):
    """Asks once, at sign-in; the answer is read where the session begins."""

    shared = forms.BooleanField(
        label=_("Others use this computer too"),
        help_text=_("We then sign you out after ten quiet minutes."),
        required=False,
    )


class LoginForm(SharedComputerMixin, allauth_forms.LoginForm):  # type: ignore[misc]  # no types
    """Sign in with a password."""

    field_order = ("login", "password", "shared")


class AskForCode(allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]  # no types
    """Ask for a code, from a form that has asked whose computer this is."""

    def clean(self) -> Any:
        """Remember what was ticked until the code is there."""
        allauth_context.request.session[SHARED_COMPUTER] = bool(self.data.get("shared"))
        return super().clean()


class ConfirmLoginCodeForm(SharedComputerMixin, allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]  # no types
    """Sign in with the code from the mail."""

    field_order = ("code", "shared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared"].initial = allauth_context.request.session.get(SHARED_COMPUTER)
