"""Start-up of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See `docs/reference/layers.md` for what lives here."""

    name = "mentorwell.people"
    label = "people"
