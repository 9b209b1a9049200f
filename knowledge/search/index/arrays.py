"""Append-only columns of numbers, in memory or in files.

A column's file may be a hard link to an older index's file. Both keep working: each index knows how many numbers are
its own, and those never change. The next writer overwrites whatever a killed writer left behind them.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_BUFFERED: Final = 2**23
"""Bytes collected in memory before they are written to the file."""


class ArrayWriter:
    """An append-only column of numbers of one type."""

    def __init__(self, file: Path | None, kind: type[np.generic], kept: int | None = None) -> None:
        """Append to memory, or to a file after its first `kept` numbers; without `kept`, replace the file."""
        self._file = file
        self._kind = kind
        self._parts: list[NDArray[Any]] = []
        self._gathered = 0
        self._at = (kept or 0) * np.dtype(kind).itemsize
        if file and kept is None:
            file.unlink(missing_ok=True)  # it may be a link to another index's file, which must not change
            file.touch()

    def add(self, numbers: NDArray[Any]) -> None:
        """Append numbers.

        Raises:
            OSError: the file can't be written.
        """
        self._parts.append(numbers.astype(self._kind, order="C", copy=False))
        self._gathered += numbers.nbytes
        if self._file and self._gathered >= _BUFFERED:
            self.flush()

    def flush(self) -> None:
        """Write buffered numbers to the file; does nothing in memory."""
        if self._file is None:
            return
        with self._file.open("r+b") as file:
            file.seek(self._at)
            file.writelines(part.data for part in self._parts)
            self._at = file.tell()
        self._parts.clear()
        self._gathered = 0

    def joined(self, *shape: int) -> NDArray[Any]:
        """Return everything added in memory as one array; if nothing was added, an empty array of this shape."""
        return np.concatenate([np.empty(shape, self._kind), *self._parts])


def mapped(file: Path, kind: type[np.generic], *shape: int) -> NDArray[Any]:
    """Map the first numbers of a file into memory. The file has no header that could be damaged.

    Raises:
        ValueError, OSError: the file is too short or can't be opened.
    """
    if min(shape) <= 0:
        return np.empty(shape, kind)
    if file.stat().st_size < np.prod(shape) * np.dtype(kind).itemsize:
        raise ValueError(f"{file.name} is cut short")
    # A plain array over the same memory: slicing a `memmap` is slower, as each slice is another `memmap`.
    return np.asarray(np.memmap(file, kind, "r", shape=shape))


def release(numbers: NDArray[Any]) -> None:
    """Let the system drop the pages of an array from `mapped` after a full scan; they are read again if needed."""
    memory: object = numbers.base
    while isinstance(memory, np.ndarray):
        memory = memory.base
    if isinstance(memory, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        memory.madvise(mmap.MADV_DONTNEED)


def replaced(file: Path, data: bytes) -> None:
    """Write a new file in place of another; if that is a link to another index's file, that one does not change."""
    file.unlink(missing_ok=True)
    file.write_bytes(data)
