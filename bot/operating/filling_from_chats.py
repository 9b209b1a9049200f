"""Lets the managers of a community fill its gaps, the questions without an answer, from its chat.

The same as `overheard fill`, only for the places that the setting names. It reveals nothing that was asked in private
or in other communities, nor where on this machine the library is.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Collection, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.operating.digesting import in_the_open
from bot.operating.filling import Filled, NewTopic, add_name, add_topic
from bot.operating.report.gaps import Gap, gaps
from bot.port.errors import UsageError
from bot.port.excerpts import excerpt
from bot.port.gaps import NO_QUESTION, NOT_WRITABLE, WHICH, Filling, Gaps
from bot.port.logbook import Logbook, Missed, Place
from bot.port.seen import Once
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
        # Absolute, because it is removed from messages, in which a relative "library" may be an ordinary word.
        self._library = library and library.absolute()
        self._places = places
        self._filled = Once()
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
        found = await self._gaps(whole)
        return [gap.examples[0] for gap in found if not self._filled.has(f"{whole}/{gap.examples[0]}")][:_MAX_LISTED]

    async def _gaps(self, whole: str) -> Sequence[Gap]:
        """Group a place's unanswered questions; cached for a few seconds, as every keystroke asks for them."""
        at, found = self._kept.get(whole, (-_FRESH, ()))
        if time.monotonic() - at >= _FRESH:
            platform, _, server = whole.partition("/")
            records = in_the_open(await self._logbook.read(_DAYS, Place(platform, server)))
            # On a thread, because grouping many questions takes a while, and people are waiting for answers.
            found = await asyncio.to_thread(_grouped, records.missed[:_MAX_GROUPED])
            self._kept[whole] = (time.monotonic(), found)
        return found

    async def fill(self, whole: str, filling: Filling) -> str:
        """Write the answer to a question into the library, and say what answers it now."""
        if (refusal := self.refusal(whole)) is not None or self._library is None:
            raise UsageError(refusal or NOT_WRITABLE)
        question = " ".join(filling.question.split())
        if not question:
            raise UsageError(NO_QUESTION)
        if bool(filling.at) == bool(filling.topic):
            raise UsageError(WHICH)
        try:
            filled = await asyncio.to_thread(_fill, self._library, question, filling)
        except UsageError as error:
            message = str(error).replace(f"{self._library}{os.sep}", "").replace(str(self._library), "the library")
            raise UsageError(message) from error
        self._filled.first(f"{whole}/{filling.question}", quiet_for=timedelta(days=_DAYS))
        _log.info("a manager of %s filled a gap in %s", whole, filled.file)
        return _confirmation(filled, question)


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
