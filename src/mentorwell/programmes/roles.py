"""What the people of a programme office may do, as data that the pages show."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A part in the programme office."""

    DIRECTOR = "director"
    COORDINATOR = "coordinator"
    LEADER = "leader"


class Permission(StrEnum):
    """One thing that an office role may allow."""

    SEE_OFFICE = "see_office"  # people by name, states and dates, never what was said
    BRING_PEOPLE_IN = "bring_people_in"
    SET_POLICY = "set_policy"
    GIVE_ROLES = "give_roles"
    LINK_EVALUATORS = "link_evaluators"
    RUN_ROUNDS = "run_rounds"  # pairs of those who joined, by name and in steps
    SEE_FIGURES = "see_figures"  # counts above the threshold only


@dataclass(frozen=True)
class Description:
    """A role as the pages show it."""

    name: str
    sentence: str
    permissions: frozenset[Permission]


ROLES: dict[Role, Description] = {
    Role.DIRECTOR: Description(
        "Director",
        "Leads the programme: sets its rules, names its office, sees that things happen.",
        frozenset(Permission),
    ),
    Role.COORDINATOR: Description(
        "Coordinator",
        "Runs the programme from day to day: brings people in, helps where someone waits.",
        frozenset(
            {
                Permission.SEE_OFFICE,
                Permission.BRING_PEOPLE_IN,
                Permission.LINK_EVALUATORS,
                Permission.RUN_ROUNDS,
                Permission.SEE_FIGURES,
            }
        ),
    ),
    Role.LEADER: Description(
        "Leader",
        "Sees figures of the whole programme, never rows about single people.",
        frozenset({Permission.SEE_FIGURES}),
    ),
}
