"""Sign-in as people meet it: one page, a password or a mailed code."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from mentorwell.accounts.http.forms import AskForCode, ConfirmLoginCodeForm, LoginForm


LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "password1": _("The new password"),
    "password2": _("The new password again"),
    "code": _("The code from the mail"),
}
# Plain words and words translated when shown.
HELP: dict[str, Any] = {
    "password": "",  # the page has a place of its own for a forgotten password
    "oldpassword": "",
    "password1": _("At least ten characters, and none that everybody uses."),
}


class PlainWords(forms.Form):
    """Labels in our words, above their fields; none inside, where they vanish while one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].widget.attrs["autocomplete"] = "username"
        if "code" in self.fields:
            # Large, and offered by the phone that got the mail.
            self.fields["code"].widget.attrs.update(
                {"class": "input code", "autocapitalize": "characters", "spellcheck": "false"}
            )


class SignInForm(PlainWords, LoginForm):
    """E-mail, password, and whose computer this is."""


class AskForCodeForm(PlainWords, AskForCode):
    """The address to mail a code to; reads the sign-in form's own field: one page serves both."""

    def add_prefix(self, field_name: str) -> str:
        """Name the field as the sign-in form does."""
        return "login" if field_name == "email" else field_name


class EnterCodeForm(PlainWords, ConfirmLoginCodeForm):
    """The mailed code, and whose computer this is."""


class ProveAddressForm(PlainWords, allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # no types
    """The code that proves an address."""


class LostPasswordForm(PlainWords, allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # no types
    """The address of the account whose password is lost."""


class NewPasswordForm(PlainWords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # no types
    """A new password, from the mailed link."""


class ChangePasswordForm(PlainWords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # no types
    """The password now, and the new one."""


class FirstPasswordForm(PlainWords, allauth_forms.SetPasswordForm):  # type: ignore[misc]  # no types
    """A password for an account that has none."""


class AddAddressForm(PlainWords, allauth_forms.AddEmailForm):  # type: ignore[misc]  # no types
    """One more address."""


class IsItYouForm(PlainWords, allauth_forms.ReauthenticateForm):  # type: ignore[misc]  # no types
    """The password once more, before a change that matters."""
