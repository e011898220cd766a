"""What every test may ask for."""

import pytest
from hypothesis import settings

from tests.factories.moments import NOW


# Laws judge results, never how long a busy machine took to find them.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture
def now():
    """The moment at which stories begin, a Wednesday noon in UTC."""
    return NOW
