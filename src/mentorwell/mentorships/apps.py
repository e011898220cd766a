"""Start-up of mentorships."""

from datetime import timedelta

from django.apps import AppConfig


class MentorshipsConfig(AppConfig):
    """The relationship: its members and their places, agreement, pause, ending."""

    name = "mentorwell.mentorships"
    label = "mentorships"

    def ready(self) -> None:
        """Register mails, listeners and duties."""
        from mentorwell.foundation import clockwork, hooks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.mentorships import queries, tasks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.mentorships.emails import register_mails  # noqa: PLC0415 -- as above

        register_mails()
        hooks.evaluation_linked.listen(tasks.on_evaluation_linked)
        hooks.participation_leaving.listen(tasks.on_participation_leaving)
        hooks.participation_halted.listen(tasks.on_participation_halted)
        hooks.places_closing.listen(queries.name_held_places)
        for duty, every in (
            ("finish_endings", timedelta(minutes=5)),
            ("resume_due", timedelta(hours=6)),
            ("ask_about_silence", timedelta(hours=12)),
            ("close_silent", timedelta(hours=12)),
            ("remind_agreements", timedelta(hours=12)),
            ("pause_unanswered_links", timedelta(hours=6)),
        ):
            clockwork.register(f"mentorwell.mentorships.services.{duty}", every=every)
