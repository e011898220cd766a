"""Who may do what, route by route. A new route fails until it has its row here."""

from tests.architecture.access.rows import (
    goals,
    imports,
    me,
    meetings,
    mentorships,
    messages,
    office,
    rounds,
    search,
    sign_in,
    site,
)


ROWS = [
    *site.ROWS,
    *sign_in.ROWS,
    *me.ROWS,
    *search.ROWS,
    *mentorships.ROWS,
    *meetings.ROWS,
    *goals.ROWS,
    *messages.ROWS,
    *office.ROWS,
    *imports.ROWS,
    *rounds.ROWS,
]
