"""Start-up of the foundation."""

from django.apps import AppConfig
from django.core import checks


class FoundationConfig(AppConfig):
    """Static files, components and checks; no models of its own."""

    name = "mentorwell.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Register the house's checks."""
        from mentorwell.foundation.checks import check_register  # noqa: PLC0415 -- needs loaded apps

        checks.register(check_register, checks.Tags.models)
