"""Keeps what was read from the sentences, so that the next process needn't read them: a fifth of what a start takes.

It lies among the bytecode of this package, by Python's own rules: where that is not to be written, nothing is kept, and
it is trusted as much. Its name says what it was made of, so it is never out of date. What sentences are is not known
here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

from bot.understanding.coding import codes, has_codes

_T = TypeVar("_T")


def kept(sources: Iterable[bytes], make: Callable[[], _T]) -> _T:
    """Return what was made of the same sources before, or make it and keep it."""
    digest = blake2b(digest_size=8)
    for source in sources:
        digest.update(source)
    place = Path(cache_from_source(__file__))
    place = place.with_name(f"{place.stem}-{digest.hexdigest()}.pickle")
    with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
        coded, made = pickle.loads(place.read_bytes())  # noqa: S301 - whoever can write there can change our code
        if has_codes(coded):
            found: _T = made
            return found
    made_now = make()
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):  # a place that only its owner may write to
            _keep(place, pickle.dumps((codes(), made_now)))
    return made_now


def _keep(place: Path, written: bytes) -> None:
    """Write a file in one go, in place of those that were made of other sources."""
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(written)
    for older in place.parent.glob(f"{place.stem.rpartition('-')[0]}-*.pickle"):
        older.unlink(missing_ok=True)
    unfinished.replace(place)
