"""Finds out what to type to run this program again, in the shell that started it.

Knows no commands or options; those are in `cli.py`.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

_NAME: Final = "overheard"


def called() -> str:
    """Return the bare name if it is on the shell's path, otherwise the path this program was started by.

    In a checkout, that is `.venv/bin/overheard`.
    """
    started = Path(sys.argv[0])
    found = shutil.which(_NAME)
    if started.stem != _NAME or (found and Path(found).resolve().parent == started.resolve().parent):
        return _NAME
    return shlex.quote(str(started))
