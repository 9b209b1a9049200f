"""Assembles the core: turns a folder of episodes into an assistant.

Search takes longest to load, so the composition root imports this module only when it is needed.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from platformdirs import user_cache_path

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.operating.renewal import follow
from bot.operating.reports import described
from bot.port.checks import Report
from bot.port.errors import ConfigError
from bot.port.messages import Assistant
from bot.port.wording import counted
from bot.understanding import reader, sentences
from knowledge.library import SHIPPED, LibraryError, Problem, read
from knowledge.library.statistics import measure
from knowledge.library.transcripts import transcript_of
from knowledge.search import Search, confidence, introducing
from knowledge.search.index.cache import IndexCache, Indexed, Shown, not_shown, nothing_collected
from knowledge.search.index.catalogue import marks

if TYPE_CHECKING:
    from bot.port.state import Notes

_log = logging.getLogger(__name__)

_MAX_SHOWN = 3
_SETTLED: Final = timedelta(seconds=1)
"""Delay before preparing for further questions; a process that answers just one has ended by then."""


def open_assistant(
    folder: Path | None = None, cache: Path | None = None, notes: Notes | None = None, shown: Shown = not_shown
) -> Assistant:
    """Open a library, None for the shipped one; episodes that can't be read are left out with a warning.

    The assistant picks up changes to the library for as long as it lives. `cache` is the folder for the index of a
    large library, None for the user's cache folder; `notes` stores conversations, None for memory; `shown` shows the
    progress if an index has to be built first.

    Raises:
        ConfigError: the library can't be used.
    """
    with nothing_collected():
        opening = _Opening(folder or SHIPPED, IndexCache(_index_folder(cache), sentences.vocabulary()))
    library = opening.opened(shown=shown)
    with nothing_collected():
        assistant = EpisodeAssistant(library, notes=notes, reopen=opening.repaired)
    follow(assistant, opening.renewed)
    # In the background, and not at all in a process that answers one question and ends.
    preparing = threading.Timer(_SETTLED.total_seconds(), _prepare, (library.search,))
    preparing.daemon = True
    preparing.start()
    return assistant


def index_library(library: Path, cache: Path | None, shown: Shown) -> None:
    """Bring the index of a library up to date before its first question; `shown` shows the progress."""
    with contextlib.suppress(LibraryError):  # there is no episode to index, and opening the library says why
        IndexCache(_index_folder(cache)).prepare(library, shown)


def _index_folder(chosen: Path | None) -> Path:
    return chosen or user_cache_path("overheard", appauthor=False)


def _prepare(search: Search) -> None:
    search.prepare()
    reader.prepare()
    search.counting.prepare()
    confidence.prepare()
    introducing.prepare()


class _Opening:
    def __init__(self, folder: Path, cache: IndexCache) -> None:
        self._folder = folder
        self._cache = cache
        self._indexed: Indexed | None = None
        self._problems: Sequence[Problem] = ()

    def repaired(self) -> OpenLibrary:
        """Reopen the library after its index was found damaged."""
        return self.opened(damaged=self._indexed)

    def renewed(self) -> OpenLibrary | None:
        """Reopen the library if it has changed, otherwise return None."""
        try:
            changed = self._indexed is None or marks(self._folder) != self._indexed.marks
        except LibraryError as error:
            raise ConfigError(_in_short(error.problems)) from error
        if not changed:
            return None
        library = self.opened()
        library.search.prepare()
        return library

    def opened(self, damaged: Indexed | None = None, shown: Shown = not_shown) -> OpenLibrary:
        """Open the library, replacing a damaged index."""
        try:
            indexed = self._cache.rebuild(damaged) if damaged else self._cache.open(self._folder, shown)
        except LibraryError as error:
            raise ConfigError(_in_short(error.problems)) from error
        self._indexed = indexed
        problems = indexed.library.problems
        if problems and problems != self._problems:
            _log.warning("left out what can't be read: %s", _in_short(problems))
        self._problems = problems
        return OpenLibrary(indexed.library.episodes, indexed.search, indexed.speakers)


def check_library(folder: Path | None = None) -> Report:
    """Check a library, None for the shipped one."""
    place = folder or SHIPPED
    try:
        library = read(place)
    except LibraryError as error:
        return Report(
            f"Library {place}: nothing in it can be used. Fix the problems above first.",
            tuple(map(str, error.problems)),
        )
    sums = measure((episode, transcript_of(place / episode.id)) for episode in library.episodes)
    count = ", ".join(
        counted(number, noun)
        for number, noun in (
            (len(library.episodes), "episode"),
            (sum(len(episode.topics) for episode in library.episodes), "topic"),
            (sum(len(episode.quotes) for episode in library.episodes), "quote"),
            (sums.words, "word"),
        )
        if number or noun != "word"
    )
    verdict = "fine." if not library.problems else "the episodes named above can't be read, and are left out."
    left_out = tuple(map(str, library.problems))
    return Report(f"Library {place}: {count}; {verdict}", notes=tuple(described(sums)), warnings=left_out)


def _in_short(problems: Sequence[Problem]) -> str:
    shown = "\n".join(map(str, problems[:_MAX_SHOWN]))
    if len(problems) <= _MAX_SHOWN:
        return shown
    return f"{shown}\nand {len(problems) - _MAX_SHOWN} more; `overheard check` lists them all"
