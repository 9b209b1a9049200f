"""Lets the managers of a community fill its gaps, the questions without an answer, from its chat.

The same as `overheard fill`, only for the places that the setting names. It reveals nothing that was asked in other
communities or where not everybody could read it, nor where on this machine the library is.
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
from bot.operating.filling import Filled, NewTopic, NotFilledError, add_name, add_topic
from bot.operating.report.gaps import Gap, gaps
from bot.port.errors import StateAwayError
from bot.port.excerpts import excerpt
from bot.port.gaps import NO_QUESTION, NOT_WRITABLE, WHICH, Filling, Gaps
from bot.port.logbook import AskedIn, Logbook, Missed
from bot.port.wording import clock
from knowledge.search.meaning import Meanings

_log = logging.getLogger(__name__)

_DAYS: Final = 30
_FRESH: Final = 5.0
"""Seconds for which a place's grouped questions are cached."""
_MAX_GROUPED: Final = 1_000
"""Maximum number of questions to group, the latest; takes at most .2 s, as somebody is waiting while they type."""
_MAX_LISTED: Final = 100
_QUOTE_LENGTH: Final = 400


class LibraryGaps(Gaps):
    """The gaps of one library."""

    def __init__(self, logbook: Logbook, library: Path | None, places: Collection[str]) -> None:
        """Find gaps in a logbook; only `places` may write into the library, and nobody into the shipped one, None."""
        self._logbook = logbook
        self._library = library
        self._places = places
        self._kept: dict[str, tuple[float, Sequence[Gap]]] = {}

    def refusal(self, whole: str) -> str | None:
        """Say why nothing can be filled in from a place; None if it can."""
        if whole not in self._places:
            return super().refusal(whole)
        return None if self._library is not None and os.access(self._library, os.W_OK) else NOT_WRITABLE

    async def asked(self, whole: str) -> Sequence[str]:
        """List the last month's unanswered questions in a place, without those filled in since."""
        if self.refusal(whole) is not None:
            return ()
        return [gap.examples[0] for gap in (await self._gaps(whole))[:_MAX_LISTED]]

    async def _gaps(self, whole: str) -> Sequence[Gap]:
        """Group a place's unanswered questions; cached for a few seconds, as every keystroke asks for them."""
        at, found = self._kept.get(whole, (-_FRESH, ()))
        if time.monotonic() - at >= _FRESH:
            records = in_the_open(await self._logbook.read(_DAYS, _place(whole)))
            # On a thread, because grouping many questions takes a while, and people are waiting for answers.
            found = await asyncio.to_thread(_grouped, records.missed[:_MAX_GROUPED])
            self._kept[whole] = (time.monotonic(), found)
        return found

    async def fill(self, whole: str, filling: Filling) -> str:
        """Write the answer to a question into the library, and say what answers it now, or why nothing was written."""
        if (refusal := self.refusal(whole)) is not None or self._library is None:
            return refusal or NOT_WRITABLE
        question = " ".join(filling.question.split())
        if not question:
            return NO_QUESTION
        if bool(filling.at) == bool(filling.topic):
            return WHICH
        try:
            filled = await asyncio.to_thread(_fill, self._library, question, filling)
        except NotFilledError as error:
            return error.in_chat
        _log.info("a manager of %s filled a gap in %s", whole, filled.file)
        await self._settle(whole, question)
        return _confirmation(filled, question)

    async def _settle(self, whole: str, question: str) -> None:
        """Remove a gap from the list and the digest of every process."""
        try:
            alike = [gap.wordings for gap in await self._gaps(whole) if gap.asks(question)]
            await self._logbook.settle(_place(whole), {question, *chain.from_iterable(alike)})
        except StateAwayError as error:
            _log.info("an answered question stays listed in %s: %s", whole, error)
        self._kept.pop(whole, None)


def _place(whole: str) -> AskedIn:
    platform, _, server = whole.partition("/")
    return AskedIn(platform, server)


def _grouped(missed: Sequence[Missed]) -> Sequence[Gap]:
    return gaps(missed, Meanings.load())


def _fill(library: Path, question: str, filling: Filling) -> Filled:
    if filling.topic:
        return add_name(library, filling.episode, question, filling.topic)
    return add_topic(library, filling.episode, NewTopic(question), filling.at)


def _confirmation(filled: Filled, question: str) -> str:
    if filled.quote is None:
        return f"“{filled.topic}” now answers “{question}”."
    speaker = f"{filled.quote.speaker}, " if filled.quote.speaker else ""
    at = "" if filled.quote.start is None else f" ({speaker}{clock(filled.quote.start)})"
    return f"“{question}” is now answered, with “{excerpt(filled.quote.text, _QUOTE_LENGTH)}”{at}."
