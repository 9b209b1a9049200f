"""What keeps `knowledge` from doing what it was asked.

Exceptions only; what is wrong with a library, one file at a time, is in `library.problems`.
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """Anything that keeps `knowledge` from doing what it was asked; the message says what to do."""


class DamagedIndexError(KnowledgeError):
    """A search index that can't be read any more; rebuilding it from the library loses nothing."""

    def __init__(self, reason: object) -> None:
        first_line = str(reason).partition("\n")[0]
        super().__init__(f"the search index is damaged ({first_line}); rebuild it from the library")
