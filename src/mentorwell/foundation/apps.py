"""Start-up of the foundation."""

from datetime import timedelta

from django.apps import AppConfig
from django.core import checks


class FoundationConfig(AppConfig):
    """Static files, components, checks, jobs and the clockwork."""

    name = "mentorwell.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Register the house's checks and its own duties, and give forms their words."""
        from mentorwell.foundation import clockwork  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.foundation.checks import check_register  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.foundation.forms import speak_plainly  # noqa: PLC0415 -- as above

        checks.register(check_register, checks.Tags.models)
        clockwork.register(
            "mentorwell.foundation.services.jobs.revive_stale_jobs", every=timedelta(minutes=5)
        )
        clockwork.register(
            "mentorwell.foundation.services.jobs.forget_finished_jobs", every=timedelta(days=1)
        )
        speak_plainly()
