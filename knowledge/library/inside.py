"""Whether a path stays in its folder: symbolic links may lead about within a library, and never out of it.

A library is shared, unpacked and mounted by people who didn't make it; what it links to is its maker's wish.
"""

from __future__ import annotations

import os
from pathlib import Path

LEADS_OUT = "a link that leads out of its folder, which is not followed; put a copy in its place"


def leads_out(path: Path, folder: Path) -> bool:
    """Return whether links on the way from a folder down to `path`, itself included, lead out of the folder."""
    steps = path.relative_to(folder).parts
    ways = (folder.joinpath(*steps[:count]) for count in range(1, len(steps) + 1))
    if not any(way.is_symlink() for way in ways):
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
