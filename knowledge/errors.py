"""The exceptions that `knowledge` raises.

Mistakes in a library's files are not exceptions but values; see `library.problems`.
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of all errors in this package; the message says what to do."""


class DamagedIndexError(KnowledgeError):
    """A search index that can no longer be read; rebuilding it from the library loses nothing."""

    def __init__(self, reason: object) -> None:
        first_line = str(reason).partition("\n")[0]
        super().__init__(f"the search index is damaged ({first_line}); rebuild it from the library")
