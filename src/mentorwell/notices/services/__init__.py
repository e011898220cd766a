"""The only code that changes notices: telling, choosing, gathering, sending."""

from mentorwell.notices.emails import register
from mentorwell.notices.services.choices import choose_mail, set_quiet_spans
from mentorwell.notices.services.gathering import gather_digests
from mentorwell.notices.services.sending import Outcome, drop_overdue, send_next
from mentorwell.notices.services.telling import mark_seen, settle, tell, tell_address


__all__ = [
    "Outcome",
    "choose_mail",
    "drop_overdue",
    "gather_digests",
    "mark_seen",
    "register",
    "send_next",
    "set_quiet_spans",
    "settle",
    "tell",
    "tell_address",
]
