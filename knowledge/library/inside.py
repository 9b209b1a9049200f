"""Checks that a path stays in its folder: symbolic links may point within a library, but never out of it.

A library may have been made by somebody else, so its links are untrusted.
"""

from __future__ import annotations

import os
from pathlib import Path

LEADS_OUT = "a link that leads out of its folder, which is not followed; replace it with a copy"


def leads_out(path: Path, folder: Path) -> bool:
    """Return whether links on the way from a folder down to `path`, inclusive, lead out of the folder."""
    steps = path.relative_to(folder).parts
    ways = (folder.joinpath(*steps[:count]) for count in range(1, len(steps) + 1))
    if not any(way.is_symlink() for way in ways):
        return False
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
