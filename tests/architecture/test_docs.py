"""The docs cannot rot: what they list is compared with the code."""

import os
from pathlib import Path

from mentorwell.core.lifecycles import LIFECYCLES, drawing


DOCS = Path(__file__).parents[2] / "docs"


def test_the_drawn_lifecycles_are_those_of_the_code():
    """Run with WRITE_DOCS=1 to draw them anew."""
    page = DOCS / "reference" / "states.md"
    drawn = "# Lifecycles\n\nDrawn from the tables in `core/lifecycles.py`.\n" + "".join(
        f"\n## {name.capitalize()}\n\n```mermaid\n{drawing(moves)}\n```\n"
        for name, moves in LIFECYCLES.items()
    )
    if os.environ.get("WRITE_DOCS"):
        page.write_text(drawn)

    assert page.read_text() == drawn
