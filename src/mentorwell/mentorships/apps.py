"""Start-up of mentorships."""

from django.apps import AppConfig


class MentorshipsConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.mentorships"
    label = "mentorships"
