"""Requests that say what a view may rely on, and how sign-in behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from mentorwell.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Accounts come from the programme office: nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse self sign-up; the office invites people."""
        del request
        return False
