"""What meetings do when mentorships announce something."""

from typing import TYPE_CHECKING, cast

from mentorwell.foundation.hooks import MentorshipClosed, MentorshipPaused
from mentorwell.meetings import services
from mentorwell.mentorships.models import Mentorship


if TYPE_CHECKING:
    from mentorwell.accounts.models import User


def on_mentorship_closed(event: MentorshipClosed) -> None:
    """Call off what lies ahead."""
    _call_off(event)


def on_mentorship_paused(event: MentorshipPaused) -> None:
    """Call off what lies ahead."""
    _call_off(event)


def _call_off(event: MentorshipClosed | MentorshipPaused) -> None:
    services.call_off_all(
        mentorship=Mentorship.objects.get(pk=event.mentorship_id),
        by=cast("User | None", event.by),  # hooks stand below accounts and cannot say so
        now=event.now,
    )
