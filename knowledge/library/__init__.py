"""The library on disk: a folder per episode, with an `episode.yaml` and perhaps a transcript.

Reads it, reports its mistakes, and edits single fields. No search or ranking; `importing` knows where episodes come
from.
"""

from knowledge.library.folder import (
    EPISODE_FILE,
    EXAMPLE,
    MOST_BYTES,
    SHIPPED,
    Library,
    names,
    of,
    places,
    read,
    read_one,
)
from knowledge.library.problems import LibraryError, Problem

__all__ = [
    "EPISODE_FILE",
    "EXAMPLE",
    "MOST_BYTES",
    "SHIPPED",
    "Library",
    "LibraryError",
    "Problem",
    "names",
    "of",
    "places",
    "read",
    "read_one",
]
