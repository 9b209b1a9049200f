"""Lists what was in a library when it was indexed: its episodes, and marks that show whether one has changed since.

One file, quick to load. Where it is and whether it is up to date is decided in the cache.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from zlib import crc32

from knowledge.library import EPISODE_FILE, Problem, names
from knowledge.library.transcripts import NAMES
from knowledge.model import Episode, EpisodeId, Passage

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_CHECKSUM: Final = 9
"""Bytes of the checksum line: eight hexadecimal digits and a line feed."""
_READ: Final = frozenset((EPISODE_FILE, *NAMES))
"""Names of the files of an episode that we read."""

Mark: TypeAlias = tuple[tuple[str, int, int], ...]
"""The files of an episode that we read, sorted by name: name, size in bytes, modification time in nanoseconds."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One folder of a library.

    Attributes:
        ordinal: its number in the index, never reused for another folder.
        episode: None if it can't be read; `problems` then say why.
        speakers: all speakers that the transcript names.
    """

    mark: Mark
    ordinal: int
    episode: Episode | None
    problems: tuple[Problem, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexCatalogue:
    """All folders of a library, by name.

    Attributes:
        made_by: the version that wrote the index; no other version can use it.
        folder: the library's folder.
        following: the ordinal for the next folder that is new or changed.
        files: the other files of the index, with their sizes in bytes.
    """

    made_by: str
    folder: str
    following: int
    entries: dict[EpisodeId, IndexEntry]
    files: dict[str, int]


def marks(folder: Path) -> dict[EpisodeId, Mark]:
    """Take the marks of all episodes in a library.

    Raises:
        LibraryError: the folder can't be opened.
    """
    return {EpisodeId(name): tuple(sorted(_files(f"{folder}{os.sep}{name}"))) for name in names(folder)}


def size(taken: Iterable[Mark]) -> int:
    """Add up the sizes of all files in these marks, in bytes."""
    return sum(size for mark in taken for _, size, _ in mark)


def speakers(said: Iterable[Passage]) -> tuple[str, ...]:
    """List the speakers of these passages, each once."""
    return tuple(dict.fromkeys(passage.speaker for passage in said if passage.speaker))


def written(catalogue: IndexCatalogue) -> bytes:
    """Serialize a catalogue as JSON after a line with its checksum."""
    data = _adapter().dump_json(catalogue, exclude_defaults=True)
    return _checksum(data) + data


def read(data: bytes) -> IndexCatalogue:
    """Parse what `written` returned.

    Raises:
        ValueError: the data is damaged or something else.
    """
    checksum, data = data[:_CHECKSUM], data[_CHECKSUM:]
    if checksum != _checksum(data):
        raise ValueError("its catalogue is damaged")
    return _adapter().validate_json(data)


def _checksum(data: bytes) -> bytes:
    return b"%08x\n" % crc32(data)


@cache
def _adapter() -> TypeAdapter[IndexCatalogue]:
    # Imported here because a library that fits in memory needs no catalogue.
    from pydantic import TypeAdapter

    return TypeAdapter(IndexCatalogue)


def _files(place: str) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(place) as found:
            for file in found:
                if file.name in _READ:
                    status = file.stat()
                    yield file.name, status.st_size, status.st_mtime_ns
    except OSError:
        # Deleted, not readable, or a broken link: reading the episode will report which.
        return
