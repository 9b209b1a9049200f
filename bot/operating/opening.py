"""Puts the core together: a folder of episodes becomes an assistant.

Search is the heaviest thing that a command loads, so the composition root imports this only where it is needed.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from platformdirs import user_cache_path

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.operating.figures import counted, described
from bot.operating.renewal import follow
from bot.port.checks import Report
from bot.port.errors import ConfigError
from bot.port.messages import Assistant, EpisodeId
from bot.understanding.phrasebook import VOCABULARY
from knowledge.library import SHIPPED, LibraryError, Problem, read
from knowledge.library.statistics import measure
from knowledge.library.transcripts import transcript_of
from knowledge.search.index.cache import IndexCache
from knowledge.search.index.catalogue import Mark, marks

__all__ = ["check_library", "open_assistant"]

_log = logging.getLogger(__name__)

_SHOWN = 3


def open_assistant(folder: Path | None = None, cache: Path | None = None) -> Assistant:
    """Open a library, None for the shipped one; episodes that can't be read are left out with a warning.

    The assistant follows changes of the library as long as it lives. `cache` is where the index of a large library is
    kept, None for the user's cache folder.

    Raises:
        ConfigError: the library can't be used.
    """
    opening = _Opening(folder or SHIPPED, IndexCache(cache or user_cache_path("overheard", appauthor=False)))
    assistant = EpisodeAssistant(opening.first())
    follow(assistant, opening.renewed)
    return assistant


class _Opening:
    """Opens one library, again whenever it has changed."""

    def __init__(self, folder: Path, cache: IndexCache) -> None:
        self._folder = folder
        self._cache = cache
        self._marks: Mapping[EpisodeId, Mark] = {}
        self._problems: Sequence[Problem] = ()

    def first(self) -> OpenLibrary:
        return self._opened()

    def renewed(self) -> OpenLibrary | None:
        """Open the library again if it has changed."""
        try:
            changed = marks(self._folder) != self._marks
        except LibraryError as error:
            raise ConfigError(_in_short(error.problems)) from error
        return self._opened() if changed else None

    def _opened(self) -> OpenLibrary:
        try:
            indexed = self._cache.open(self._folder, VOCABULARY)
        except LibraryError as error:
            raise ConfigError(_in_short(error.problems)) from error
        self._marks = indexed.marks
        problems = indexed.library.problems
        if problems and problems != self._problems:
            _log.warning("left out what can't be read: %s", _in_short(problems))
        self._problems = problems
        return OpenLibrary(indexed.library.episodes, indexed.search, indexed.speakers)


def check_library(folder: Path | None = None) -> Report:
    """Look a library through, None for the shipped one."""
    place = folder or SHIPPED
    try:
        library = read(place)
    except LibraryError as error:
        return Report(
            f"Library {place}: none of it can be used. Fix the problems above first.", tuple(map(str, error.problems))
        )
    sums = measure((episode, transcript_of(place / episode.id)) for episode in library.episodes)
    count = ", ".join(
        counted(number, noun)
        for number, noun in (
            (sums.episodes, "episode"),
            (sum(len(episode.topics) for episode in library.episodes), "topic"),
            (sum(len(episode.quotes) for episode in library.episodes), "quote"),
            (sums.words, "word"),
        )
        if number or noun != "word"
    )
    verdict = "fine." if not library.problems else "the episodes named above can't be read, and are left out."
    return Report(f"Library {place}: {count}; {verdict}", tuple(map(str, library.problems)), tuple(described(sums)))


def _in_short(problems: Sequence[Problem]) -> str:
    shown = "\n".join(map(str, problems[:_SHOWN]))
    if len(problems) <= _SHOWN:
        return shown
    return f"{shown}\nand {len(problems) - _SHOWN} more; `overheard check` lists them all"
