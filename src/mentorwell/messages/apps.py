"""Start-up of messages and notes."""

from datetime import timedelta

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """What members write to each other, and what each keeps to themselves."""

    name = "mentorwell.messages"
    label = "pair_messages"  # "messages" is the label of django.contrib.messages

    def ready(self) -> None:
        """Register the mail and the duty that forgets deleted notes."""
        from mentorwell.foundation import clockwork  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.messages.emails import register_mails  # noqa: PLC0415 -- needs loaded apps

        register_mails()
        clockwork.register("mentorwell.messages.services.forget_notes", every=timedelta(minutes=15))
