"""A small hospital in which everything exists once, and everyone who might knock."""

from dataclasses import dataclass, field
from typing import Any

from mentorwell.accounts.models import User
from mentorwell.programmes.roles import Role
from tests.factories.accounts import UserFactory
from tests.factories.people import MenteeFactory, MentorFactory
from tests.factories.programmes import OfficeRoleFactory, ProgrammeFactory


ACTORS = (
    "stranger",  # not signed in
    "outsider",  # signed in, no part anywhere
    "mentee",
    "mentor",
    "other_mentee",
    "other_mentor",
    "ex_mentee",
    "both",  # mentor and mentee at once
    "far_mentee",  # of another programme
    "director",
    "coordinator",
    "leader",
    "far_director",
    "superuser",
)


@dataclass
class World:
    """The things a route may name, and the people who ask for them."""

    actors: dict[str, User | None]
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.things[name]
        except KeyError:
            raise AttributeError(name) from None


def build_world() -> World:
    """Build it with the factories, as a programme would stand after some months."""
    programme, far = ProgrammeFactory(), ProgrammeFactory()
    mentees = {
        name: MenteeFactory(programme=programme)
        for name in ("mentee", "other_mentee", "ex_mentee", "both")
    }
    mentors = {
        name: MentorFactory(programme=programme, places=3) for name in ("mentor", "other_mentor")
    }
    both = MentorFactory(programme=programme, person=mentees["both"].person)
    far_mentee = MenteeFactory(programme=far)
    office = {role.value: OfficeRoleFactory(programme=programme, role=role) for role in Role}
    actors = {
        "stranger": None,
        "outsider": UserFactory(),
        "superuser": UserFactory(is_staff=True, is_superuser=True),
        "far_mentee": far_mentee.person,
        "far_director": OfficeRoleFactory(programme=far, role=Role.DIRECTOR).person,
        **{name: part.person for name, part in {**mentees, **mentors}.items()},
        **{name: held.person for name, held in office.items()},
    }
    return World(
        actors,
        {
            "programme": programme,
            "far": far,
            "both_mentor": both,
            **{f"{name}_part": part for name, part in {**mentees, **mentors}.items()},
            "office": office,
        },
    )
