"""A small hospital in which everything exists once, and everyone who might knock.

Built through the services, as its people would, so that every state is one that can come to be.
Whatever somebody writes holds a word of its own (`words.planted`), so that a test can look for it.
"""

from tests.world.build import build_world
from tests.world.world import ACTORS, World


__all__ = ["ACTORS", "World", "build_world"]
