"""Pages of the house itself, right help, figures for leaders, and what one was told."""

from tests.architecture.access.rows.given import OFFICE, says
from tests.architecture.access.sweep import EVERYONE, SIGNED_IN, Row


ROWS = [
    Row("help:help-show", get=EVERYONE),
    Row("site:today-show", get=EVERYONE),
    Row("site:theme-set", post=EVERYONE, body=says(theme="dark"), changes=False),
    Row("site:presence-keep", get=EVERYONE, shows=frozenset({204})),
    Row(
        "site:gallery-show",
        get=EVERYONE,
        post=EVERYONE,
        does=frozenset({200}),
        changes=False,
    ),
    Row("leaders:figures-show", get=(*OFFICE, "leader", "far_director")),
    Row("notices:notice-list", get=SIGNED_IN),
    Row(
        "notices:notices-see",
        post=(
            "mentee",
            "mentor",
            "other_mentee",
            "other_mentor",
            "seeker",
            "ex_mentee",
            "both",
            "coordinator",
        ),
        later=SIGNED_IN,  # whoever was told nothing yet
    ),
    Row(
        "notices:mail-choose",
        get=SIGNED_IN,
        post=SIGNED_IN,
        body=says(
            digest="no",
            digest_weekday="3",
            messages_at_once="no",
            quiet_from="22:00",
            quiet_until="06:00",
        ),
    ),
]
