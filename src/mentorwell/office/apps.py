"""Start-up of office."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.office"
    label = "office"
