"""What the tests of meetings share."""

import pytest

from tests.factories.mentorships import Pair


@pytest.fixture
def pair(db):
    return Pair()
