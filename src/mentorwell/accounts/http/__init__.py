"""Requests that say what a view may rely on, and how sign-in behaves here."""

import logging
from smtplib import SMTPException
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_htmx.middleware import HtmxDetails

from mentorwell.accounts.models import User
from mentorwell.foundation import clock
from mentorwell.foundation.errors import where


logger = logging.getLogger(__name__)

SHARED_COMPUTER = "shared_computer"
LAST_SEEN = "last_seen"


class SignedInRequest(HttpRequest):
    """A request behind `login_required`; `htmx` is truthy where a fragment is asked for."""

    user: User
    htmx: HtmxDetails


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Accounts come from the programme office: nobody signs up by themselves."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _lazy(
            "That was often in a short time. Please wait a few minutes."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse self sign-up; the office invites people."""
        del request
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Remember whether the person sits at a shared computer; see `http.idle`."""
        request.session[SHARED_COMPUTER] = bool(request.POST.get("shared"))
        request.session[LAST_SEEN] = clock.now().timestamp()
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the mailed address under the one that people use, whatever host was asked."""
        asked: str = super().get_reset_password_from_key_url(key)
        return urljoin(settings.SITE_URL, urlsplit(asked).path)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a sign-in mail at once; say so kindly where the mail server is away.

        These mails carry a code, which the outbox must not hold, and their reader is waiting.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            logger.error("A sign-in mail could not be sent: %s", where(error))  # noqa: TRY400 -- see `where`
            messages.error(
                allauth_context.request,
                _("We cannot send mail at this moment. Please try again in a few minutes."),
            )
            raise ImmediateHttpResponse(redirect("account_login")) from None
