"""What the tests of mentorships share."""

import pytest

from tests.factories.mentorships import Pair


@pytest.fixture
def pair(db):
    return Pair()
