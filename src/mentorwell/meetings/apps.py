"""Start-up of meetings."""

from datetime import timedelta

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Conversations with a date."""

    name = "mentorwell.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register mails, listeners and duties."""
        from mentorwell.foundation import clockwork, hooks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.meetings import tasks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.meetings.emails import register_mails  # noqa: PLC0415 -- needs loaded apps

        register_mails()
        hooks.mentorship_closed.listen(tasks.on_mentorship_closed)
        hooks.mentorship_paused.listen(tasks.on_mentorship_paused)
        for duty in ("remind_of_meetings", "ask_for_agendas", "ask_whether_held"):
            clockwork.register(f"mentorwell.meetings.services.{duty}", every=timedelta(minutes=15))
