"""Tell the members of a mentorship what happened in it."""

from collections.abc import Iterable
from datetime import datetime

from mentorwell.foundation.models import Record
from mentorwell.mentorships.models import Membership, Mentorship
from mentorwell.notices import services as notices
from mentorwell.notices.enums import Urgency


def tell_members(
    *,
    members: Iterable[Membership],
    kind: str,
    about: Record,
    mentorship: Mentorship,
    now: datetime,
    urgency: Urgency = Urgency.DIGEST,
    once: str | None = None,
) -> None:
    """Tell each of these members, once for each `about`; `once` makes the same thing tellable again."""
    for member in members:
        notices.tell(
            person=member.participation.person,
            kind=kind,
            ids={"mentorship": str(mentorship.uid), "about": str(about.uid)},
            now=now,
            urgency=urgency,
            key=":".join(filter(None, [kind, str(about.uid), str(member.uid), once])),
        )
