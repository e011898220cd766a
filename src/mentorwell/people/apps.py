"""Start-up of people."""

from datetime import timedelta

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Profiles, participations, places, evaluation links."""

    name = "mentorwell.people"
    label = "people"

    def ready(self) -> None:
        """Register the app's mails, its duties and what it listens to."""
        from mentorwell.foundation import clockwork, hooks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.people import tasks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.people.emails import register_mails  # noqa: PLC0415 -- needs loaded apps

        register_mails()
        hooks.office_role_given.listen(tasks.on_office_role_given)
        clockwork.register("mentorwell.people.services.resume_due", every=timedelta(hours=6))
        clockwork.register(
            "mentorwell.people.services.announce_links_due", every=timedelta(hours=6)
        )
