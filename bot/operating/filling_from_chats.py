"""Answers what a community asked in vain, as those who manage it say in its chat.

The same as `overheard fill`, for the places that the setting names and no other. Nobody there learns what others asked
where not everybody could read it, or in other communities, or where on this machine the library is.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Collection, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from bot.operating.digesting import in_the_open
from bot.operating.filling import Asked, Filled, NotFilledError, add_name, add_topic
from bot.operating.report.gaps import Gap, gaps
from bot.port.errors import StateAwayError, UsageError
from bot.port.excerpts import excerpt
from bot.port.gaps import NO_QUESTION, NOT_WRITABLE, WHICH, Filling, Gaps
from bot.port.logbook import Logbook, Missed, Place
from bot.port.wording import clock
from knowledge.search.meaning import Meanings

_log = logging.getLogger(__name__)

_DAYS: Final = 30
_FRESH: Final = 5.0
"""Seconds for which a place's questions stay grouped."""
_GROUPED: Final = 1_000
"""Questions that are grouped, the latest, in .2 s at most: somebody waits for them while they type."""
_LISTED: Final = 100
_QUOTED: Final = 400


class LibraryGaps(Gaps):
    """The gaps of one library."""

    def __init__(self, logbook: Logbook, library: Path | None, places: Collection[str]) -> None:
        """Read what was asked in a logbook; `places` may write into the library, None for the one that is shipped."""
        self._logbook = logbook
        self._library = library
        self._places = places
        self._kept: dict[str, tuple[float, Sequence[Gap]]] = {}

    def refusal(self, whole: str) -> str | None:
        """Say why nothing can be filled in from a place; None where it can."""
        if whole not in self._places:
            return super().refusal(whole)
        return None if self._library is not None and os.access(self._library, os.W_OK) else NOT_WRITABLE

    async def asked(self, whole: str) -> Sequence[str]:
        """List what was asked there in vain in the last month, but for what was filled in since."""
        if self.refusal(whole) is not None:
            return ()
        return [gap.examples[0] for gap in (await self._gaps(whole))[:_LISTED]]

    async def _gaps(self, whole: str) -> Sequence[Gap]:
        """Group what was asked in a place; for a few seconds as it was, as it is asked for with each letter typed."""
        at, found = self._kept.get(whole, (-_FRESH, ()))
        if time.monotonic() - at >= _FRESH:
            records = in_the_open(await self._logbook.read(_DAYS, _place(whole)))
            # On a thread: to group many questions takes a while, and people are waiting for answers.
            found = await asyncio.to_thread(_grouped, records.missed[:_GROUPED])
            self._kept[whole] = (time.monotonic(), found)
        return found

    async def fill(self, whole: str, filling: Filling) -> str:
        """Write what answers a question into the library, and say what answers it now."""
        if (refusal := self.refusal(whole)) is not None or self._library is None:
            raise UsageError(refusal or NOT_WRITABLE)
        question = " ".join(filling.question.split())
        if not question:
            raise UsageError(NO_QUESTION)
        if bool(filling.at) == bool(filling.topic):
            raise UsageError(WHICH)
        try:
            filled = await asyncio.to_thread(_written, self._library, question, filling)
        except NotFilledError as error:
            raise UsageError(error.in_chat) from error
        _log.info("those who manage %s filled a gap in %s", whole, filled.file)
        await self._settle(whole, question)
        return _said(filled, question)

    async def _settle(self, whole: str, question: str) -> None:
        """Remove a gap from the list and the digest of every process."""
        try:
            alike = [gap.wordings for gap in await self._gaps(whole) if gap.asks(question)]
            await self._logbook.settle(_place(whole), {question, *chain.from_iterable(alike)})
        except StateAwayError as error:
            _log.info("an answered question stays listed in %s: %s", whole, error)
        self._kept.pop(whole, None)


def _place(whole: str) -> Place:
    platform, _, server = whole.partition("/")
    return Place(platform, server)


def _grouped(missed: Sequence[Missed]) -> Sequence[Gap]:
    return gaps(missed, Meanings.load())


def _written(library: Path, question: str, filling: Filling) -> Filled:
    if filling.topic:
        return add_name(library, filling.episode, question, filling.topic)
    return add_topic(library, filling.episode, Asked(question), filling.at)


def _said(filled: Filled, question: str) -> str:
    if filled.quote is None:
        return f"“{filled.topic}” answers “{question}” now."
    speaker = f"{filled.quote.speaker}, " if filled.quote.speaker else ""
    at = "" if filled.quote.start is None else f" ({speaker}{clock(filled.quote.start)})"
    return f"“{question}” is answered now, with “{excerpt(filled.quote.text, _QUOTED)}”{at}."
