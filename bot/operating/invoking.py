"""What somebody types to call this program again, in the shell that started it.

Nothing about what may stand behind the name; that is `cli.py`'s.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

_NAME: Final = "overheard"


def called() -> str:
    """Return the name alone where a shell finds this program by it, else the path it was started by.

    A checkout has it as `.venv/bin/overheard`, where no shell looks.
    """
    started = Path(sys.argv[0])
    found = shutil.which(_NAME)
    if started.stem != _NAME or (found and Path(found).resolve().parent == started.resolve().parent):
        return _NAME
    return shlex.quote(str(started))
