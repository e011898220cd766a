"""The only code that changes notices: telling, choosing, gathering, sending."""

from mentorwell.notices.services.choices import choose_mail, set_quiet_spans
from mentorwell.notices.services.telling import mark_seen, tell, tell_address


__all__ = [
    "choose_mail",
    "mark_seen",
    "set_quiet_spans",
    "tell",
    "tell_address",
]
