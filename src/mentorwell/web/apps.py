"""Start-up of web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.web"
    label = "web"
