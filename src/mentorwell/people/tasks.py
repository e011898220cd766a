"""What people does when apps below it tell of something."""

from typing import TYPE_CHECKING, cast

from mentorwell.foundation.hooks import OfficeRoleGiven
from mentorwell.people import services
from mentorwell.programmes.roles import Role


if TYPE_CHECKING:
    from mentorwell.accounts.models import User


def on_office_role_given(event: OfficeRoleGiven) -> None:
    """Announce again the links of a role, because somebody more holds it."""
    services.announce_role(
        role=Role(event.role),
        programme_id=event.programme_id,
        by=cast("User", event.by),
        now=event.now,
    )
