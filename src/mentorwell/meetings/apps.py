"""Start-up of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.meetings"
    label = "meetings"
