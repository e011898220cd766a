"""The things a route may name, and the people who ask for them."""

from dataclasses import dataclass, field
from typing import Any

from mentorwell.accounts.models import User
from tests.world.words import Words


ACTORS = (
    "stranger",  # not signed in
    "outsider",  # signed in, no part anywhere
    "mentee",
    "mentor",
    "other_mentee",
    "other_mentor",
    "seeker",  # a mentee who looks: has invited, waits, has asked for help
    "ex_mentee",  # their mentorship has ended
    "both",  # mentor and mentee at once
    "far_mentee",  # of another programme of the same house
    "director",
    "coordinator",
    "leader",
    "far_director",
    "superuser",
)


@dataclass
class World:
    """Everything by its name: `world.mentorship`, `world.actors["mentor"]`, `world.mentor_part`."""

    actors: dict[str, User | None]
    words: Words
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.things[name]
        except KeyError:
            raise AttributeError(name) from None

    def person(self, actor: str) -> User:
        """Return the account of an actor who has one, as it is stored now."""
        user = self.actors[actor]
        assert user is not None
        return User.objects.get(pk=user.pk)

    def fresh(self, name: str) -> Any:
        """Return a thing as it is stored now: what a service changed and undid may linger."""
        thing = self.things[name]
        return type(thing)._default_manager.get(pk=thing.pk)

    def keep(self, **things: Any) -> None:
        """Give things their names."""
        self.things.update(things)
