"""The library on disk: a folder for each episode, with its `episode.yaml` and perhaps a transcript.

Reads it, says what is wrong with it, and edits single fields. No search and no ranking; `importing` knows where
episodes come from.
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
