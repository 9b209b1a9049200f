"""Indexes a library ahead of its first question, which would have to wait for it otherwise.

Questions are not known here: what answers them is put together in `opening`.
"""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path

from knowledge.library import LibraryError
from knowledge.search.index.cache import IndexCache, Shown


def index_cache(folder: Path | None) -> IndexCache:
    """Return the cache in a folder, None for the user's."""
    return IndexCache(folder or user_cache_path("overheard", appauthor=False))


def index_library(library: Path, cache: Path | None, shown: Shown) -> None:
    """Bring the index of a library up to date; `shown` shows how far it is."""
    try:
        index_cache(cache).prepare(library, shown)
    except LibraryError:
        # There is not one episode to index, and opening the library says why.
        return
