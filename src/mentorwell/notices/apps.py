"""Start-up of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.notices"
    label = "notices"
