"""An import as a person sees it: what is asked for, and what it came to.

The words only; what is done is `knowledge.importing`, how it looks while it runs an adapter's.
"""

from __future__ import annotations

import shlex
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, assert_never

from bot.operating.invoking import called
from bot.operating.reports import gathered, located
from bot.port.errors import UsageError
from bot.port.fetching import Web
from bot.port.wording import listed
from knowledge.errors import KnowledgeError
from knowledge.importing.run import FeedRead, Handled, Options, Planned, run
from knowledge.importing.store import Change


class Progress(Protocol):
    """Shows how far an import is."""

    def turn(self) -> None:
        """Take in that a page of a feed has been read; one of many takes a while before there are episodes to count."""

    def plan(self, episodes: int) -> None:
        """Take in that so many episodes more are to come."""

    def advance(self) -> None:
        """Take in that one of them is done."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import came to.

    Attributes:
        notes: what a person should know, a line each: what was skipped and why, what was kept, what is unreadable.
        summary: one sentence.
        episodes: how many the sources have, those that were skipped left out.
    """

    notes: tuple[str, ...]
    summary: str
    episodes: int


async def import_sources(
    sources: Sequence[str],
    library: Path,
    options: Options,
    web: AbstractAsyncContextManager[Web],
    progress: Progress,
) -> Outcome:
    """Import feeds, folders and files into a library.

    Raises:
        UsageError: a source isn't there or can't be fetched, or the library can't be written to.
    """
    began = time.monotonic()
    handled: list[Handled] = []
    feeds: list[FeedRead] = []
    try:
        async with web as opened:
            async for event in run(sources, library, opened, options):
                match event:
                    case Planned(count):
                        progress.plan(count)
                    case Handled():
                        handled.append(event)
                        progress.advance()
                    case FeedRead():
                        feeds.append(event)
                        progress.turn()
                    case _:
                        assert_never(event)
    except KnowledgeError as error:
        raise UsageError(str(error)) from error
    of_feeds = (located(feed.source, finding) for feed in feeds for finding in feed.findings)
    notes = (*gathered((*of_feeds, *_of_episodes(handled))), *_shows(handled))
    counts = Counter(each.change for each in handled)
    changes = ", ".join(f"{counts[change]:,} {change}" for change in Change)
    would = "Nothing was written; an import would give " if options.dry_run else ""
    took = time.monotonic() - began
    return Outcome(notes, f"{would}{changes}, in {took:.1f} s.", counts.total() - counts[Change.SKIPPED])


def ways_on(library: Path, *, is_set: bool) -> tuple[str, str]:
    """Say how the library is used that an import has filled; `is_set` where the settings name it."""
    which = "" if is_set else f" --library {shlex.quote(str(library))}"
    return f"Ask it with: {called()} chat{which}", f"Serve it with: {called()} run{which}"


def _shows(handled: Iterable[Handled]) -> Iterable[str]:
    """Say which shows got their names from folders and files."""
    counts = Counter(each.show for each in handled if each.show)
    if counts:
        named = listed([f"“{show}” ({episodes:,} new)" for show, episodes in counts.items()])
        which = "Show" if len(counts) == 1 else "Shows"
        yield f"{which} named after the folder or the files: {named}. Use --show NAME to give another name."


def _of_episodes(handled: Iterable[Handled]) -> Iterable[tuple[str, str]]:
    """Say what didn't go as expected."""
    for each in handled:
        for note in each.notes:
            yield each.source, f"skipped, {note}" if each.change is Change.SKIPPED else note
        yield from (located(each.source, finding) for finding in each.findings)
