"""Every figure in one run: `make bench`. Ratios of medians, measured side by side."""

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast


if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def main() -> None:
    wanted = sys.argv[1:]
    parts = sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")
    )
    for part in wanted or parts:
        print(f"\n== {part}", flush=True)
        run = cast("Callable[[], Iterable[str]]", importlib.import_module(f"bench.{part}").run)
        for line in run():
            print(line, flush=True)


if __name__ == "__main__":
    main()
