"""Start-up of learning."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Questions and guides for a good conversation."""

    name = "mentorwell.learning"
    label = "learning"
