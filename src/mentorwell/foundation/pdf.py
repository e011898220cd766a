"""Printable pages as PDF that a screen reader can read (PDF/UA-1), made by Typst.

A template is a `.typ` file in the `content/` of the app that owns it. It gets its data as JSON and
draws text from it, never code, so that nothing people write is read as markup.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import font_manrope


ROOT = Path(__file__).parents[1]


@cache
def _fonts() -> list[str]:
    return [str(Path(font_manrope.__path__[0]) / "files")]


def render_pdf(template: str, data: dict[str, Any], *, now: datetime) -> bytes:
    """Return a template filled with `data` as a tagged PDF.

    `template` is a path from the package's root, such as `goals/content/plan.typ`. It begins from
    `/foundation/content/page.typ`, which sets typeface, title and language, and reads what JSON
    can say by `json(bytes(sys.inputs.data))`. `now` is the date that the file itself carries.

    Raises typst.TypstError for a template that is unknown or wrong, or that a screen reader could
    not read (PDF/UA-1, ISO 14289-1).
    """
    import typst  # noqa: PLC0415 -- a heavy library, needed by the few who print

    content: bytes = typst.compile(
        str(ROOT / template),
        root=str(ROOT),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
        format="pdf",
        timestamp=int(now.timestamp()),
    )
    return content
