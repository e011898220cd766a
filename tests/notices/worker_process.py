"""A worker in a process of its own that knows the tests' kinds; run with `python -m`."""

import django


django.setup()

from mentorwell.ops import worker  # noqa: E402 -- needs Django set up
from tests.notices.conftest import register_kinds  # noqa: E402 -- as above


register_kinds()
worker.run_once()
