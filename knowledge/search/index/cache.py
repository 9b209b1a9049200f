"""Keeps the index of a library in a cache folder, up to date with the library, and opens it.

Each library's index has a folder there, in which `current` names the folder to read, and `lock` is locked for writing.

- Readers never see a change; arrays only grow beyond what they read. A change is written to a copy (hard links, so it
  is cheap), which is then named and atomically made `current`. A killed writer leaves the old index intact, and the
  next writer cleans up. A process that reads a replaced index carries on: its files exist until they are closed.
- Only what changed is read and indexed again, by size and modification time of each episode's files.
- Many new episodes are indexed in portions, each of which becomes the current index: if the writer is killed, the next
  one resumes there.
- Two processes never write at the same time: the second waits for the first, then finds its work done. The operating
  system releases the lock of a process that dies.
- A damaged index, or one of another version or library, is rebuilt from the library, which is the source of truth.
- A library of a few pages is indexed in memory, which is just as quick; so is any library if the cache is not writable.
  An up-to-date index needs no writing, so it opens even on a read-only file system.
"""

from __future__ import annotations

import gc
import logging
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from filelock import FileLock, Timeout

from knowledge import library
from knowledge.errors import DamagedIndexError
from knowledge.library import Library
from knowledge.library.transcripts import spoken
from knowledge.model import EpisodeId
from knowledge.search.index import catalogue, writing
from knowledge.search.index.catalogue import IndexCatalogue, Mark
from knowledge.search.search import Search

__all__ = ["IndexCache", "Indexed", "IndexingProgress", "Shown", "not_shown", "nothing_collected"]

_log = logging.getLogger(__name__)

_IN_MEMORY: Final = 256 * 1024
"""Maximum bytes of a library that is indexed in memory, which takes some tenths of a second."""
_PATIENCE: Final = 0.5
"""Seconds after which a process waiting for another says so."""
_WORTH_MENTIONING: Final = 50
"""Minimum number of episodes for a log message; a whole library always gets one."""
_PORTION: Final = 2_000
"""Episodes indexed before the index is made current: some minutes of work that a killed writer would lose."""
_CURRENT: Final = "current"
_UNSAID: Final = "xyzzyqx"
"""A word looked up in every index that is opened, so that a missing word list is noticed immediately."""
_BROKEN: Final = (DamagedIndexError, ValueError, OSError, sqlite3.Error)


class IndexingProgress(Protocol):
    """Shows how far indexing is."""

    def plan(self, episodes: int) -> None:
        """Set the number of episodes to index."""

    def advance(self) -> None:
        """Count one of them as done."""


Shown: TypeAlias = Callable[[], AbstractContextManager[IndexingProgress]]
"""Opens a progress display; called only if there is something to index."""


@contextmanager
def not_shown() -> Iterator[IndexingProgress]:
    """Show nothing."""
    yield _Unseen()


class _Unseen:
    def plan(self, episodes: int) -> None: ...

    def advance(self) -> None: ...


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Disable garbage collection: among a library's many live objects, it would double the time of making them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Indexed:
    """A library at one moment, and the search over it.

    Attributes:
        speakers: the speakers in the transcript of each episode, in order of first appearance.
        marks: show later whether an episode has changed.
        place: the folder of the index; None for one in memory.
    """

    library: Library
    search: Search
    speakers: Mapping[EpisodeId, tuple[str, ...]]
    marks: Mapping[EpisodeId, Mark]
    place: Path | None = None


class IndexCache:
    """The indexes in one cache folder."""

    def __init__(self, root: Path, extra_words: Iterable[str] = ()) -> None:
        """Take the folder, created when there is something to write, and words that spelling knows in any library."""
        self._root = root
        self._extra_words = frozenset(extra_words)

    def open(self, folder: Path, shown: Shown = not_shown) -> Indexed:
        """Open a library, indexing what is new or changed since last time.

        Raises:
            LibraryError: no episode can be read; it lists every problem found.
        """
        return self._indexed(folder, shown)

    def prepare(self, folder: Path, shown: Shown = not_shown) -> None:
        """Index what `open` would index; does nothing if that takes no time or the index can't be stored.

        Raises:
            LibraryError: no episode can be read; it lists every problem found.
        """
        folder = folder.resolve()
        self._kept_on_disk(folder, catalogue.marks(folder), shown, when="each")

    def rebuild(self, damaged: Indexed) -> Indexed:
        """Rebuild an index after a `DamagedIndexError`, or open the one that another process has already rebuilt.

        Raises:
            LibraryError: no episode can be read; it lists every problem found.
        """
        return self._indexed(damaged.library.folder, not_shown, damaged.place)

    def _indexed(self, folder: Path, shown: Shown, damaged: Path | None = None) -> Indexed:
        folder = folder.resolve()
        marks = catalogue.marks(folder)
        return self._kept_on_disk(folder, marks, shown, damaged, when="this") or self._in_memory(folder, marks)

    def _kept_on_disk(
        self, folder: Path, marks: Mapping[EpisodeId, Mark], shown: Shown, damaged: Path | None = None, *, when: str
    ) -> Indexed | None:
        """Open the index on disk; None if the library is too small to have one, or it can't be stored."""
        if catalogue.size(marks.values()) <= _IN_MEMORY:
            return None
        index = _LibraryIndex(self._root / _name(folder), folder, self._extra_words, shown)
        try:
            return index.rebuild(damaged, marks) if damaged else index.open(marks)
        except _BROKEN as error:  # includes a full disk, which tantivy reports as a ValueError
            index.give_up()
            _log.warning("the index can't be kept in %s (%s); it is built in memory %s time", self._root, error, when)
            return None

    def _in_memory(self, folder: Path, marks: Mapping[EpisodeId, Mark]) -> Indexed:
        found = library.read(folder)
        said = {episode.id: spoken(folder / episode.id, episode) for episode in found.episodes}
        speakers = {id: catalogue.speakers(passages) for id, passages in said.items()}
        search = Search.over(found.episodes, chain.from_iterable(said.values()), self._extra_words)
        return Indexed(found, search, speakers, marks)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An index found on disk."""

    place: Path
    catalogue: IndexCatalogue


class _LibraryIndex:
    """The folder of one library's index."""

    def __init__(self, place: Path, folder: Path, extra_words: Iterable[str], shown: Shown) -> None:
        self._place = place
        self._folder = folder
        self._extra_words = extra_words
        self._shown = shown
        self._complaints: set[str] = set()

    def open(self, marks: Mapping[EpisodeId, Mark]) -> Indexed:
        kept = self._kept()
        if kept is None or _marks(kept) != marks:
            self._place.mkdir(parents=True, exist_ok=True)
            with self._locked():
                kept = self._brought_up_to_date(marks)
                return self._opened(kept, marks)
        try:
            return self._opened(kept, marks)
        except _BROKEN as error:
            # Or another process has just replaced and deleted it: then `rebuild` opens the new one.
            _log.warning("the index in %s can't be opened (%s); rebuilding it", kept.place, error)
            return self.rebuild(kept.place, marks)

    def rebuild(self, damaged: Path, marks: Mapping[EpisodeId, Mark]) -> Indexed:
        with self._locked():
            kept = self._kept()
            if kept is None or kept.place == damaged:
                kept = self._made(marks, None)
            elif _marks(kept) != marks:
                kept = self._brought_up_to_date(marks)
            return self._opened(kept, marks)

    def _opened(self, kept: _Kept, marks: Mapping[EpisodeId, Mark]) -> Indexed:
        entries = kept.catalogue.entries.values()
        problems = (problem for entry in entries for problem in entry.problems)
        with nothing_collected():
            found = library.of(self._folder, [entry.episode for entry in entries if entry.episode], problems)
            speakers = {id: entry.speakers for id, entry in kept.catalogue.entries.items()}
            named = chain.from_iterable(speakers.values())
            search = Search.stored(kept.place, found.episodes, named, self._extra_words)
        search.knows(_UNSAID)
        return Indexed(found, search, speakers, marks, kept.place)

    def give_up(self) -> None:
        """Delete an unfinished index, unless another process is writing it."""
        with suppress(OSError, Timeout), FileLock(self._place / "lock", blocking=False):
            self._clear_up(self._place / self._current())

    def _kept(self) -> _Kept | None:
        """Return the current index; None if there is none or it can't be used."""
        try:
            if not (pointer := self._place / _CURRENT).exists():
                return None
            place = self._place / pointer.read_text(encoding="utf-8")
            with nothing_collected():
                found = writing.read(place)
            if found.folder != str(self._folder):
                raise ValueError(f"it is the index of {found.folder}")
        except _BROKEN as error:
            self._complain(error)
            return None
        return _Kept(place, found)

    def _complain(self, error: Exception) -> None:
        """Log why an index can't be used, only once although it is checked again under the lock."""
        reason = str(error).partition("\n")[0]
        if reason not in self._complaints:
            self._complaints.add(reason)
            _log.warning("the index of %s can't be used (%s); rebuilding it", self._folder, reason)

    def _locked(self) -> FileLock:
        """Return the lock, to be entered by the caller; log if that means waiting."""
        lock = FileLock(self._place / "lock")
        try:
            lock.acquire(timeout=_PATIENCE)
            lock.release()
        except Timeout:
            _log.warning("another process is indexing %s; waiting for it", self._folder)
        return lock

    def _brought_up_to_date(self, marks: Mapping[EpisodeId, Mark]) -> _Kept:
        kept = self._kept()
        if kept and _marks(kept) == marks:
            return kept
        if kept is None:
            return self._made(marks, None)
        try:
            return self._made(marks, kept)
        except (DamagedIndexError, ValueError, sqlite3.Error) as error:
            _log.warning("the index in %s can't be added to (%s); rebuilding it", kept.place, error)
            return self._made(marks, None)

    def _made(self, marks: Mapping[EpisodeId, Mark], before: _Kept | None) -> _Kept:
        """Write a new index and make it current; the caller holds the lock."""
        known = before.catalogue.entries if before else {}
        new = [id for id, mark in marks.items() if id not in known or known[id].mark != mark]
        if len(new) >= _WORTH_MENTIONING or before is None:
            count = "1 episode" if len(new) == 1 else f"{len(new):,} episodes"
            _log.warning("indexing %s of %s", count, self._folder)
        with self._shown() as progress, writing.read_all(self._folder, new) as read:
            progress.plan(len(new))
            kept = self._added(marks, before, islice(read, _PORTION), progress)
            for _ in range(_PORTION, len(new), _PORTION):
                kept = self._added(marks, kept, islice(read, _PORTION), progress)
        return kept

    def _added(
        self,
        marks: Mapping[EpisodeId, Mark],
        before: _Kept | None,
        new: Iterable[writing.ReadEpisode],
        progress: IndexingProgress,
    ) -> _Kept:
        """Write an index with more episodes than the current one, and make it current."""
        self._clear_up(before.place if before else self._place / self._current())
        unfinished = self._place / "unfinished"
        unfinished.mkdir()
        if before:
            writing.copy(before.place, unfinished)
        old = before.catalogue if before else None
        done = writing.write(unfinished, self._folder, marks, old, new, progress.advance)
        place = self._place / f"index-{self._following()}"
        unfinished.rename(place)
        pointer = self._place / f"{_CURRENT}.new"
        pointer.write_text(place.name, encoding="utf-8")
        pointer.replace(self._place / _CURRENT)
        self._clear_up(place)
        return _Kept(place, done)

    def _current(self) -> str:
        try:
            return (self._place / _CURRENT).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return "none"

    def _following(self) -> int:
        numbers = (re.fullmatch(r"index-(\d+)", place.name) for place in self._place.iterdir())
        return max((int(number[1]) for number in numbers if number), default=0) + 1

    def _clear_up(self, current: Path) -> None:
        """Delete older indexes and what killed writers left; whatever can't be deleted now is deleted next time."""
        for place in self._place.iterdir():
            if place.is_dir() and place != current:
                shutil.rmtree(place, ignore_errors=True)


def _marks(kept: _Kept) -> dict[EpisodeId, Mark]:
    return {id: entry.mark for id, entry in kept.catalogue.entries.items()}


def _name(folder: Path) -> str:
    digest = blake2b(str(folder).encode(errors="surrogateescape"), digest_size=8).hexdigest()
    return f"{folder.name[:40]}-{digest}"
