"""What tests of pages share."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.moments import NOW


@pytest.fixture
def count_queries():
    """How many queries a page takes: `count_queries(client, address)`."""

    def count(client, address):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    return count


@pytest.fixture
def at_noon():
    """The pages' clock stands at the moment at which stories begin."""
    with time_machine.travel(NOW, tick=False):
        yield
