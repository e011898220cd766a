"""Sign-in as people meet it: one page, a password or a mailed code."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from mentorwell.accounts.http.forms import ConfirmLoginCodeForm, LoginForm


class SignInForm(LoginForm):
    """E-mail, password, and whose computer this is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs = {"type": "email", "autocomplete": "username"}
        self.fields["password"].help_text = ""  # the page says it in its own place
        del self.fields["password"].widget.attrs["placeholder"]


class AskForCodeForm(allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]  # no types
    """The address to mail a code to; reads the sign-in form's own field, so that one page serves both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "username"}

    def add_prefix(self, field_name: str) -> str:
        """Name the field as the sign-in form does."""
        return "login" if field_name == "email" else field_name


class EnterCodeForm(ConfirmLoginCodeForm):
    """The mailed code, and whose computer this is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code_field(self.fields["code"])


class VerifyAddressForm(allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # as above
    """The code that proves an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code_field(self.fields["code"])


class ResetPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # as above
    """The address of the account whose password is lost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "username"}


def name_code_field(field: forms.Field) -> None:
    """Make a code easy to type: large, and offered by the phone that got the mail."""
    field.label = _("The code from the mail")
    field.widget.attrs = {
        "autocomplete": "one-time-code",
        "autocapitalize": "characters",
        "spellcheck": "false",
        "class": "input code",
    }
