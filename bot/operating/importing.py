"""Runs an import for a person, and words its outcome.

`knowledge.importing` does the work, and an adapter shows the progress.
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


class ImportProgress(Protocol):
    """Shows the progress of an import."""

    def turn(self) -> None:
        """A page of a feed has been read; a long feed takes a while before there are episodes to count."""

    def plan(self, episodes: int) -> None:
        """This many more episodes are to come."""

    def advance(self) -> None:
        """One of them is done."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The outcome of an import.

    Attributes:
        notes: what a person should know, a line each: what was skipped and why, what was kept, what is unreadable.
        summary: one sentence.
        episodes: number of episodes in the sources, without skipped ones.
    """

    notes: tuple[str, ...]
    summary: str
    episodes: int


async def import_sources(
    sources: Sequence[str],
    library: Path,
    options: Options,
    web: AbstractAsyncContextManager[Web],
    progress: ImportProgress,
) -> ImportOutcome:
    """Import feeds, folders and files into a library.

    Raises:
        UsageError: a source doesn't exist or can't be fetched, or the library can't be written to.
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
    return ImportOutcome(notes, f"{would}{changes}, in {took:.1f} s.", counts.total() - counts[Change.SKIPPED])


def ways_on(library: Path, *, is_set: bool) -> tuple[str, str]:
    """Say how to use a library after an import; `is_set` if it is the one in the settings."""
    which = "" if is_set else f" --library {shlex.quote(str(library))}"
    return f"Ask it with: {called()} chat{which}", f"Serve it with: {called()} run{which}"


def _shows(handled: Iterable[Handled]) -> Iterable[str]:
    """Name the shows that were named after folders and files."""
    counts = Counter(each.show for each in handled if each.show)
    if counts:
        named = listed([f"“{show}” ({episodes:,} new)" for show, episodes in counts.items()])
        which = "Show" if len(counts) == 1 else "Shows"
        yield f"{which} named after the folder or the files: {named}. Use --show NAME to give another name."


def _of_episodes(handled: Iterable[Handled]) -> Iterable[tuple[str, str]]:
    """Yield the source and message of everything that didn't go as expected."""
    for each in handled:
        for note in each.notes:
            yield each.source, f"skipped, {note}" if each.change is Change.SKIPPED else note
        yield from (located(each.source, finding) for finding in each.findings)
