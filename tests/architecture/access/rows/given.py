"""What many rows share: who is who, and how a row names a thing."""

from collections.abc import Callable
from typing import Any

from tests.world import World


MENTEES = ("mentee", "other_mentee", "seeker", "ex_mentee", "both")
MENTORS = ("mentor", "other_mentor", "both")
TAKING_PART = (*MENTEES, "mentor", "other_mentor")
BROUGHT_IN = (*TAKING_PART, "far_mentee")
PAIR = ("mentee", "mentor")
OFFICE = ("director", "coordinator")


def uid(name: str) -> Callable[[World], dict[str, Any]]:
    """Name a thing by its random id."""
    return lambda world: {"uid": getattr(world, name).uid}


def slug(name: str = "programme") -> Callable[[World], dict[str, Any]]:
    return lambda world: {"slug": getattr(world, name).slug}


def both(name: str) -> Callable[[World], dict[str, Any]]:
    """Name a thing of the programme's office."""
    return lambda world: {**slug()(world), **uid(name)(world)}


def secret(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"secret": getattr(world, name)}


def says(**fields: Any) -> Callable[[World], dict[str, Any]]:
    """Post the same fields whoever asks."""
    return lambda _world: fields


def guessed(_world: World) -> dict[str, Any]:
    """Name a secret that nobody was mailed."""
    return {"secret": "x" * 43}
