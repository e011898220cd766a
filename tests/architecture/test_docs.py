"""The docs cannot rot: what they list is compared with the code."""

import os
import re
from pathlib import Path

import mentorwell
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


def test_every_setting_is_documented_and_nothing_else_is():
    settings = Path(mentorwell.__file__).parent / "config" / "settings.py"
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings.read_text())
    table = (DOCS / "reference" / "settings.md").read_text()

    assert sorted(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)) == sorted(set(read))
