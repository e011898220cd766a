import pytest

from tests.factories.rounds import InRound


@pytest.fixture
def in_round():
    """Call it for a round with people in it."""
    return InRound
