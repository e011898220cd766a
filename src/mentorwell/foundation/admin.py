"""The site on which IT works: Django admin with a whitelist."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.decorators import method_decorator


class ITAdminSite(admin.AdminSite):
    """Django admin under the product's own name, with a whitelist.

    Other packages register their models by themselves (sign-in addresses, job rows, groups);
    they are left out: the site shows what this house chose and nothing else.
    """

    site_header = "Mentorwell accounts"
    site_title = "Mentorwell accounts"
    index_title = "Accounts and reference data"

    # The house's own sign-in, with its rate limits, stands before this door too.
    login = method_decorator(secure_admin_login)(admin.AdminSite.login)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register a model only with an admin class of this house."""
        if admin_class is not None and admin_class.__module__.startswith("mentorwell."):
            super().register(model_or_iterable, admin_class, **options)
