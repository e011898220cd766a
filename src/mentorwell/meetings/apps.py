"""Start-up of meetings."""

from datetime import timedelta

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Conversations with a date."""

    name = "mentorwell.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register mails, listeners and the duty that reminds."""
        from mentorwell.foundation import clockwork, hooks  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.meetings.emails import register_mails  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.meetings.services import call_off_all  # noqa: PLC0415 -- needs loaded apps

        register_mails()
        hooks.mentorship_closed.listen(call_off_all)
        hooks.mentorship_paused.listen(call_off_all)
        clockwork.register(
            "mentorwell.meetings.services.remind_of_meetings", every=timedelta(minutes=15)
        )
