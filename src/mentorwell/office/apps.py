"""Start-up of office."""

from datetime import timedelta

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.office"
    label = "office"

    def ready(self) -> None:
        """Register the duty that forgets rosters nobody brought in."""
        from mentorwell.foundation import clockwork  # noqa: PLC0415 -- needs loaded apps

        clockwork.register("mentorwell.office.services.forget_rosters", every=timedelta(days=1))
