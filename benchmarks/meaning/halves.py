"""Tables that have seen what was asked about one half of the files alone.

What is learned of meanings has to be learned of questions that the table hasn't seen: by the table that ships, a
question and its answer lie nearer in the files it was made of than anywhere else. So each half's questions are asked by
the table of the other half (cross-fitting, Chernozhukov et al. 2018).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import patch

import numpy as np
from platformdirs import user_cache_path

from knowledge.search.meaning import Bytes, Meanings, unpack

HALVES: Final = (0, 1)
VECTORS: Final = user_cache_path("overheard") / "teacher"
"""Where the tables are, beside the vectors that they were made of."""


def half_of(file: str) -> int:
    """Return which half a file is of."""
    return zlib.crc32(file.encode()) % len(HALVES)


def path(folder: Path, half: int) -> Path:
    """Return where the table is that hasn't seen a half."""
    return folder / f"without_half_{half}.npy"


def made(folder: Path) -> bool:
    """Tell whether both tables are there."""
    return all(path(folder, half).exists() for half in HALVES)


@contextmanager
def unseen(folder: Path, half: int) -> Iterator[None]:
    """Let everything that is done meanwhile know meanings by the table that hasn't seen a half; its pieces ship."""
    packed: Bytes = np.load(path(folder, half))
    meanings = Meanings(*unpack(packed), Meanings.load().listed)
    with patch.object(Meanings, "load", lambda: meanings):
        yield
