"""Start-up of notices."""

from datetime import timedelta

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What a person is told: outbox, digest, quiet hours."""

    name = "mentorwell.notices"
    label = "notices"

    def ready(self) -> None:
        """Register the digest and the duty that makes it."""
        from mentorwell.foundation import clockwork  # noqa: PLC0415 -- needs loaded apps
        from mentorwell.notices.emails import register_digest  # noqa: PLC0415 -- needs loaded apps

        register_digest()
        clockwork.register("mentorwell.notices.services.gather_digests", every=timedelta(minutes=5))
