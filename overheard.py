"""The way in: makes sure that the packages about to be loaded are Overheard's, then starts it.

Nothing but that. It has a name that nobody else has, so that it is reached where somebody else's `bot` would be.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Final

_PACKAGES: Final = ("adapters", "bot", "knowledge")
_NEW: Final = 10_000
"""Objects after which Python looks for garbage among them: with its 700 that is a tenth of what a start takes."""
_HERE: Final = Path(__file__).resolve().parent


def main() -> None:
    """Start Overheard, or say what is in its way and end with status 2."""
    if complaint := shadowed(sys.path):
        print(f"overheard: {complaint}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    gc.set_threshold(_NEW)
    # Read when numpy is loaded. A question's matrices are small: threads wait for each other longer than they multiply.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.__main__ import main as start

    start()


def shadowed(path: Sequence[str], here: Path = _HERE) -> str | None:
    """Say which package of another program would be loaded in place of one of Overheard's, which lie in a folder.

    Nothing is loaded to find that out.
    """
    for name in _PACKAGES:
        spec = PathFinder.find_spec(name, path)
        if spec is None:
            return f"its package “{name}” is missing from {here}. Install Overheard again."
        found = spec.origin or next(iter(spec.submodule_search_locations or ()), "")
        if Path(found).resolve() not in (here / name / "__init__.py", here / name):
            return (
                f"{found} is another program's “{name}” and would be loaded in place of Overheard's. Take its folder "
                "out of PYTHONPATH, or install Overheard in an environment of its own (pipx or uv tool do)."
            )
    return None


if __name__ == "__main__":
    main()
