"""One world for many tests, which change nothing in it that they do not undo."""

from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.db import transaction

from tests.factories.moments import NOW
from tests.world.build import build_world
from tests.world.visitors import Visitors


@contextmanager
def standing_world() -> Iterator[Visitors]:
    """Let the clock stand, build the world, and undo it in the end."""
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        yield Visitors(build_world())
        transaction.set_rollback(True)
