"""Start-up of accounts."""

from datetime import timedelta

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

from mentorwell.foundation.external import register_external_models


class AccountsConfig(AppConfig):
    """Sign-in, tokens."""

    name = "mentorwell.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        """Enter the stored fields of other packages in the privacy register; tidy old links."""
        from mentorwell.foundation import clockwork  # noqa: PLC0415 -- needs loaded apps

        register_external_models()
        clockwork.register("mentorwell.accounts.services.forget_links", every=timedelta(days=1))


class AdminSite(admin_apps.AdminConfig):
    """Django admin for IT: accounts and reference data only."""

    default = False
    default_site = "mentorwell.foundation.admin.ITAdminSite"
