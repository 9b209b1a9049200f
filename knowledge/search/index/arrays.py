"""Numbers that are only added to: in memory, or in files that grow behind what is read of them.

A file may be a link to one that an older index has. That one goes on: it knows how many numbers are its own, and these
never change. What a killed writer left behind them is written over by the next.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_GATHERED: Final = 2**23
"""Bytes that are written at a time."""


class ArrayWriter:
    """One kind of numbers."""

    def __init__(self, file: Path | None, kind: type[np.generic], kept: int | None = None) -> None:
        """Write to memory or to a file: behind so many numbers, or to a new file in place of an older one."""
        self._file = file
        self._kind = kind
        self._parts: list[NDArray[Any]] = []
        self._gathered = 0
        self._at = (kept or 0) * np.dtype(kind).itemsize
        if file and kept is None:
            file.unlink(missing_ok=True)  # it may be a link to another index's, and is not to change there
            file.touch()

    def add(self, numbers: NDArray[Any]) -> None:
        """Add some numbers.

        Raises:
            OSError: they can't be written.
        """
        self._parts.append(numbers.astype(self._kind, order="C", copy=False))
        self._gathered += numbers.nbytes
        if self._file and self._gathered >= _GATHERED:
            self.flush()

    def flush(self) -> None:
        """Write what was added; in memory there is nothing to do."""
        if self._file is None:
            return
        with self._file.open("r+b") as file:
            file.seek(self._at)
            file.writelines(part.data for part in self._parts)
            self._at = file.tell()
        self._parts.clear()
        self._gathered = 0

    def joined(self, *shape: int) -> NDArray[Any]:
        """Return all that was added to memory, of this shape where there is nothing."""
        return np.concatenate([np.empty(shape, self._kind), *self._parts])


def mapped(file: Path, kind: type[np.generic], *shape: int) -> NDArray[Any]:
    """Map the beginning of a file of numbers into memory; without a header, so that there is none to be damaged.

    Raises:
        ValueError, OSError: it has not so many.
    """
    if min(shape) <= 0:
        return np.empty(shape, kind)
    if file.stat().st_size < np.prod(shape) * np.dtype(kind).itemsize:
        raise ValueError(f"{file.name} is cut short")
    # A plain array over the same memory: a part of a `memmap` is made anew each time, with more around it.
    return np.asarray(np.memmap(file, kind, "r", shape=shape))


def release(numbers: NDArray[Any]) -> None:
    """Give back the memory of numbers that `mapped` returned and that were all read; they are read again if need be."""
    memory: object = numbers.base
    while isinstance(memory, np.ndarray):
        memory = memory.base
    if isinstance(memory, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        memory.madvise(mmap.MADV_DONTNEED)


def replaced(file: Path, data: bytes) -> None:
    """Write a file anew; where it is a link to another index's, it does not change there."""
    file.unlink(missing_ok=True)
    file.write_bytes(data)
