"""Start-up of accounts."""

from datetime import timedelta

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

from mentorwell.foundation.external import register_external_models


SIGN_IN_PATIENCE_SECONDS = 9  # just under what allauth lets one holder keep its lock


class AccountsConfig(AppConfig):
    """Sign-in, tokens."""

    name = "mentorwell.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        """Enter the stored fields of other packages in the privacy register; tidy old links."""
        from allauth.core.internal import ratelimit  # noqa: PLC0415 -- needs loaded apps

        from mentorwell.foundation import clockwork  # noqa: PLC0415 -- needs loaded apps

        # A whole hospital signs in from one address and so through one lock. Who cannot have it
        # within this time is turned away as if they had tried too often; one second is too short
        # on a machine that is bringing a roster in.
        ratelimit.CACHE_LOCK_WAIT_TIMEOUT = SIGN_IN_PATIENCE_SECONDS
        register_external_models()
        clockwork.register("mentorwell.accounts.services.forget_links", every=timedelta(days=1))
        clockwork.register("mentorwell.accounts.services.forget_sessions", every=timedelta(days=1))


class AdminSite(admin_apps.AdminConfig):
    """Django admin for IT: accounts and reference data only."""

    default = False
    default_site = "mentorwell.foundation.admin.ITAdminSite"
