"""Start-up of matching."""

from datetime import timedelta

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """What matters, the search, invitations and their clock."""

    name = "mentorwell.matching"
    label = "matching"

    def ready(self) -> None:
        """Register mails and duties, and listen to what frees or bars."""
        from mentorwell.foundation import clockwork, hooks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.matching import tasks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.matching.emails import register_mails  # noqa: PLC0415 -- needs loaded apps

        register_mails()
        for duty, minutes in (
            ("remind_invitations", 15),
            ("expire_invitations", 15),
            ("tell_wishers", 5),
            ("note_searches_opened", 5),
            ("release_stranded", 60),
            ("release_barred", 60),
            ("pass_help_on", 60),
            ("tend_rounds", 60),
        ):
            clockwork.register(
                f"mentorwell.matching.services.{duty}", every=timedelta(minutes=minutes)
            )
        hooks.participation_leaving.listen(tasks.on_participation_leaving)
        hooks.participation_halted.listen(tasks.on_participation_halted)
        hooks.days_moved.listen(tasks.on_days_moved)
        hooks.places_freed.listen(tasks.on_places_freed)
        hooks.places_closed.listen(tasks.on_places_closed)
        hooks.evaluation_linked.listen(tasks.on_evaluation_linked)
