"""Start-up of ops."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.ops"
    label = "ops"
