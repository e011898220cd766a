"""Who may do what, route by route. A new route fails until it has its row here."""

from tests.architecture.access.imports import IMPORTS
from tests.architecture.access.sweep import EVERYONE, Row


HELP = [Row("help:help-show", get=EVERYONE)]

ROWS = [*HELP, *IMPORTS]
