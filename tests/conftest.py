"""What every test may ask for."""

import pytest

from tests.factories.moments import NOW


@pytest.fixture
def now():
    """The moment at which stories begin, a Wednesday noon in UTC."""
    return NOW
