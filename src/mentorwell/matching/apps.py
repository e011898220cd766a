"""Start-up of matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.matching"
    label = "matching"
