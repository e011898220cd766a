"""Start-up of programmes."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.programmes"
    label = "programmes"
