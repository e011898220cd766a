"""The sign-in forms, with the question whether others use this computer too."""

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _


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


class ConfirmLoginCodeForm(SharedComputerMixin, allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]  # no types
    """Sign in with the code from the mail."""

    field_order = ("code", "shared")
