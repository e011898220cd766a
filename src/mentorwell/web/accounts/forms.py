"""Sign-in as people meet it: one page, a password or a mailed code."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _


def remember_field() -> forms.BooleanField:
    """Return the question whether this computer is one's own."""
    return forms.BooleanField(
        label=_("Keep me signed in here for two weeks"),
        help_text=_(
            "Only on a device of your own. Elsewhere you are signed out after ten quiet minutes."
        ),
        required=False,
    )


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth carries no types
    """E-mail, password, and whose computer this is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs = {"type": "email", "autocomplete": "username"}
        self.fields["password"].help_text = ""  # the page says it in its own place
        del self.fields["password"].widget.attrs["placeholder"]
        self.fields["remember"] = remember_field()


class AskForCodeForm(allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]  # as above
    """The address to mail a code to; reads the sign-in form's own field, so that one page serves both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs = {"type": "email", "autocomplete": "username"}

    def add_prefix(self, field_name: str) -> str:
        """Name the field as the sign-in form does."""
        return "login" if field_name == "email" else field_name


class EnterCodeForm(allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]  # as above
    """The mailed code, and whose computer this is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code_field(self.fields["code"])
        self.fields["remember"] = remember_field()


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
