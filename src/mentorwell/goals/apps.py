"""Start-up of goals."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """What somebody wants to grow into, their plan, and who helps them."""

    name = "mentorwell.goals"
    label = "goals"
